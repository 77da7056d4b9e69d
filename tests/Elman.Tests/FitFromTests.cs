using Elman.Fitted;
using Elman.Models;
using Elman.Sequences;

namespace Elman.Tests;

public class FitFromTests
{
    private static readonly TrainingOptions _tiny = new() { Epochs = 1, LearningRate = 1e-9, Optimizer = OptimizerKind.Sgd, Threads = 1 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sequences of different lengths, so that the order in a batch does not depend on shuffling.</summary>
    private static SequenceDataset OfDifferentLengths()
    {
        SequenceDataset waves = Waves.Create(12, seed: 3);
        return new SequenceDataset(
            1, Waves.Classes, waves.Select((sequence, i) => new Sequence(sequence.Values[..(8 + i)], 1, sequence.Label)), "waves");
    }

    [Theory]
    [InlineData("rnn", false)]
    [InlineData("gru", true)]
    [InlineData("lstm", false)]
    [InlineData("mingru", false)]
    [InlineData("lru", false)]
    public void Two_halves_of_a_run_are_the_whole_run_to_the_last_bit(string cell, bool bidirectional)
    {
        SequenceDataset data = OfDifferentLengths();
        var half = new TrainingOptions
        {
            Cell = cell,
            Model = new() { Layers = [7, 5], Bidirectional = bidirectional },
            Epochs = 4,
            Batch = data.Count,
            Threads = 1,
            Optimizer = OptimizerKind.Sgd,
            Momentum = 0,
            LearningRate = 0.1,
            Schedule = LearningRateSchedule.Constant,
        };
        using var whole = new SequenceClassifier(half with { Epochs = 8 });
        using var first = new SequenceClassifier(half);
        using var second = new SequenceClassifier(half);
        whole.Fit(data, cancellationToken: Token);
        first.Fit(data, cancellationToken: Token);
        second.FitFrom(first, data, cancellationToken: Token);
        Assert.Equal(whole.History.Select(epoch => epoch.Loss), first.History.Concat(second.History).Select(epoch => epoch.Loss));
        Assert.Equal(Rows(whole, data), Rows(second, data));
        Assert.NotEqual(Rows(first, data), Rows(second, data));
    }

    [Theory]
    [InlineData(MissingValues.Refuse, 0, true)]
    [InlineData(MissingValues.Indicate, 0, true)]
    [InlineData(MissingValues.Mean, 2, true)]
    [InlineData(MissingValues.Refuse, 1, false)]
    public void With_a_tiny_rate_the_answers_stay_and_so_does_what_is_done_with_values(
        MissingValues missing, int differences, bool standardize)
    {
        using SequenceClassifier start = Waves.Fitted(
            Waves.Quick with
            {
                Inputs = Waves.Quick.Inputs with { Missing = missing, Differences = differences, Standardize = standardize },
            });
        using var classifier = new SequenceClassifier(_tiny);
        // Data with another level and scale would be standardised differently.
        classifier.FitFrom(start, Waves.Create(10, seed: 5), cancellationToken: Token);
        SequenceDataset asked = Waves.Create(6, seed: 9);
        Assert.All(Rows(start, asked).Zip(Rows(classifier, asked)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal(missing, classifier.Options.Inputs.Missing);
        Assert.Equal(standardize, classifier.Options.Inputs.Standardize);
        Assert.Same(start.Standardization, classifier.Standardization);
    }

    [Fact]
    public void The_start_does_not_change()
    {
        using SequenceClassifier start = Waves.Fitted();
        SequenceDataset data = Waves.Create(20, seed: 4);
        float[] before = Rows(start, data);
        using var classifier = new SequenceClassifier(new TrainingOptions { Epochs = 2, LearningRate = 0.1, Threads = 1 });
        classifier.FitFrom(start, data, cancellationToken: Token);
        Assert.Equal(before, Rows(start, data));
        Assert.NotEqual(before, Rows(classifier, data));
        Assert.Equal(3, start.Summary!.Epochs);
        Assert.Equal(2, classifier.Summary!.Epochs);
    }

    [Fact]
    public void A_model_can_start_from_itself()
    {
        using SequenceClassifier classifier = Waves.Fitted();
        SequenceDataset data = Waves.Create(32, seed: 1);
        double before = classifier.Evaluate(data).LogLoss;
        classifier.FitFrom(classifier, data, cancellationToken: Token);
        Assert.True(classifier.Evaluate(data).LogLoss < before);
        classifier.PartialFit(data);
    }

    [Fact]
    public void Classes_keep_the_order_of_the_start_and_need_not_all_occur()
    {
        using SequenceClassifier start = Waves.Fitted();
        SequenceDataset waves = Waves.Create(8, seed: 2);
        var sines = new SequenceDataset(
            1, ["sine"], waves.Where(sequence => sequence.Label == 1).Select(sequence => new Sequence(sequence.Values, 1, 0)));
        using var classifier = new SequenceClassifier(new TrainingOptions { Epochs = 20, LearningRate = 0.05, Threads = 1 });
        classifier.FitFrom(start, sines, cancellationToken: Token);
        Assert.Equal(Waves.Classes, classifier.Classes);
        Assert.Equal("sine", classifier.Predict(waves[1]));
    }

    [Fact]
    public void Every_task_can_start_from_a_model_of_its_own()
    {
        TrainingOptions options = Melodies.Quick with { Epochs = 1 };
        using var tagger = new SequenceTagger(options);
        using var regressor = new SequenceRegressor(options);
        using var forecaster = new SequenceForecaster(options with { Forecast = options.Forecast with { Horizon = 2 } });
        using var classifier = new SequenceClassifier(options);
        Check(tagger, new SequenceTagger(_tiny), Melodies.Tagged(20, seed: 1),
            (model, data) => model.PredictProbabilities(data[0]).ToArray());
        Check(regressor, new SequenceRegressor(_tiny), Melodies.Counted(20, seed: 1), (model, data) => model.Predict(data[0]));
        Check(forecaster, new SequenceForecaster(_tiny), Melodies.Sines(20, seed: 1), (model, data) => model.Predict(data[0]));
        Check(classifier, new SequenceClassifier(_tiny), Melodies.ManyLabelled(20, seed: 1),
            (model, data) => model.PredictProbabilities(data[0]));

        static void Check<TModel>(TModel start, TModel model, SequenceDataset data, Func<TModel, SequenceDataset, float[]> answer)
            where TModel : SequenceEstimator
        {
            start.Fit(data, cancellationToken: Token);
            model.FitFrom(start, data, cancellationToken: Token);
            Assert.All(answer(start, data).Zip(answer(model, data)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
            model.Dispose();
        }
    }

    [Fact]
    public void A_share_of_the_data_can_be_held_out()
    {
        using SequenceClassifier start = Waves.Fitted();
        using var classifier = new SequenceClassifier(new TrainingOptions { Epochs = 3, Validation = 0.25, Threads = 1 });
        Assert.NotNull(classifier.FitFrom(start, Waves.Create(20, seed: 2), cancellationToken: Token).ValidationLoss);
        Assert.Equal(14, classifier.Summary!.Sequences);
    }

    [Fact]
    public void A_temperature_goes_into_the_output_layer()
    {
        using SequenceClassifier cold = Waves.Fitted();
        var copied = new SequenceModel<float>(new ModelSpec { InputSize = 1, Layers = [8], OutputSize = 2 });
        copied.Initialize(WeightInitialization.Rotation, new SeededRandom(1));
        copied.Pack(forTraining: false);
        var member = new Member(copied, new Preprocessing(MissingValues.Refuse, 1)) { Temperature = 2.5 };
        using var warm = new SequenceClassifier(new FittedModel([member], Waves.Classes, null, null, []));
        using var classifier = new SequenceClassifier(_tiny);
        SequenceDataset data = Waves.Create(8, seed: 2);
        classifier.FitFrom(warm, data, cancellationToken: Token);
        Assert.All(Rows(warm, data).Zip(Rows(classifier, data)), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void The_automatic_choice_takes_the_cell_of_the_start()
    {
        using SequenceClassifier start = Waves.Fitted(Waves.Quick with { Cell = "gru" });
        using var classifier = new SequenceClassifier(TrainingOptions.Auto with { Epochs = 1, Threads = 1 });
        classifier.FitFrom(start, Waves.Create(8, seed: 2), cancellationToken: Token);
        Assert.Equal("gru", classifier.Options.Cell);
        Assert.Equal([8], classifier.Options.ResolvedLayers);
        Assert.Null(classifier.Leaderboard);
    }

    public static TheoryData<string, TrainingOptions> Contradictions => new()
    {
        { "Cell is lstm, but the model that training starts from has gru", new() { Cell = "lstm" } },
        { "Cell is esn, but the model that training starts from has gru", new() { Cell = "esn" } },
        { "Layers is 9, but the model that training starts from has 8", new() { Model = new() { Layers = [9] } } },
        { "Bidirectional is True, but", new() { Model = new() { Bidirectional = true } } },
        { "Residual is True, but", new() { Model = new() { Layers = [8, 8], Residual = true } } },
        { "Zoneout is 0.25, but the model that training starts from has 0;", new() { Model = new() { Zoneout = 0.25 } } },
        { "Readout is mean, but the model that training starts from has last", new() { Model = new() { Readout = Readout.Mean } } },
        { "Cell is rnn, but", new() { Cell = new RnnOptions { Activation = Activation.Relu } } },
        { "GruReset is before, but", new() { Cell = new GruOptions { GruReset = GruReset.Before } } },
        { "Cell is lstm, but the model that training starts from has gru", new() { Cell = new LstmOptions { Peepholes = true } } },
        { "LayerNorm is true, but", new() { Cell = new GruOptions { LayerNorm = true } } },
        { "Standardize is False, but the model that training starts from has True", new() { Inputs = new() { Standardize = false } } },
        { "Missing is Last, but the model that training starts from has Refuse",
            new() { Inputs = new() { Missing = MissingValues.Last } } },
        { "ScaleSequences is True, but", new() { Inputs = new() { ScaleSequences = true } } },
        { "Differences is 1, but", new() { Inputs = new() { Differences = 1 } } },
        { "Patch is 4, but", new() { Inputs = new() { Patch = 4 } } },
        { "Embed is 1:3, but the model that training starts from has none", new() { Inputs = new() { Embed = [new(1, 3)] } } },
        { "Init is Glorot, but training starts from the weights of a model", new() { Init = WeightInitialization.Glorot } },
        { "ForgetBias is 2, which sets initial weights", new() { Cell = new LstmOptions { ForgetBias = 2 } } },
        { "Budget, For, Ensemble and Cells are for the automatic choice",
            TrainingOptions.Auto with { Cell = new AutoOptions { For = ModelUse.Streaming } } },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void An_option_that_contradicts_the_start_is_refused(string message, TrainingOptions options)
    {
        using SequenceClassifier start = Waves.Fitted(Waves.Quick with { Cell = "gru" });
        using var classifier = new SequenceClassifier(options);
        Assert.Contains(message, Refusal(() => classifier.FitFrom(start, Waves.Create(8, seed: 2))), StringComparison.Ordinal);
        Assert.False(classifier.IsFitted);
        Assert.Same(options, classifier.Options);
    }

    [Fact]
    public void The_shape_of_the_start_may_be_repeated()
    {
        using SequenceClassifier start = Waves.Fitted(Waves.Quick with
        {
            Cell = "gru",
            Model = Waves.Quick.Model with { Readout = Readout.Mean },
        });
        Assert.Empty(start.Options.FindShapeDifferences(start.Options));
        Assert.Single((start.Options with
        {
            Epochs = 7,
            Model = start.Options.Model with { Zoneout = 0.5 },
        }).FindShapeDifferences(start.Options));
        using var classifier = new SequenceClassifier(start.Options with { Epochs = 1 });
        classifier.FitFrom(start, Waves.Create(8, seed: 2), cancellationToken: Token);
    }

    [Fact]
    public void Every_option_that_a_model_brings_along_is_compared()
    {
        var spec = new ModelSpec
        {
            InputSize = 5,
            Layers = [3, 3],
            OutputSize = 2,
            Bidirectional = true,
            Merge = DirectionMerge.Sum,
            Residual = true,
            Zoneout = 0.5,
            Readout = Readout.Max,
            Horizon = 2,
            Task = ModelTask.Forecast,
            Missing = MissingValues.Last,
            Stages = new(true, 2, 4),
            Symbols = new([new SymbolTable(1, 2, 3)]),
            Cell = new LstmOptions
            {
                GateActivation = Activation.Relu,
                CandidateActivation = Activation.Relu,
                OutputActivation = Activation.Relu,
                Peepholes = true,
                CoupledGates = true,
                GateClip = 2,
                Projection = 2,
                LayerNorm = true,
            },
        };
        TrainingOptions defaults = new() { Cell = "lstm" }, taken = defaults.With(spec);
        string[] expected =
        [
            .. new (object Default, object Taken)[]
            {
                (defaults.Model, taken.Model), (defaults.Inputs, taken.Inputs), (defaults.Forecast, taken.Forecast),
            }.SelectMany(pair => pair.Taken.GetType().GetProperties()
                .Where(property => property.CanWrite && !Equals(property.GetValue(pair.Default), property.GetValue(pair.Taken)))
                .Select(property => property.Name)),
            .. taken.Cell.Options.Where(option => option.ShapesModel).Select(option => option.Name),
        ];
        Assert.True(expected.Length > 15);
        Assert.Equal(expected.Order(), taken.FindShapeDifferences(defaults).Select(sentence => sentence.Split(' ')[0]).Order());
    }

    [Fact]
    public void What_the_start_rules_out_is_refused()
    {
        using SequenceClassifier start = Waves.Fitted(Waves.Quick with { Cell = "mingru" });
        using var classifier = new SequenceClassifier(new TrainingOptions { RecurrentDropout = 0.25 });
        Assert.Contains(
            "RecurrentDropout acts on", Refusal(() => classifier.FitFrom(start, Waves.Create(8, seed: 2))), StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_nothing_to_start_from_in_a_reservoir_an_average_or_another_task()
    {
        SequenceDataset data = Waves.Create(8, seed: 2);
        using var classifier = new SequenceClassifier(_tiny);
        using var esn = new SequenceClassifier(new TrainingOptions { Cell = "esn", Model = new() { Layers = [8] }, Threads = 1 });
        esn.Fit(data, cancellationToken: Token);
        Assert.Contains("has the cell esn, whose output weights are fitted in one pass", Refusal(() => classifier.FitFrom(esn, data)),
            StringComparison.Ordinal);

        Member[] members = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            var model = new SequenceModel<float>(new ModelSpec { InputSize = 1, Layers = [2], OutputSize = 2 });
            model.Pack(forTraining: false);
            return new Member(model, new Preprocessing(MissingValues.Refuse, 1)) { Weight = 0.5 };
        })];
        using var average = new SequenceClassifier(new FittedModel([.. members], Waves.Classes, null, null, []));
        Assert.Contains("is an average of 2 models", Refusal(() => classifier.FitFrom(average, data)), StringComparison.Ordinal);

        using var tagger = new SequenceTagger();
        Assert.Contains("this is a SequenceTagger", Refusal(() => classifier.FitFrom(tagger, data)), StringComparison.Ordinal);

        using var blank = new SequenceClassifier();
        Assert.Throws<InvalidOperationException>(() => classifier.FitFrom(blank, data, cancellationToken: Token));
    }

    [Fact]
    public void Other_classes_get_a_new_output_layer_and_all_other_weights_are_those_of_the_start()
    {
        using SequenceClassifier start = Waves.Fitted();
        SequenceDataset waves = Waves.Create(12, seed: 2);
        var data = new SequenceDataset(
            1, ["low", "sine", "high"], waves.Select((sequence, i) => new Sequence(sequence.Values, 1, i % 3)), "others");
        using SequenceClassifier fitted = new(_tiny with { LearningRate = 1e-30 }), again = new(_tiny with { LearningRate = 1e-30 }),
            otherSeed = new(_tiny with { LearningRate = 1e-30, Seed = 2 });
        foreach (SequenceClassifier classifier in (SequenceClassifier[])[fitted, again, otherSeed])
            classifier.FitFrom(start, data, cancellationToken: Token);
        Assert.Equal(["low", "sine", "high"], fitted.Classes);
        Dictionary<string, byte[]> before = Tensors(start), after = Tensors(fitted), seeded = Tensors(otherSeed);
        foreach (string name in before.Keys.Where(name => !name.StartsWith("output", StringComparison.Ordinal)))
            Assert.Equal(before[name], after[name]);
        string[] weights = [.. after.Keys.Where(name => name.StartsWith("output", StringComparison.Ordinal) && after[name].Length > 12)];
        Assert.NotEmpty(weights);
        Assert.All(weights, name => Assert.NotEqual(after[name], seeded[name]));
        Assert.Equal(fitted.ToBytes(), again.ToBytes());
        Assert.Equal(Waves.Classes, start.Classes);

        static Dictionary<string, byte[]> Tensors(SequenceClassifier model) =>
            Elman.Files.SafetensorsReader.Read(new MemoryStream(model.ToBytes()), "model").Tensors
                .ToDictionary(one => one.Name, one => one.Bytes);
    }

    [Fact]
    public void Other_classes_are_learned_from_the_start()
    {
        using SequenceClassifier start = Waves.Fitted();
        SequenceDataset waves = Waves.Create(40, seed: 2);
        var data = new SequenceDataset(
            1, ["one", "two"], waves.Select(sequence => new Sequence(sequence.Values, 1, sequence.Label)), "others");
        using var fitted = new SequenceClassifier(new TrainingOptions { Epochs = 150, LearningRate = 0.01, Threads = 1 });
        fitted.FitFrom(start, data, cancellationToken: Token);
        Assert.True(fitted.Evaluate(data).Accuracy > 0.9);
    }

    [Fact]
    public void Data_that_do_not_fit_the_start_are_refused()
    {
        using SequenceClassifier start = Waves.Fitted();
        using var classifier = new SequenceClassifier(_tiny);
        SequenceDataset good = Waves.Create(8, seed: 2);
        var stranger = new SequenceDataset(
            1, ["sine", "chirp"], [new Sequence(new float[] { 1, 2 }, 1, 0), new Sequence(new float[] { 1, 2 }, 1, 1)]);
        Assert.Contains("label 'chirp', which is not a class of the model", Refusal(() => classifier.FitFrom(start, good, stranger)),
            StringComparison.Ordinal);
        Assert.Contains("2 channels; the model takes 1", Refusal(() => classifier.FitFrom(start, Waves.Create(8, seed: 2, channels: 2))),
            StringComparison.Ordinal);
        Assert.Contains("holds no sequence", Refusal(() => classifier.FitFrom(start, new SequenceDataset(1, Waves.Classes, []))),
            StringComparison.Ordinal);
        Assert.Contains("has no label",
            Refusal(() => classifier.FitFrom(start, new SequenceDataset(1, Waves.Classes, [new Sequence(new float[] { 1 }, 1)]))),
            StringComparison.Ordinal);
    }

    private static string Refusal(Action act) => Assert.Throws<ArgumentException>(act).Message;

    private static float[] Rows(SequenceClassifier classifier, SequenceDataset data) =>
        [.. data.SelectMany(sequence => classifier.PredictProbabilities(sequence))];
}
