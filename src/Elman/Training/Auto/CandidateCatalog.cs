namespace Elman.Training;

/// <summary>The models that the automatic choice may try, the most promising first.</summary>
/// <remarks>
/// The order, and what suits which data, were chosen by cross-validation on training parts and generated data. No rule looks at test data.
/// </remarks>
internal static class CandidateCatalog
{
    /// <summary>Sequences longer than this go to trained cells as patches.</summary>
    private const int LongestUnpatched = 120;

    /// <summary>About how many patches a long sequence becomes.</summary>
    private const int PatchesOfASequence = 50;

    private static readonly Candidate[] _all =
    [
        Oscillators("counts", o => o with { Readout = ReadoutKind.Counts, Differences = 1 }),
        Oscillators("counts-full", o => o with { Readout = ReadoutKind.CountsFull, Differences = 1 }),
        Oscillators("counts-halves", o => o with { Readout = ReadoutKind.CountsHalves, Differences = 1 }),
        Oscillators("counts-full-both-ways", o => o with { Readout = ReadoutKind.CountsFull, Differences = 1, Bidirectional = true }),
        Oscillators("counts-both-ways", o => o with { Readout = ReadoutKind.Counts, Differences = 1, Bidirectional = true }),
        Oscillators("counts-second-differences", o => o with { Readout = ReadoutKind.Counts, Differences = 2 }),
        Oscillators("counts-raw", o => o with { Readout = ReadoutKind.Counts }),
        Oscillators("counts-full-raw", o => o with { Readout = ReadoutKind.CountsFull }),
        Oscillators("counts-long-memory", o => o with { Readout = ReadoutKind.Counts, Differences = 1, LongestMemory = 1 }),
    ];

    /// <summary>The candidates for data, the most promising first.</summary>
    public static IEnumerable<Candidate> For(DataShape data) => _all.Where(candidate => candidate.Suits(data));

    private static Candidate Oscillators(string name, Func<TrainingOptions, TrainingOptions> configure) =>
        new(name, o => configure(o with { Cell = "oscillator" })) { Suits = data => !data.AnswersEveryStep };
}
