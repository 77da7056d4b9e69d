namespace Elman.Comparison.Rivals;

/// <summary>How libtorch is handed sequences of different lengths.</summary>
internal enum TorchBatching
{
    /// <summary>
    /// Filled up with zeros, all steps computed, each sequence's own last output picked. With equal lengths there is nothing to fill up.
    /// </summary>
    Padded,

    /// <summary>As a packed sequence, sorted beforehand (<c>enforce_sorted</c>).</summary>
    Packed,
}
