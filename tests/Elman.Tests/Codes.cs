namespace Elman.Tests;

/// <summary>Data whose first channel holds symbols, 0 to 6, and whose second is a number.</summary>
internal static class Codes
{
    public const int Symbols = 7;

    /// <summary>Options for a few quick epochs.</summary>
    public static TrainingOptions Quick { get; } = Waves.Quick with { Inputs = Waves.Quick.Inputs with { Embed = [new(1, 3)] } };

    /// <summary>
    /// Returns ragged sequences for one of <see cref="Gaps.Tasks"/>; all symbols occur, and if there are gaps, none is in the first step.
    /// </summary>
    public static SequenceDataset Create(string task, int count, int seed, double gaps = 0)
    {
        var random = new SeededRandom(seed);
        SequenceDataset complete = Gaps.Complete(task, count, seed);
        return new(2, complete.ClassLabels, complete.Select((s, i) => Gaps.Valued(s, [.. s.Values.ToArray().Select((value, v) =>
            v >= 2 && random.NextDouble() < gaps ? float.NaN : v == 0 ? i % Symbols : v % 2 == 0 ? random.NextInt32(Symbols) : value)])),
            "codes", complete.TargetNames);
    }

    /// <summary>Returns a sequence of symbols, each with the number 0 as the second channel.</summary>
    public static Sequence Of(params float[] symbols) => new(symbols.SelectMany(symbol => new[] { symbol, 0 }).ToArray(), 2);
}
