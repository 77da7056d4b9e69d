using Elman.Recurrent;

namespace Elman.Models;

/// <summary>What the readouts that count give.</summary>
internal static class ReadoutCounts
{
    /// <summary>The numbers that a readout counts; <see langword="null"/> where it does not count.</summary>
    public static CountsLayout? Counts(this ReadoutKind readout) => readout switch
    {
        ReadoutKind.Counts => CountsLayout.Whole,
        ReadoutKind.CountsHalves => CountsLayout.Halves,
        ReadoutKind.CountsFull => CountsLayout.Full,
        _ => null,
    };
}
