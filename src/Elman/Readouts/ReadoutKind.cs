namespace Elman.Readouts;

/// <summary>The formula of a <see cref="Readout"/>.</summary>
internal enum ReadoutKind
{
    /// <inheritdoc cref="Readout.Last"/>
    Last,

    /// <inheritdoc cref="Readout.Mean"/>
    Mean,

    /// <inheritdoc cref="Readout.Max"/>
    Max,

    /// <inheritdoc cref="Readout.Attention"/>
    Attention,

    /// <summary>One of the counting readouts.</summary>
    Counts,

    /// <summary>A custom readout.</summary>
    Custom,
}
