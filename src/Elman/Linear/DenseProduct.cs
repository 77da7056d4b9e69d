namespace Elman.Linear;

/// <summary>
/// The product by which a <see cref="Dense{T}"/> computes its outputs. The two round differently, so the choice is part of a model.
/// </summary>
internal enum DenseProduct
{
    /// <summary>One chain of multiply-adds for each output, several columns in parallel: for similar numbers of inputs and
    /// outputs.</summary>
    Panels,

    /// <summary>Many chains for each output, summed pairwise: for a few outputs and thousands of inputs.</summary>
    Wide,
}
