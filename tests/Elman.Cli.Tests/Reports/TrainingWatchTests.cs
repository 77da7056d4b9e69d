using Elman.Cli.Reports;

namespace Elman.Cli.Tests.Reports;

public sealed class TrainingWatchTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(4, 9)]
    [InlineData(9, 9)]
    public void The_first_epoch_and_the_last_that_was_run_have_one_line_each(int run, int planned)
    {
        string[] lines = Watch(run, planned);
        Assert.StartsWith($"epoch 1/{planned} ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"epoch {run}/{planned} ", lines[^1], StringComparison.Ordinal);
        Assert.Equal(lines.Distinct(), lines);
    }

    [Fact]
    public void Where_no_epoch_ended_there_is_no_line() => Assert.Empty(Watch(0, 3));

    [Theory]
    [InlineData(0.001, 1, false)]
    [InlineData(0.001, 10, true)]
    [InlineData(0.02, 0.1, true)]
    [InlineData(1, 0, true)]
    public void The_remaining_time_is_shown_once_the_speed_is_known(double fraction, double seconds, bool isTold)
    {
        using var output = new StringWriter { NewLine = "\n" };
        TrainingWatch.Run(new Terminal(output, TextWriter.Null), json: false, progress =>
        {
            progress!.Report(Progress(1, 1, ended: true) with { Fraction = fraction, Elapsed = TimeSpan.FromSeconds(seconds) });
            return null!;
        });
        Assert.Equal(isTold, output.ToString().Contains(" left", StringComparison.Ordinal));
    }

    private static string[] Watch(int run, int planned)
    {
        using var output = new StringWriter { NewLine = "\n" };
        TrainingWatch.Run(new Terminal(output, TextWriter.Null), json: false, progress =>
        {
            for (int epoch = 1; epoch <= run; epoch++)
                progress!.Report(Progress(epoch, planned, ended: true));
            // Stopped during the next epoch.
            progress!.Report(Progress(run + 1, planned, ended: false));
            return null!;
        });
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static TrainingProgress Progress(int epoch, int epochs, bool ended) => new()
    {
        Epoch = epoch,
        Epochs = epochs,
        EpochEnded = ended,
        Fraction = 0.5,
        Loss = 1,
        Accuracy = 0.5,
        LearningRate = 0.1,
        SequencesPerSecond = 1,
        Elapsed = TimeSpan.Zero,
        Remaining = TimeSpan.Zero,
    };
}
