using Elman.Files;
using Elman.Tests.Recurrent;

namespace Elman.Tests.Persistence;

/// <summary>The cell and its options in a model file.</summary>
public sealed class ModelFileCellTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Variants => [.. CellVariants.Names];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_cell_with_its_options_round_trips_and_answers_with_the_same_bits(string variant)
    {
        TrainingOptions options = CellVariants.Options(variant);
        using SequenceClassifier saved = Waves.Fitted(Quick(options));
        saved.Save(_folder.File("m"));
        using var loaded = SequenceClassifier.Load(_folder.File("m"));
        SequenceDataset data = Waves.Create(30, seed: 9, ragged: true);
        Assert.Equal(saved.PredictProbabilities(data), loaded.PredictProbabilities(data));
        Assert.Equal(saved.ParameterCount, loaded.ParameterCount);
        // All options that shape the model; the effect of the others is in the weights.
        Assert.Equal(options with
        {
            Model = options.Model with { Layers = [8] },
            Cell = options.Cell.ShapeAlone,
            Ridge = null,
        }, loaded.Options);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Saving_what_was_loaded_gives_the_same_file(string variant)
    {
        using SequenceClassifier saved = Waves.Fitted(Quick(CellVariants.Options(variant)));
        saved.Save(_folder.File("1"));
        using var loaded = SequenceClassifier.Load(_folder.File("1"));
        loaded.Save(_folder.File("2"));
        Assert.Equal(File.ReadAllBytes(_folder.File("1")), File.ReadAllBytes(_folder.File("2")));
    }

    [Theory]
    [InlineData("rnn", """{"cell":"rnn","inputSize":1,"layers":[8],"outputSize":2,"activation":"tanh"}""")]
    [InlineData("gru", """{"cell":"gru","inputSize":1,"layers":[8],"outputSize":2,"gruReset":"after"}""")]
    [InlineData("gru GruReset", """{"cell":"gru","inputSize":1,"layers":[8],"outputSize":2,"gruReset":"before"}""")]
    [InlineData(
        "lstm", """{"cell":"lstm","inputSize":1,"layers":[8],"outputSize":2,"peepholes":false,"coupledGates":false,"gateClip":null}""")]
    [InlineData("lstm Peepholes GateClip",
        """{"cell":"lstm","inputSize":1,"layers":[8],"outputSize":2,"peepholes":true,"coupledGates":false,"gateClip":"""
            + """0.7999999999999999}""")]
    [InlineData("esn", """{"cell":"esn","inputSize":1,"layers":[8],"outputSize":2,"activation":"tanh","leakRate":0.3}""")]
    [InlineData("lstm CoupledGates",
        """{"cell":"lstm","inputSize":1,"layers":[8],"outputSize":2,"peepholes":false,"coupledGates":true,"gateClip":null}""")]
    [InlineData("gru LayerNorm", """{"cell":"gru","inputSize":1,"layers":[8],"outputSize":2,"gruReset":"after","layerNorm":true}""")]
    [InlineData("lstm OutputActivation",
        """{"cell":"lstm","inputSize":1,"layers":[8],"outputSize":2,"peepholes":false,"coupledGates":false,"gateClip":"""
            + """null,"outputActivation":"scaled-tanh(1.7159, 0.6666666666666666)"}""")]
    [InlineData("lstm Projection",
        """{"cell":"lstm","inputSize":1,"layers":[8],"outputSize":2,"peepholes":false,"coupledGates":false,"gateClip":"""
            + """null,"projection":3}""")]
    public void The_description_has_the_options_of_the_cell_and_no_others(string variant, string spec) =>
        Assert.Equal(spec, Saved(variant).Metadata["elman.spec"]);

    [Theory]
    [InlineData("gru", "2")]
    [InlineData("gru CandidateActivation", "3")]
    [InlineData("lstm OutputActivation", "3")]
    [InlineData("lstm LayerNorm", "2")]
    public void A_file_says_a_version_that_knows_its_functions(string variant, string version) =>
        Assert.Equal(version, Saved(variant).Metadata["elman.version"]);

    [Theory]
    [InlineData("rnn", "rnn.0.b [8]", "rnn.0.wh [8, 8]", "rnn.0.wx [1, 8]")]
    [InlineData("gru", "rnn.0.b [32]", "rnn.0.wh [8, 24]", "rnn.0.wx [1, 24]")]
    [InlineData("gru GruReset", "rnn.0.b [24]", "rnn.0.wh [8, 24]", "rnn.0.wx [1, 24]")]
    [InlineData("lstm", "rnn.0.b [32]", "rnn.0.wh [8, 32]", "rnn.0.wx [1, 32]")]
    [InlineData("lstm Peepholes", "rnn.0.b [32]", "rnn.0.p [24]", "rnn.0.wh [8, 32]", "rnn.0.wx [1, 32]")]
    [InlineData("lstm CoupledGates", "rnn.0.b [24]", "rnn.0.wh [8, 24]", "rnn.0.wx [1, 24]")]
    [InlineData("lstm Peepholes CoupledGates", "rnn.0.b [24]", "rnn.0.p [16]", "rnn.0.wh [8, 24]", "rnn.0.wx [1, 24]")]
    [InlineData("lstm Projection", "rnn.0.b [32]", "rnn.0.wh [3, 32]", "rnn.0.wr [8, 3]", "rnn.0.wx [1, 32]")]
    [InlineData("gru LayerNorm", "rnn.0.b [32]", "rnn.0.norm [32]", "rnn.0.wh [8, 24]", "rnn.0.wx [1, 24]")]
    [InlineData("lru", "rnn.0.b [16]", "rnn.0.gamma [8]", "rnn.0.gate.b [8]", "rnn.0.gate.w [16, 8]", "rnn.0.norm.gain [8]", "rnn.0.nu [8]",
        "rnn.0.skip.b [8]", "rnn.0.skip.w [1, 8]", "rnn.0.theta [8]", "rnn.0.value.b [8]", "rnn.0.value.w [16, 8]", "rnn.0.wx [1, 16]")]
    public void The_tensors_of_the_layer_are_those_of_its_gates(string variant, params string[] tensors) =>
        Assert.Equal(tensors, Saved(variant).Tensors.Where(t => t.Name.StartsWith("rnn.0.", StringComparison.Ordinal))
            .Select(t => $"{t.Name} [{string.Join(", ", t.Shape)}]"));

    public void Dispose() => _folder.Dispose();

    private static TrainingOptions Quick(TrainingOptions options) =>
        CellVariants.Trained(options with { Model = options.Model with { Layers = [8] }, Epochs = 1, Threads = 1 });

    private Safetensors Saved(string variant)
    {
        using SequenceClassifier classifier = Waves.Fitted(Quick(CellVariants.Options(variant)));
        classifier.Save(_folder.File("m"));
        return SafetensorsReader.Read(_folder.File("m"));
    }
}
