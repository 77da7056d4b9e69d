using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Networks that are trained by gradients, with counting readouts.</summary>
public sealed class CountedNetworkTests : IDisposable
{
    private static readonly TrainingOptions _options =
        new()
        {
            Cell = "gru",
            Model = new() { Layers = [12], Readout = Readout.Counts },
            Epochs = 8,
            Batch = 16,
            LearningRate = 0.01,
            Threads = 1,
        };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, Readout, bool> Variants => new(
        from cell in (string[])["rnn", "gru", "lstm", "mingru"]
        from readout in (Readout[])[Readout.Counts, Readout.CountsHalves, Readout.CountsFull]
        from bidirectional in (bool[])[false, true]
        select (cell, readout, bidirectional));

    [Theory]
    [MemberData(nameof(Variants))]
    public void Networks_with_counts_learn_and_threads_files_and_streams_give_the_same_bits(
        string cell, Readout readout, bool bidirectional)
    {
        TrainingOptions options = _options with
        {
            Cell = cell,
            Model = _options.Model with { Readout = readout, Bidirectional = bidirectional },
        };
        SequenceDataset data = Waves.Create(80, seed: 1, ragged: true), unseen = Waves.Create(40, seed: 2, ragged: true);
        using SequenceClassifier classifier = new(options), threaded = new(options with { Threads = 3 });
        TrainingSummary summary = classifier.Fit(data);
        threaded.Fit(data);
        Assert.Equal((8, 8), (summary.Epochs, classifier.History.Count));
        Assert.InRange(classifier.Evaluate(unseen).Accuracy, 0.8, 1);
        classifier.Save(_folder.File("one"));
        threaded.Save(_folder.File("three"));
        Assert.Equal(File.ReadAllBytes(_folder.File("one")), File.ReadAllBytes(_folder.File("three")));
        using SequenceClassifier loaded = SequenceClassifier.Load(_folder.File("one"));
        Assert.Equal(classifier.CanStream, loaded.CanStream);
        Assert.Equal(!bidirectional && readout != Readout.CountsHalves, loaded.CanStream);
        foreach (Sequence sequence in unseen)
        {
            float[] expected = classifier.PredictProbabilities(sequence);
            SameBits.Assert<float>(expected, loaded.PredictProbabilities(sequence));
            if (!loaded.CanStream)
                continue;
            using SequenceSession session = loaded.OpenSession();
            foreach (float value in sequence.Values.Span)
                session.Step([value]);
            SameBits.Assert<float>(expected, session.Answer);
        }
    }

    [Fact]
    public void Their_layers_are_those_of_the_network_that_is_read_by_the_mean()
    {
        SequenceDataset data = Waves.Create(80, seed: 1, ragged: true);
        using SequenceClassifier counted = new(_options),
            mean = new(_options with { Model = _options.Model with { Readout = Readout.Mean } });
        counted.Fit(data);
        mean.Fit(data);
        Assert.Equal(mean.History, counted.History);
        counted.Save(_folder.File("counted"));
        mean.Save(_folder.File("mean"));
        string[] layers = LayersOf("mean");
        Assert.NotEmpty(layers);
        Assert.Equal(layers, LayersOf("counted"));

        string[] LayersOf(string file) =>
        [
            .. SafetensorsReader.Read(_folder.File(file)).Tensors.Where(tensor => tensor.Name.StartsWith("rnn.", StringComparison.Ordinal))
                .Select(tensor => $"{tensor.Name} {Convert.ToHexString(tensor.Bytes)}"),
        ];
    }

    [Fact]
    public void The_loss_that_is_reported_is_that_of_the_output_layer_that_was_found_last()
    {
        SequenceDataset data = Waves.Create(80, seed: 1), held = Waves.Create(40, seed: 3);
        using var classifier = new SequenceClassifier(_options with { Calibrate = false });
        TrainingSummary summary = classifier.Fit(data, held);
        Assert.Equal(classifier.Evaluate(held).LogLoss, summary.ValidationLoss!.Value, 1e-6);
        Assert.Equal(classifier.Evaluate(data).LogLoss, summary.TrainLoss, 1e-6);
    }

