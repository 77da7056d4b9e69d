using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Elman.Cli.Reports;

/// <summary>Draws loss and accuracy over the epochs.</summary>
internal static class TrainingPlot
{
    private const int Width = 1000, Height = 900;

    private static readonly Color _training = Color.FromHex("#1f5fa8");
    private static readonly Color _validation = Color.FromHex("#d1660f");

    /// <summary>The picture as a PNG file.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="history">The figures of every epoch.</param>
    public static byte[] Draw(string title, IReadOnlyList<EpochResult> history)
    {
        double[] epochs = [.. history.Select(epoch => (double)epoch.Epoch)];
        bool validated = history.Any(epoch => epoch.ValidationLoss is not null);
        double[] trainingLoss = [.. history.Select(epoch => epoch.Loss)], trainingAccuracy = [.. history.Select(epoch => 100 * epoch.Accuracy)];
        double[]? validationLoss = validated ? [.. history.Select(epoch => epoch.ValidationLoss ?? double.NaN)] : null;
        double[]? validationAccuracy = validated ? [.. history.Select(epoch => 100 * epoch.ValidationAccuracy ?? double.NaN)] : null;

        var plots = new Multiplot();
        plots.AddPlots(2);
        Plot loss = plots.GetPlot(0), accuracy = plots.GetPlot(1);
        Fill(loss, epochs, trainingLoss, validationLoss, "cross-entropy loss", Alignment.UpperRight);
        Fill(accuracy, epochs, trainingAccuracy, validationAccuracy, "accuracy (%)", Alignment.LowerRight);
        loss.Title(title, size: 22);
        accuracy.XLabel("epoch", size: 18);
        double right = Math.Max(2, epochs.LastOrDefault());
        // Both axes start at 0, so that heights can be compared; the loss shows its greatest value, accuracy all of its range.
        double greatest = trainingLoss.Concat(validationLoss ?? []).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        loss.Axes.SetLimits(1, right, 0, greatest > 0 ? 1.05 * greatest : 1);
        accuracy.Axes.SetLimits(1, right, 0, 102);
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        plots.Render(surface.Canvas, new PixelRect(0, Width, Height, 0));
        using SKImage picture = surface.Snapshot();
        using SKData png = picture.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    private static void Fill(Plot plot, double[] epochs, double[] training, double[]? validation, string label, Alignment legend)
    {
        Add(plot, epochs, training, "training", _training);
        if (validation is not null)
            Add(plot, epochs, validation, "validation", _validation);
        plot.YLabel(label, size: 18);
        plot.Axes.Bottom.TickLabelStyle.FontSize = 15;
        plot.Axes.Left.TickLabelStyle.FontSize = 15;
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.Left.MinimumSize = 80;
        plot.Axes.Right.MinimumSize = 30;
        plot.Legend.FontSize = 16;
        plot.ShowLegend(legend);
    }

    private static void Add(Plot plot, double[] epochs, double[] values, string name, Color color)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(epochs, values, color);
        line.LegendText = name;
        line.LineWidth = 2.5f;
        line.MarkerSize = epochs.Length <= 50 ? 6 : 0;
    }
}
