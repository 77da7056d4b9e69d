using Elman.Tests.Recurrent;

namespace Elman.Tests.Persistence;

/// <summary>The description of the cell in a model file is accepted only if it is exactly right.</summary>
public sealed class ModelFileCellRefusalTests
{
    [Theory]
    [InlineData("rnn", "peepholes", "true", "Peepholes is for lstm; rnn does not take it.")]
    [InlineData("rnn", "gruReset", "\"before\"", "GruReset is for gru; rnn does not take it.")]
    [InlineData("gru", "activation", "\"relu\"", "Activation is for rnn, indrnn or esn; gru does not take it.")]
    [InlineData("gru", "coupledGates", "true", "CoupledGates is for lstm; gru does not take it.")]
    [InlineData("gru", "gruReset", null, "gruReset is missing")]
    [InlineData("gru", "gruReset", "null", "gruReset is null; it must be after or before.")]
    [InlineData("gru", "gruReset", "\"After\"", "gruReset is \"After\"; it must be after or before.")]
    [InlineData("gru", "gruReset", "\"during\"", "gruReset is \"during\"; it must be after or before.")]
    [InlineData("lstm", "activation", "\"relu\"", "Activation is for rnn, indrnn or esn; lstm does not take it.")]
    [InlineData("lstm", "gruReset", "\"before\"", "GruReset is for gru; lstm does not take it.")]
    [InlineData("lstm", "peepholes", null, "peepholes is missing")]
    [InlineData("lstm", "peepholes", "1", "peepholes is 1; it must be true or false.")]
    [InlineData("lstm", "coupledGates", "\"true\"", "coupledGates is \"true\"; it must be true or false.")]
    [InlineData("lstm", "gateClip", null, "gateClip is missing")]
    [InlineData("lstm", "gateClip", "0", "gateClip is 0; it must be a number above 0, or null for no limit.")]
    [InlineData("lstm", "gateClip", "-3", "gateClip is -3;")]
    [InlineData("lstm", "gateClip", "1e999", "gateClip is 1e999;")]
    [InlineData("lstm", "gateClip", "\"none\"", "gateClip is \"none\";")]
    [InlineData("esn", "leakRate", null, "leakRate is missing")]
    [InlineData("esn", "leakRate", "0", "leakRate is 0; it must be a number above 0 and at most 1.")]
    [InlineData("esn", "leakRate", "1.5", "leakRate is 1.5;")]
    [InlineData("esn", "leakRate", "true", "leakRate is true;")]
    [InlineData("rnn", "leakRate", "1", "LeakRate is for esn; rnn does not take it.")]
    [InlineData("esn", "readout", "\"attention\"", "Readout is attention, which learns by gradients; esn")]
    [InlineData("lstm", "someday", "true", "the description has the field 'someday', which this version does not know")]
    [InlineData("lstm", "layers", "[8192]", "Layers is 8192; each may have 1 to 8191 units for lstm.")]
    public void An_unsound_option_is_refused(string cell, string field, string? json, string reason)
    {
        using ModelFileEditing file = Saved(cell);
        file.WithField("elman.spec", field, json);
        file.AssertRefused(reason);
    }

    [Theory]
    [InlineData("rnn", "peepholes", "false")]
    [InlineData("rnn", "gateClip", "null")]
    [InlineData("gru", "activation", "\"tanh\"")]
    [InlineData("lstm", "gruReset", "\"after\"")]
    public void A_default_of_another_cell_is_harmless(string cell, string field, string json)
    {
        using ModelFileEditing file = Saved(cell);
        file.WithField("elman.spec", field, json);
        using var loaded = SequenceClassifier.Load(file.Path);
        Assert.Equal(cell, loaded.Options.Cell);
    }

    [Theory]
    [InlineData("gru", "cell", "\"lstm\"", "peepholes is missing")]
    [InlineData("gru", "gruReset", "\"before\"", "Tensor 'rnn.0.b' is [12]; the model needs [9]")]
    [InlineData("gru GruReset", "gruReset", "\"after\"", "Tensor 'rnn.0.b' is [9]; the model needs [12]")]
    [InlineData("lstm", "peepholes", "true", "Tensor 'rnn.0.p' is missing")]
    [InlineData("lstm Peepholes", "peepholes", "false", "Tensor 'rnn.0.p' is unexpected")]
    [InlineData("lstm", "coupledGates", "true", "Tensor 'rnn.0.wx' is [2, 12]; the model needs [2, 9]")]
    public void Weights_of_another_cell_are_refused(string variant, string field, string json, string reason)
    {
        using ModelFileEditing file = Saved(variant);
        file.WithField("elman.spec", field, json);
        file.AssertRefused(reason);
    }

    [Theory]
    [InlineData("gru", 300)]
    [InlineData("lstm", 265)]
    [InlineData("lstm CoupledGates", 300)]
    public void The_file_is_measured_by_the_gates_of_its_cell(string variant, int hiddenSize)
    {
        // The weights that the file claims are above the mebibyte that is accepted on trust if every gate counts; with one gate, they are a
        // third or a quarter of that.
        using ModelFileEditing file = Saved(variant);
        file.WithField("elman.spec", "layers", $"[{hiddenSize}]");
        file.AssertRefused("more weights than the file");
    }

    [Fact]
    public void A_file_without_the_keys_of_attention_takes_no_memory_for_them()
    {
        using ModelFileEditing file = Saved("indrnn"); // without Wh, so the weights of attention are nearly all
        const string spec = """{"cell":"indrnn","inputSize":2,"layers":[16383],"outputSize":2,"activation":"tanh","readout":"attention"}""";
        file.WithText("elman.spec", spec);
        long before = GC.GetTotalAllocatedBytes();
        file.AssertRefused("more weights than the file");
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 1 << 22);
        file.WithText("elman.spec", spec[..^1] + ",\"bidirectional\":\"concatenate\"}");
        file.AssertRefused("Readout is attention, which takes at most 16383 outputs; the uppermost layer has 32766.");
    }

    [Fact]
    public void A_simple_recurrent_network_has_no_other_cell()
    {
        using ModelFileEditing file = Saved("gru");
        file.WithText("elman.kind", "simple-rnn-classifier");
        var e = Assert.Throws<ModelFileException>(() => SimpleRnnClassifier<float>.Load(file.Path));
        Assert.Contains("Its cell is gru", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("layers", "[3, 3]")]
    [InlineData("bidirectional", "\"concatenate\"")]
    [InlineData("readout", "\"mean\"")]
    [InlineData("zoneout", "0.5")]
    [InlineData("task", "\"tag\"")]
    public void A_simple_recurrent_network_is_one_layer_and_its_last_step(string field, string json)
    {
        using ModelFileEditing file = Saved("rnn");
        file.WithText("elman.kind", "simple-rnn-classifier", field, json);
        var e = Assert.Throws<ModelFileException>(() => SimpleRnnClassifier<float>.Load(file.Path));
        Assert.Contains("not a single layer", e.Message, StringComparison.Ordinal);
    }

    private static ModelFileEditing Saved(string variant) => new(CellVariants.Options(variant));
}
