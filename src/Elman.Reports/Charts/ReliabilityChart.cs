using Elman.Reports.Html;

namespace Elman.Reports.Charts;

/// <summary>A reliability diagram: accuracy over the probability of the predicted class, with intervals.</summary>
internal static class ReliabilityChart
{
    private const double Left = 52, Right = 420, Top = 26, Bottom = 300;

    /// <summary>Draws the diagram.</summary>
    public static Picture Draw(IReadOnlyList<ReliabilityBin> bins)
    {
        var body = new Markup();
        double low = Math.Min(bins.Min(bin => bin.From), bins.Min(bin => bin.Accuracy.HasLimits
            ? bin.Accuracy.Lower
            : bin.Accuracy.Estimate));
        low = Math.Max(0, Math.Min(low, 0.9));
        var frame = new Frame(new Axis(low, 1, Left, Right), new Axis(low, 1, Bottom, Top));
        frame.Draw(body, "probability of the predicted class", "accuracy");
        body.Empty("line", ("class", "mark"), ("x1", Left), ("y1", Bottom), ("x2", Right), ("y2", Top));
        int most = bins.Max(bin => bin.Cases);
        foreach (ReliabilityBin bin in bins)
        {
            double x = frame.X.At(bin.Probability), y = frame.Y.At(bin.Accuracy.Estimate);
            if (bin.Accuracy.HasLimits)
                body.Empty("line", ("class", "whisker"), ("x1", x), ("x2", x), ("y1", frame.Y.At(bin.Accuracy.Lower)),
                    ("y2", frame.Y.At(bin.Accuracy.Upper)));
            body.Empty("circle", ("class", "dot"), ("cx", x), ("cy", y), ("r", 3 + (5 * Math.Sqrt((double)bin.Cases / most))));
        }
        return new Picture("Reliability diagram",
            "Each dot is a range of probabilities, larger with more cases, with the interval of its accuracy. On the dashed line "
                + "probability and accuracy are equal; below it the model is too sure. The table has the numbers.", 440, Bottom + 38, body);
    }
}
