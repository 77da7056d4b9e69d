namespace Elman.Kernels;

/// <summary>The transcendental functions of cells and losses, element by element over lanes.</summary>
/// <remarks>
/// Each is built of <see cref="ILane{TSelf, T}"/> operations alone, so that an element's result is the same bits at every width, on
/// every processor and at every place in a buffer (a NaN is a NaN; its payload is not specified). Errors are given in ULP, units in
/// the last place of the exact result; those of float are the largest over all 2³² numbers.
/// The coefficients come from tools/minimax. None of these checks anything or throws.
/// </remarks>
public static partial class Functions
{
}
