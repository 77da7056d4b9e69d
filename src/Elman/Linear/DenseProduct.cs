namespace Elman.Linear;

/// <summary>
/// By which product a <see cref="Dense{T}"/> computes its outputs. The two round differently, so it is part of what a model is.
/// </summary>
internal enum DenseProduct
{
    /// <summary>One chain of multiply-adds for each output, columns side by side: for as many outputs as inputs, roughly.</summary>
    Panels,

    /// <summary>Many chains for each output, added up in pairs: for a few outputs of thousands of inputs.</summary>
    Wide,
}
