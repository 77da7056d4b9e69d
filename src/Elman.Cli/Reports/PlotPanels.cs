using ScottPlot;
using SkiaSharp;

namespace Elman.Cli.Reports;

/// <summary>The style of all plots: fonts, axes, size, and the conversion of panels to a file.</summary>
internal static class PlotPanels
{
    /// <summary>Font size of labels and ticks.</summary>
    public const float LabelSize = 17, TickSize = 14;

    /// <summary>The font family.</summary>
    public static string FontName => _font.Value;

    private const int Width = 1000, Margin = 10;

    // If a family is missing, Skia falls back to a serif font.
    private static readonly Lazy<string> _font = new(() =>
        new[] { "Open Sans", "Noto Sans", "DejaVu Sans", "Liberation Sans", "Segoe UI", "Helvetica", "Arial" }
            .FirstOrDefault(name => SKFontManager.Default.FontFamilies.Contains(name, StringComparer.OrdinalIgnoreCase)) ?? Fonts.Default);

    /// <summary>Applies the common style to a panel.</summary>
    public static void Format(Plot panel)
    {
        panel.Font.Set(_font.Value);
        foreach (IAxis axis in (ReadOnlySpan<IAxis>)[panel.Axes.Bottom, panel.Axes.Left])
        {
            axis.TickLabelStyle.FontSize = TickSize;
            axis.MinorTickStyle.Length = 0;
        }
        panel.Axes.Left.MinimumSize = 90;
        panel.Axes.Right.MinimumSize = 30;
        panel.Axes.Right.FrameLineStyle.Width = 0;
        panel.Axes.Top.FrameLineStyle.Width = 0;
        panel.Legend.FontSize = TickSize;
        panel.Legend.ShadowColor = Colors.Transparent;
        panel.Legend.OutlineColor = Colors.LightGray;
    }

    /// <summary>Encodes the panels, one below the other, as a PNG file.</summary>
    /// <param name="plots">The panels.</param>
    /// <param name="height">The height of the image in pixels.</param>
    public static byte[] Encode(IReadOnlyList<Plot> plots, int height)
    {
        var panels = new Multiplot();
        // A new plot already has one panel.
        panels.RemovePlot(panels.GetPlot(0));
        foreach (Plot plot in plots)
            panels.AddPlot(plot);
        using var surface = SKSurface.Create(new SKImageInfo(Width, height));
        surface.Canvas.Clear(SKColors.White);
        panels.Render(surface.Canvas, new PixelRect(Margin, Width - Margin, height - Margin, Margin));
        using SKImage picture = surface.Snapshot();
        using SKData png = picture.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }
}
