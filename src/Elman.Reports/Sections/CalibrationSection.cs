using Elman.Reports.Charts;
using Elman.Reports.Html;

namespace Elman.Reports.Sections;

/// <summary>The reliability diagram of a classifier.</summary>
internal static class CalibrationSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(Section section, Report report)
    {
        section.Page.Open("div", ("class", "two"));
        section.Picture(ReliabilityChart.Draw(report.Reliability));
        section.Page.Open("div");
        section.Table("Probability and accuracy", ["probability", "cases", "mean probability", "accuracy"],
            report.Reliability.Select(bin => (IReadOnlyList<Cell>)[
                FormattableString.Invariant($"{100 * bin.From:0} to {100 * bin.To:0} %"), Numbers.Count(bin.Cases),
                Numbers.Percent(bin.Probability),
                new Cell(Numbers.Percent(bin.Accuracy.Estimate), Numbers.Limits(bin.Accuracy, true))]));
        section.Page.Close().Close();
        section.Note("If probabilities are calibrated, the accuracy of the cases with a probability of 80 % is 80 %. Of many intervals, a "
            + "few do not contain the mean probability by chance; several, all on one side, show that probabilities are too high or too "
            + "low.");
    }
}
