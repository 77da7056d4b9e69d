using Elman.Comparison.Rows;

namespace Elman.Comparison.Measuring;

/// <summary>A rival's turns.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">Seconds for one piece of work, turn by turn.</param>
internal sealed record RivalTimes(string Name, double[] Seconds)
{
    /// <summary>The median of the turns.</summary>
    public double Median => Statistics.Median(Seconds);
}

/// <summary>How much longer a rival takes than Elman, from each pair of turns that followed each other.</summary>
/// <param name="Median">The median.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The greatest.</param>
internal sealed record Ratio(double Median, double Least, double Most)
{
    /// <summary>Rival over Elman, turn by turn.</summary>
    public static Ratio Of(RivalTimes rival, RivalTimes elman)
    {
        double[] ratios = [.. rival.Seconds.Zip(elman.Seconds, (theirs, ours) => theirs / ours)];
        return new Ratio(Statistics.Median(ratios), ratios.Min(), ratios.Max());
    }
}

/// <summary>What came out of a row.</summary>
/// <param name="Row">The row.</param>
/// <param name="Elman">Elman's turns.</param>
/// <param name="BytesPerStep">Managed memory that Elman allocated for one piece of work, the median of the turns: now and then the runtime
/// allocates something of its own.</param>
/// <param name="Rivals">The others' turns.</param>
/// <param name="OthersShare">The share of the processors that other programs had meanwhile,
/// or <see langword="null"/> if it is not known.</param>
internal sealed record RowResult(Row Row, RivalTimes Elman, double BytesPerStep, IReadOnlyList<RivalTimes> Rivals, double? OthersShare)
{
    private const double Disturbance = 0.1;

    /// <summary>
    /// Whether other programs make the row worthless. One thread still finds a processor, and turns make up for the rest. Several
    /// threads wait for each other: when one has lost its processor, a library whose threads spin loses a hundred times what another does.
    /// </summary>
    public bool IsDisturbed => Row.Threads > 1 && OthersShare > Disturbance;

    /// <summary>Billions of floating-point operations a second.</summary>
    public double GigaFlops(RivalTimes times) => Row.Flops / times.Median / 1e9;
}

/// <summary>Why a row was not measured.</summary>
/// <param name="Row">The row.</param>
/// <param name="Reason">The reason, a sentence.</param>
internal sealed record RowFailure(Row Row, string Reason);
