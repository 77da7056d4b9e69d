using Elman.Reports.TensorBoard;

namespace Elman.Reports.Tests.TensorBoard;

public sealed class TensorBoardFailureTests : IDisposable
{
    private static readonly TrainingProgress _report = new()
    {
        Epoch = 1,
        Epochs = 10,
        EpochEnded = true,
        Fraction = 0.1,
        Loss = 1,
        LearningRate = 0.01,
        SequencesPerSecond = 1,
        Elapsed = TimeSpan.Zero,
        Remaining = TimeSpan.Zero,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("elman-tensorboard-").FullName;

    private string Run => Path.Combine(_folder, "run");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_that_can_not_be_created_ends_training_with_the_path_and_what_to_do()
    {
        File.WriteAllText(Run, "a file");
        var e = Assert.Throws<IOException>(() => new TensorBoardLog(Run).Report(_report));
        Assert.Contains(Run, e.Message, StringComparison.Ordinal);
        Assert.EndsWith("set Warnings to train on without them.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_warnings_the_points_are_kept_and_written_when_that_is_possible_again()
    {
        File.WriteAllText(Run, "a file");
        var warnings = new Sentences();
        var log = new TensorBoardLog(Run) { Warnings = warnings };
        log.Report(_report);
        log.Report(_report with { Epoch = 2 });
        Assert.Equal(2, warnings.Told.Count);
        Assert.Null(log.FilePath);
        File.Delete(Run);
        log.Report(_report with { Epoch = 3 });
        Assert.Equal(2, warnings.Told.Count);
        Assert.Equal([(1, 1f), (2, 1f), (3, 1f)], EventReader.Curves(Run)["train/loss"]);
        Assert.Equal(1, EventReader.Read(File.ReadAllBytes(log.FilePath!)).Single(e => e.IsStart).Step);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_was_removed_or_cut_is_told_and_a_new_one_begins(bool removed)
    {
        var warnings = new Sentences();
        var log = new TensorBoardLog(Run) { Warnings = warnings };
        log.Report(_report);
        string first = log.FilePath!;
        if (removed)
            Directory.Delete(Run, recursive: true);
        else
            File.WriteAllBytes(first, []);
        log.Report(_report with { Epoch = 2 });
        Assert.Contains(first, Assert.Single(warnings.Told), StringComparison.Ordinal);
        Assert.Equal([0L, 2, 2], EventReader.Read(File.ReadAllBytes(log.FilePath!)).Select(e => e.Step));
    }

    [Fact]
    public void What_a_failed_write_left_is_overwritten()
    {
        var log = new TensorBoardLog(Run);
        log.Report(_report);
        File.AppendAllText(log.FilePath!, new string('x', 1000)); // half a record
        log.Report(_report with { Epoch = 2 });
        Assert.Equal([(1, 1f), (2, 1f)], EventReader.Curves(Run)["train/loss"]);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new TensorBoardLog(null!));
        Assert.Throws<ArgumentException>(() => new TensorBoardLog(" "));
        Assert.Throws<ArgumentNullException>(() => new TensorBoardLog(Run).Report(null!));
        Assert.Throws<ArgumentNullException>(() => new TensorBoardLog(Run).Add(null!));
    }

    private sealed class Sentences : IProgress<string>
    {
        public List<string> Told { get; } = [];

        public void Report(string value) => Told.Add(value);
    }
}
