namespace Elman.Kernels;

/// <summary>The transcendental functions of cells and losses, element by element over lanes.</summary>
/// <remarks>
/// Each function uses only <see cref="ILane{TSelf, T}"/> operations, so the result for an element has the same bits at every width, on
/// every processor and at every place in a buffer (a NaN is a NaN; its payload is not specified). Errors are in ULP, units in the last
/// place of the exact result; those of float are the maximum over all 2³² numbers. The coefficients are from tools/minimax. None of the
/// functions checks arguments or throws.
/// </remarks>
public static partial class Functions
{
}
