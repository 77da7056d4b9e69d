using Elman.Cli.Reports;
using SkiaSharp;

namespace Elman.Cli.Tests.Reports;

public class TrainingPlotTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(200, true)]
    public void Any_number_of_epochs_makes_a_picture(int epochs, bool validated)
    {
        EpochResult[] history = [.. Enumerable.Range(1, epochs)
            .Select(e => new EpochResult(e, 1.0 / e, 1 - (0.5 / e), validated ? 1.1 / e : null, validated ? 0.5 : null))];
        byte[] png = TrainingPlot.Draw("data: test accuracy 98.3 %", history, validated ? 1 : null);
        using SKBitmap picture = SKBitmap.Decode(png);
        Assert.Equal((1000, 800), (picture.Width, picture.Height));
        // Without an epoch, the legend still has its line.
        Assert.True(Has(picture, new SKColor(0x1f, 0x5f, 0xa8)));
        Assert.Equal(validated, Has(picture, new SKColor(0xd1, 0x66, 0x0f)));
    }

    private static bool Has(SKBitmap picture, SKColor color) => picture.Pixels.Contains(color);
}
