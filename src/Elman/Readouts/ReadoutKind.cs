namespace Elman.Readouts;

/// <summary>Which formula a <see cref="Readout"/> has.</summary>
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

    /// <summary>One of those that count.</summary>
    Counts,

    /// <summary>A readout of the caller's own.</summary>
    Custom,
}
