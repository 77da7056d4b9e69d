using Elman.Files;

namespace Elman.PyTorch.Tests.Writing;

/// <summary>Models that were trained here as state dictionaries.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"elman-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("rnn", 1, "rnn = nn.RNN(2, 4, num_layers=2, nonlinearity='tanh', batch_first=True, bidirectional=True)")]
    [InlineData("gru", 3, "rnn = nn.GRU(2, 4, num_layers=2, batch_first=True, bidirectional=True)")]
    [InlineData("lstm", 4, "rnn = nn.LSTM(2, 4, num_layers=2, batch_first=True, bidirectional=True)")]
    public void A_model_gets_conventional_names_and_comes_back_with_the_same_outputs(string cell, int gates, string module)
    {
        using SequenceClassifier model = Trained(Options(cell, [4, 4]) with
        {
            Model = new() { Layers = [4, 4], Bidirectional = true },
            Inputs = new() { Standardize = false },
        });
        PyTorchExport export = PyTorchFile.Save(model, _file);
        Assert.Equal([module, "linear = nn.Linear(8, 2)"], export.Modules);
        Dictionary<string, SafetensorsTensor> tensors = Fixture.Tensors(File.ReadAllBytes(_file));
        Assert.Equal([4 * gates, 2], tensors["rnn.weight_ih_l0"].Shape);
        Assert.Equal([4 * gates, 8], tensors["rnn.weight_ih_l1_reverse"].Shape);
        Assert.All(tensors["rnn.bias_hh_l1"].Bytes.Take(cell == "gru" ? 8 * sizeof(float) : int.MaxValue), value => Assert.Equal(0, value));
        using var back = (SequenceClassifier)PyTorchFile.Load(_file, new PyTorchLoadOptions
        {
            Readout = Readout.Last,
            Activation = cell == "rnn" ? Activation.Tanh : null,
            Names = model.Classes,
        }).Estimator;
        Assert.Equal(model.PredictProbabilities(Data()).ToArray(), back.PredictProbabilities(Data()).ToArray());
    }

    [Fact]
    public void Layers_of_different_sizes_are_several_modules()
    {
        using SequenceClassifier model = Trained(Options("lstm", [4, 4, 3]));
        Assert.Equal(["rnn1 = nn.LSTM(2, 4, num_layers=2, batch_first=True)", "rnn2 = nn.LSTM(4, 3, batch_first=True)",
            "linear = nn.Linear(3, 2)"], PyTorchFile.Save(model, _file).Modules);
    }

    [Fact]
    public void A_scale_is_in_a_warning_and_in_the_metadata()
    {
        using SequenceClassifier model = Trained(Options("gru", [3]));
        PyTorchExport export = PyTorchFile.Save(model, _file);
        Assert.Contains("x = (x − means) / deviations", Assert.Single(export.Warnings), StringComparison.Ordinal);
        IReadOnlyDictionary<string, string> texts = SafetensorsReader.Read(_file).Metadata;
        using var file = new MemoryStream(model.ToBytes());
        Assert.Equal(SafetensorsReader.Read(file, "m").Metadata["elman.standardization"], texts["elman.standardization"]);
        Assert.Equal("""["a","b"]""", texts["elman.classes"]);
        Assert.Equal(("pt", "last"), (texts["format"], texts["elman.readout"]));
        Assert.DoesNotContain("elman.version", texts.Keys);
    }

    [Fact]
    public void Symbols_and_numbers_are_concatenated_in_the_order_of_the_warning()
    {
        using SequenceClassifier model = Trained(Options("gru", [3]) with { Inputs = new() { Standardize = false, Embed = [new(1, 2)] } });
        PyTorchExport export = PyTorchFile.Save(model, _file);
        Assert.Equal("rnn = nn.GRU(3, 3, batch_first=True)", export.Modules[1]);
        Assert.Contains("torch.cat", Assert.Single(export.Warnings), StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<TrainingOptions>> Inexpressible => new()
    {
        { "peepholes", () => new() { Cell = new LstmOptions { Peepholes = true } } },
        { "coupled", () => new() { Cell = new LstmOptions { CoupledGates = true } } },
        { "GateClip", () => new() { Cell = new LstmOptions { GateClip = 2 } } },
        { "layer normalisation", () => new() { Cell = new LstmOptions { LayerNorm = true } } },
        { "layer normalisation", () => new() { Cell = new GruOptions { LayerNorm = true } } },
        { "GruReset before", () => new() { Cell = new GruOptions { GruReset = GruReset.Before } } },
        { "other activations", () => new() { Cell = new GruOptions { GateActivation = Activation.HardSigmoid() } } },
        { "nn.RNN has tanh and relu", () => new() { Cell = new RnnOptions { Activation = Activation.Softsign } } },
        { "cell is lru", () => new() { Cell = "lru" } },
        { "cell is esn", () => new() { Cell = "esn" } },
        { "cell is oscillator", () => new() { Cell = "oscillator" } },
        { "cell is mingru", () => new() { Cell = "mingru" } },
        { "merged by Sum", () => new() { Cell = "gru", Model = new() { Bidirectional = true, Merge = DirectionMerge.Sum } } },
        { "residual", () => new() { Cell = "gru", Model = new() { Layers = [3, 3], Residual = true } } },
        { "zoneout", () => new() { Cell = "gru", Model = new() { Zoneout = 0.1 } } },
        { "readout is attention", () => new() { Cell = "gru", Model = new() { Readout = Readout.Attention } } },
        { "preprocessing stages", () => new() { Cell = "gru", Inputs = new() { Differences = 1 } } },
        { "missing values as inputs", () => new() { Cell = "gru", Inputs = new() { Missing = MissingValues.Indicate } } },
    };

    [Theory]
    [MemberData(nameof(Inexpressible))]
    public void What_PyTorch_has_no_module_for_is_refused_by_name(string words, Func<TrainingOptions> options)
    {
        TrainingOptions chosen = options() with { Threads = 1 };
        using SequenceClassifier model = Trained(
            chosen.Cell.Name is "esn" or "oscillator" ? chosen : chosen with { Epochs = 1, Batch = 4 });
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => PyTorchFile.Save(model, _file)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_file));
    }

    [Fact]
    public void A_model_that_is_not_fitted_is_refused()
    {
        using var model = new SequenceClassifier();
        Assert.Throws<InvalidOperationException>(() => PyTorchFile.Save(model, _file));
    }

    private static TrainingOptions Options(string cell, LayerSizes layers) =>
        new() { Cell = cell, Model = new() { Layers = layers }, Epochs = 1, Threads = 1, Batch = 4 };

    private static SequenceClassifier Trained(TrainingOptions options)
    {
        var model = new SequenceClassifier(options);
        model.Fit(Data(), cancellationToken: TestContext.Current.CancellationToken);
        return model;
    }

    private static SequenceDataset Data() => new(2, ["a", "b"], [.. Enumerable.Range(0, 8).Select(i => new Sequence(
        Enumerable.Range(0, 2 * (2 + (i % 3))).Select(t => (float)((t * (i + 1)) % 4)).ToArray(), 2, i % 2))]);
}
