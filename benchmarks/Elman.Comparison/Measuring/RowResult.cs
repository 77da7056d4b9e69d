using Elman.Comparison.Rows;

namespace Elman.Comparison.Measuring;

/// <summary>The turns of a rival.</summary>
/// <param name="Name">The name of the rival.</param>
/// <param name="Seconds">The seconds for one piece of work, turn by turn.</param>
internal sealed record RivalTimes(string Name, double[] Seconds)
{
    /// <summary>The median of the turns.</summary>
    public double Median => Statistics.Median(Seconds);
}

/// <summary>The ratio of the time of a rival to that of Elman, over pairs of consecutive turns.</summary>
/// <param name="Median">The median.</param>
/// <param name="Least">The minimum.</param>
/// <param name="Most">The maximum.</param>
internal sealed record Ratio(double Median, double Least, double Most)
{
    /// <summary>Returns the ratio of a rival to Elman, turn by turn.</summary>
    public static Ratio Of(RivalTimes rival, RivalTimes elman)
    {
        double[] ratios = [.. rival.Seconds.Zip(elman.Seconds, (theirs, ours) => theirs / ours)];
        return new Ratio(Statistics.Median(ratios), ratios.Min(), ratios.Max());
    }
}

/// <summary>The result of a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Elman">The turns of Elman.</param>
/// <param name="BytesPerStep">The managed memory that Elman allocated for one piece of work, as the median of the turns: occasionally the
/// runtime itself allocates memory.</param>
/// <param name="Rivals">The turns of the other rivals.</param>
/// <param name="OthersShare">The share of the processors that other programs used meanwhile, or <see langword="null"/> if it is not
/// known.</param>
internal sealed record RowResult(Row Row, RivalTimes Elman, double BytesPerStep, IReadOnlyList<RivalTimes> Rivals, double? OthersShare)
{
    private const double Disturbance = 0.1;

    /// <summary>For each rival that was left out because its results differ from those of all others, the reason.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>
    /// Whether other programs make the row unusable. A single thread still gets a processor, and the turns compensate for the rest. Several
    /// threads wait for each other: if one has lost its processor, a library with spinning threads loses a hundred times as much as
    /// another.
    /// </summary>
    public bool IsDisturbed => Row.Threads > 1 && OthersShare > Disturbance;

    /// <summary>Returns billions of floating-point operations per second.</summary>
    public double GigaFlops(RivalTimes times) => Row.Flops / times.Median / 1e9;
}

/// <summary>The reason why a row was not measured.</summary>
/// <param name="Row">The row.</param>
/// <param name="Reason">The reason, a sentence.</param>
internal sealed record RowFailure(Row Row, string Reason);
