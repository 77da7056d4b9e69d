namespace Elman.Comparison.Rivals;

/// <summary>The form in which libtorch receives sequences of different lengths.</summary>
internal enum TorchBatching
{
    /// <summary>
    /// Padded with zeros: all steps are computed, and the last output of each sequence is selected. Equal lengths need no padding.
    /// </summary>
    Padded,

    /// <summary>As a packed sequence, sorted beforehand (<c>enforce_sorted</c>).</summary>
    Packed,
}
