using ScottPlot;
using ScottPlot.TickGenerators;

namespace Elman.Cli.Reports;

/// <summary>Plots loss and accuracy over the epochs.</summary>
internal static class TrainingPlot
{
    private const int PanelHeight = 400;

    private static readonly Color _training = Color.FromHex("#1f5fa8");
    private static readonly Color _validation = Color.FromHex("#d1660f");
    private static readonly Color _kept = Color.FromHex("#6b6b6b");

    /// <summary>Draws the plot as a PNG file.</summary>
    /// <param name="title">The title.</param>
    /// <param name="history">The values of every epoch.</param>
    /// <param name="kept">The epoch whose weights were kept, if any; it is marked.</param>
    public static byte[] Draw(string title, IReadOnlyList<EpochResult> history, int? kept)
    {
        double[] epochs = [.. history.Select(epoch => (double)epoch.Epoch)];
        bool validated = history.Any(epoch => epoch.ValidationLoss is not null),
            hasAccuracy = history.Any(epoch => epoch.Accuracy is not null);
        double[] trainingLoss = [.. history.Select(epoch => epoch.Loss)],
            trainingAccuracy = [.. history.Select(epoch => 100 * epoch.Accuracy ?? double.NaN)];
        double[]? validationLoss = validated ? [.. history.Select(epoch => epoch.ValidationLoss ?? double.NaN)] : null;
        double[]? validationAccuracy = validated ? [.. history.Select(epoch => 100 * epoch.ValidationAccuracy ?? double.NaN)] : null;

        Plot loss = Panel(epochs, trainingLoss, validationLoss, kept, "loss");
        Plot accuracy = Panel(epochs, trainingAccuracy, validationAccuracy, kept, "accuracy (%)");
        // Both axes start at 0, so that heights are comparable; the loss axis ends at its maximum, the accuracy axis covers its whole
        // range.
        double greatest = trainingLoss.Concat(validationLoss ?? []).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        loss.Axes.SetLimitsY(0, greatest > 0 ? 1.05 * greatest : 1);
        accuracy.Axes.SetLimitsY(0, 103);
        // Regression has no accuracy.
        Plot[] panels = hasAccuracy || history.Count == 0 ? [loss, accuracy] : [loss];
        loss.Title(title, size: 20);
        loss.ShowLegend(Alignment.UpperRight);
        accuracy.HideLegend();
        panels[^1].XLabel("epoch", PlotPanels.LabelSize);
        foreach (Plot panel in panels)
            PlotPanels.Format(panel);
        return PlotPanels.Encode(panels, PanelHeight * panels.Length);
    }

    private static Plot Panel(double[] epochs, double[] training, double[]? validation, int? kept, string label)
    {
        var panel = new Plot();
        AddLine(panel, epochs, training, "training", _training);
        if (validation is not null)
            AddLine(panel, epochs, validation, "validation", _validation);
        if (kept is { } epoch)
        {
            ScottPlot.Plottables.VerticalLine mark = panel.Add.VerticalLine(epoch, width: 1.5f, color: _kept, pattern: LinePattern.Dashed);
            mark.LegendText = FormattableString.Invariant($"kept (epoch {epoch})");
        }
        panel.Axes.SetLimitsX(epochs.Length == 1 ? 0 : 1, Math.Max(2, epochs.LastOrDefault()));

        panel.YLabel(label, PlotPanels.LabelSize);
        panel.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, TargetTickCount = 12 };
        panel.Axes.Left.TickGenerator = new NumericAutomatic { TargetTickCount = 6 };
        return panel;
    }

    private static void AddLine(Plot panel, double[] epochs, double[] values, string name, Color color)
    {
        ScottPlot.Plottables.Scatter line = panel.Add.Scatter(epochs, values, color);
        line.LegendText = name;
        line.LineWidth = 2.5f;
        line.MarkerSize = epochs.Length <= 50 ? 6 : 0;
    }
}
