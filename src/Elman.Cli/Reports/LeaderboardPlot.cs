using ScottPlot;

namespace Elman.Cli.Reports;

/// <summary>
/// Plots the candidates of the automatic choice: a bar for each model, chosen models in colour, and the average as a line.
/// </summary>
internal static class LeaderboardPlot
{
    private static readonly Color _chosen = Color.FromHex("#1f5fa8");
    private static readonly Color _other = Color.FromHex("#c3ccd6");
    private static readonly Color _average = Color.FromHex("#d1660f");

    /// <summary>Draws the plot as a PNG file.</summary>
    /// <param name="title">The title.</param>
    /// <param name="leaderboard">The candidates.</param>
    /// <param name="hasClasses">Whether losses are log losses.</param>
    public static byte[] Draw(string title, Leaderboard leaderboard, bool hasClasses)
    {
        LeaderboardEntry[] entries = [.. leaderboard.Entries.Reverse()]; // bars are drawn from bottom to top; the best is at the top
        var plot = new Plot();
        Bar[] bars = [.. entries.Select((entry, i) => new Bar
        {
            Position = i,
            Value = entry.Loss,
            FillColor = entry.Count > 0 ? _chosen : _other,
            LineWidth = 0,
            Size = 0.7,
            Label = $"{Figures.Loss(entry.Loss)}{(entry.Count > 0 ? $"  ({Figures.Percent(leaderboard.PartOf(entry))})" : "")}",
        })];
        ScottPlot.Plottables.BarPlot plotted = plot.Add.Bars(bars);
        plotted.Horizontal = true;
        plotted.ValueLabelStyle.FontSize = PlotPanels.TickSize;
        plotted.ValueLabelStyle.FontName = PlotPanels.FontName;
        if (entries.Count(entry => entry.Count > 0) > 1)
        {
            ScottPlot.Plottables.VerticalLine average = plot.Add.VerticalLine(
                leaderboard.Loss, width: 2, color: _average, pattern: LinePattern.Dashed);
            average.LegendText = $"average of the models in blue: {Figures.Loss(leaderboard.Loss)}";
            plot.ShowLegend(Edge.Bottom);
        }
        plot.Axes.Left.SetTicks([.. entries.Select((_, i) => (double)i)], [.. entries.Select(entry => entry.Name)]);
        plot.Axes.SetLimitsX(0, 1.25 * entries.Select(entry => entry.Loss).Where(double.IsFinite).DefaultIfEmpty(1).Max());
        plot.Axes.SetLimitsY(-0.6, entries.Length - 0.4);
        plot.XLabel($"{(hasClasses ? "log loss" : "squared error divided by the variance,")} on "
            + $"{Figures.Count(leaderboard.Cases, "held-out training case")}", PlotPanels.LabelSize);
        plot.Title(title, size: 20);
        PlotPanels.Format(plot);
        return PlotPanels.Encode([plot], height: 160 + (40 * Math.Max(entries.Length, 4)));
    }
}
