using Elman.Reports.TensorBoard;

namespace Elman.Reports.Tests.TensorBoard;

public sealed class TensorBoardLogTests : IDisposable
{
    private static readonly TrainingProgress _report = new()
    {
        Epoch = 1,
        Epochs = 300,
        EpochEnded = true,
        Fraction = 0.0125,
        Loss = 0.75,
        Accuracy = 0.5,
        ValidationLoss = 0.8125,
        ValidationAccuracy = 0.25,
        LearningRate = 0.01,
        SequencesPerSecond = 1,
        Elapsed = TimeSpan.Zero,
        Remaining = TimeSpan.Zero,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("elman-tensorboard-").FullName;
    private readonly Clock _clock = new();

    private string Run => Path.Combine(_folder, "runs", "first");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_file_has_the_bytes_that_Protocol_Buffers_and_another_checksum_give()
    {
        var log = new TensorBoardLog(Run, _clock);
        Assert.Null(log.FilePath);
        Assert.True(log.AfterEpoch(_report));
        Report(1.5, _report with { Epoch = 2, Loss = 0.1, Accuracy = 1, ValidationLoss = 0, ValidationAccuracy = 1, LearningRate = 0 });
        Report(300, _report with
        {
            Epoch = 300,
            Loss = 1e-30,
            Accuracy = null,
            ValidationLoss = null,
            ValidationAccuracy = null,
            LearningRate = 1e-5,
        });
        Report(301, _report with { Candidate = "grün", EpochEnded = false, Loss = 2.5 });
        Report(301, _report with { Candidate = "grün", EpochEnded = false, Loss = 2.4, Fraction = 0.0129 }); // the same thousandth
        Report(301.5, _report with { Candidate = "grün", Loss = double.NaN });
        _clock.Seconds = 1700000302.25;
        log.Add(new Leaderboard([Entry("grün", 0.5), Entry("esn", 3)], 0.5, 1, 10, ""));
        Report(303, _report with { Candidate = "grün", EpochEnded = false, Loss = 4, Fraction = 1e-6 }); // another training
        Assert.Equal(File.ReadAllBytes(Fixture("events.bin")), File.ReadAllBytes(log.FilePath!));

        void Report(double seconds, TrainingProgress progress)
        {
            _clock.Seconds = 1700000000.25 + seconds;
            log.Report(progress);
        }
    }

    [Fact]
    public void The_name_is_what_TensorBoard_looks_for()
    {
        var log = new TensorBoardLog(Run, _clock);
        log.Report(_report);
        Assert.Equal(Run, Path.GetDirectoryName(log.FilePath));
        Assert.Matches(
            $@"^events\.out\.tfevents\.1700000000\.[A-Za-z0-9_-]+\.{Environment.ProcessId}\.\d+$", Path.GetFileName(log.FilePath));
    }

    [Fact]
    public void The_file_is_complete_after_every_epoch_and_steps_add_nothing()
    {
        var log = new TensorBoardLog(Run, _clock);
        log.Report(_report with { EpochEnded = false });
        Assert.False(Directory.Exists(Run));
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            log.Report(_report with { Epoch = epoch });
            log.Report(_report with { Epoch = epoch + 1, EpochEnded = false });
            Assert.Equal(epoch + 2, EventReader.Read(File.ReadAllBytes(log.FilePath!)).Count);
        }
    }

    [Fact]
    public void A_later_file_follows_the_earlier_ones_by_name_also_if_the_clock_was_set_back()
    {
        var names = new List<string>();
        foreach (double seconds in new[] { 1700000000.0, 1700000000.0, 1600000000.0, 1700000009.0 })
        {
            _clock.Seconds = seconds;
            var log = new TensorBoardLog(Run, _clock);
            log.Report(_report);
            names.Add(Path.GetFileName(log.FilePath!));
        }
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal(["1700000000", "1700000001", "1700000002", "1700000009"], names.Select(name => name.Split('.')[3]));
    }

    [Fact]
    public void Another_training_with_the_same_log_replaces_the_points_of_the_first()
    {
        var log = new TensorBoardLog(Run, _clock);
        foreach (int epoch in new[] { 1, 2, 3, 1, 2 })
            log.Report(_report with { Epoch = epoch, Loss = epoch });
        Assert.Equal([(1, 1), (2, 2)], EventReader.Curves(Run)["train/loss"]);
    }

    [Fact]
    public void A_candidate_has_one_point_a_thousandth_and_folds_do_not_go_back()
    {
        var log = new TensorBoardLog(Run, _clock);
        Report("gru", 0.0101, 4);
        Report("gru", 0.0109, 3);
        Report("gru", 0.0112, 2);
        Report("gru", 0.0101, 9); // the next fold
        Report("gru", 0.0121, 1);
        Report("lstm", 0.0125, 5);
        Report("lstm", 0.0125, double.NaN);
        log.Report(_report with { Candidate = "lstm", Loss = double.NaN, Fraction = 0.02, Elapsed = TimeSpan.FromSeconds(9) });
        IReadOnlyDictionary<string, List<(long, float)>> curves = EventReader.Curves(Run);
        Assert.Equal([(10, 4f), (11, 2f), (12, 1f)], curves["candidate/gru/train_loss"]);
        Assert.Equal([(12, 5f)], curves["candidate/lstm/train_loss"]);

        Report("lstm", 0.011, 7); // another training: less time has passed
        curves = EventReader.Curves(Run);
        Assert.Equal([(10, 4f)], curves["candidate/gru/train_loss"]);
        Assert.Equal([(11, 7f)], curves["candidate/lstm/train_loss"]);

        void Report(string candidate, double fraction, double loss) =>
            log.Report(_report with { Candidate = candidate, EpochEnded = false, Fraction = fraction, Loss = loss });
    }

    [Fact]
    public void What_a_killed_process_left_incomplete_does_not_hide_what_follows()
    {
        var log = new TensorBoardLog(Run, _clock);
        log.Report(_report);
        log.Report(_report with { Epoch = 2 });
        using (FileStream stream = File.OpenWrite(log.FilePath!))
            stream.SetLength(stream.Length - 5);
        var resumed = new TensorBoardLog(Run, _clock);
        resumed.Report(_report with { Epoch = 2, Loss = 0.5 });
        Assert.Equal([(1, 0.75f), (2, 0.5f)], EventReader.Curves(Run)["train/loss"]);
    }

    private static LeaderboardEntry Entry(string name, double loss) =>
        new(name, loss, 1, 1, 1, 1, TimeSpan.Zero, TimeSpan.Zero, true);

    private static string Fixture(string name)
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Elman.slnx")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "tests/Elman.Reports.Tests/TensorBoard", name);
    }
}