    [Fact]
    public void Validation_data_make_their_answers_honest()
    {
        SequenceDataset data = Waves.Create(24, seed: 1), held = Waves.Create(200, seed: 3), unseen = Waves.Create(400, seed: 4);
        TrainingOptions options = _options with { Epochs = 60 };
        using SequenceClassifier calibrated = new(options), sure = new(options with { Calibrate = false });
        calibrated.Fit(data, held);
        sure.Fit(data, held);
        Assert.Equal(sure.Evaluate(unseen).Accuracy, calibrated.Evaluate(unseen).Accuracy);
        Assert.True(calibrated.Evaluate(held).LogLoss < sure.Evaluate(held).LogLoss);
    }

    [Fact]
    public void Further_data_change_the_output_layer_as_if_they_had_been_counted_too()
    {
        SequenceDataset first = Waves.Create(80, seed: 1), second = Waves.Create(80, seed: 7);
        using var classifier = new SequenceClassifier(_options);
        classifier.Fit(first);
        double before = classifier.Evaluate(second).LogLoss;
        double loss = classifier.PartialFit(second);
        Assert.Equal(classifier.Evaluate(second).LogLoss, loss, 1e-6);
        Assert.True(loss < before);
    }

    [Fact]
    public void Continuing_is_refused_where_there_is_nothing_to_continue()
    {
        SequenceDataset data = Waves.Create(40, seed: 1);
        using var fresh = new SequenceClassifier(_options);
        Assert.Contains("call Fit with all data first", Assert.Throws<InvalidOperationException>(() => fresh.PartialFit(data)).Message,
            StringComparison.Ordinal);
        fresh.Fit(data);
        fresh.Save(_folder.File("model"));
        using SequenceClassifier loaded = SequenceClassifier.Load(_folder.File("model")), further = new(_options);
        Assert.Contains(
            "not the sums", Assert.Throws<InvalidOperationException>(() => loaded.PartialFit(data)).Message, StringComparison.Ordinal);
        Assert.Contains("readout counts, whose output weights are fitted in one pass",
            Assert.Throws<ArgumentException>(() => further.FitFrom(loaded, data)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Loss is focal", true, false)]
    [InlineData("ClassWeights would change nothing", false, true)]
    public void What_least_squares_can_not_do_is_refused(string reason, bool focal, bool weights)
    {
        TrainingOptions options = _options with
        {
            Loss = focal ? Loss.Focal(2) : null,
            ClassWeights = weights ? ClassWeights.Balanced : ClassWeights.None,
        };
        SequenceDataset data = weights ? Melodies.ManyLabelled(40, seed: 1) : Waves.Create(40, seed: 1);
        string message = Assert.Throws<ArgumentException>(() =>
        {
            using var classifier = new SequenceClassifier(options);
            classifier.Fit(data);
        }).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains("a model with Readout at counts", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_in_the_middle_they_can_answer_all_the_same()
    {
        using var stop = new CancellationTokenSource();
        using var classifier = new SequenceClassifier(_options with { Epochs = 1000 });
        TrainingSummary summary = classifier.Fit(Waves.Create(80, seed: 1), null, new Heard<TrainingProgress>(progress =>
        {
            if (progress.Epoch == 3) stop.Cancel();
        }), stop.Token);
        Assert.True(summary.Cancelled);
        Assert.InRange(classifier.Evaluate(Waves.Create(40, seed: 2)).Accuracy, 0.8, 1);
    }

    [Fact]
    public void Networks_with_counts_learn_numbers()
    {
        using var regressor = new SequenceRegressor(_options with { Epochs = 30 });
        regressor.Fit(Melodies.Counted(200, seed: 1));
        Assert.InRange(regressor.Evaluate(Melodies.Counted(60, seed: 2)).PerTarget[0].R2, 0.9, 1); // how many bits are set
    }

    public void Dispose() => _folder.Dispose();
}
