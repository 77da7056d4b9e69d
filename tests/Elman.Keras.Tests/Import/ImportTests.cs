using System.Text.Json.Nodes;

namespace Elman.Keras.Tests.Import;

/// <summary>What an import says: tasks, names, notes, and where tensors come from.</summary>
public class ImportTests
{
    [Theory]
    [InlineData("lstm", typeof(SequenceClassifier), "0", "1", "2")]
    [InlineData("binary", typeof(SequenceClassifier), "0", "1")]
    [InlineData("logit", typeof(SequenceClassifier), "0", "1")]
    [InlineData("labels", typeof(SequenceClassifier), "0", "1", "2")]
    [InlineData("steps-binary", typeof(SequenceTagger), "0", "1")]
    [InlineData("steps", typeof(SequenceTagger), "0", "1", "2")]
    [InlineData("numbers", typeof(SequenceRegressor), "y1", "y2")]
    public void The_task_follows_from_the_output_layer(string name, Type type, params string[] names)
    {
        using SequenceEstimator model = KerasFixtures.Load(name).Model;
        Assert.IsType(type, model);
        Assert.Equal(names, NamesOf(model));
        Assert.Equal(name == "labels", (model as SequenceClassifier)?.IsMultiLabel == true);
    }

    [Fact]
    public void Names_are_those_of_the_options()
    {
        using SequenceEstimator model = KerasFixtures.Load("lstm", new KerasLoadOptions { Names = ["a", "b", "c"] }).Model;
        Assert.Equal(["a", "b", "c"], NamesOf(model));
        Assert.Contains("The model has 3 classes, but Names has 2.", KerasFixtures.Refused(
            KerasFixtures.File("lstm"), new KerasLoadOptions { Names = ["a", "b"] }), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => KerasFixtures.Load("lstm", new KerasLoadOptions { Names = ["a", "a", "c"] }));
        Assert.Throws<ArgumentException>(() => KerasFixtures.Load("lstm", new KerasLoadOptions { Output = (KerasOutput)7 }));
    }

    [Theory]
    [InlineData("numbers", KerasOutput.Auto, typeof(SequenceRegressor))]
    [InlineData("numbers", KerasOutput.Classes, typeof(SequenceClassifier))]
    [InlineData("lstm-functions", KerasOutput.Classes, typeof(SequenceClassifier))]
    [InlineData("logits", KerasOutput.Auto, typeof(SequenceClassifier))]
    [InlineData("logits", KerasOutput.Numbers, typeof(SequenceRegressor))]
    [InlineData("lstm", KerasOutput.Numbers, typeof(SequenceClassifier))] // it has an activation
    public void The_option_decides_about_an_output_layer_without_an_activation(string name, KerasOutput output, Type type)
    {
        using SequenceEstimator model = KerasFixtures.Load(name, new KerasLoadOptions { Output = output }).Model;
        Assert.IsType(type, model);
    }

    [Theory]
    [InlineData("lstm", "The model has no mask: if sequences were padded for Keras")]
    [InlineData("lstm", "The file has no names of its classes; they are numbers from 0.")]
    [InlineData("lstm", "The state of the optimizer was not imported")]
    [InlineData("lstm-stack", "Dropout and noise ('dropout') act only in training and are left out.")]
    [InlineData("gru-after-functions", "Dropout and noise ('gru') act only in training")]
    [InlineData("steps", "Layer 'masking' (Masking) skips steps at which all values are 0. ")]
    [InlineData("graph", "Layer 'embedding' (Embedding) skips steps with the symbol 0 (mask_zero=True).")]
    [InlineData("binary", "it became the second of two classes.")]
    [InlineData("numbers", "its outputs were taken as numbers.")]
    [InlineData("logits", "since the model was trained with SparseCategoricalCrossentropy(from_logits=True).")]
    [InlineData("bfloat16", "Keras computed in bfloat16, Elman computes in float32")]
    [InlineData("float64", "Keras computed in float64, Elman computes in float32")]
    public void What_differs_from_Keras_is_noted(string name, string expected)
    {
        KerasImport import = KerasFixtures.Load(name);
        import.Model.Dispose();
        Assert.Contains(import.Notes, note => note.Contains(expected, StringComparison.Ordinal));
        Assert.Equal(import.Notes.Distinct(), import.Notes);
        Assert.All(import.Notes, note => Assert.EndsWith(".", note, StringComparison.Ordinal));
    }

    [Fact]
    public void States_and_fixed_lengths_are_noted_and_padding_is_not_where_there_is_a_mask()
    {
        KerasImport import = KerasFixtures.Load(KerasFixtures.WithSetting("steps", "LSTM", "stateful", "true"));
        import.Model.Dispose();
        Assert.Contains(import.Notes, note => note.StartsWith("Layer 'lstm' (LSTM) is stateful", StringComparison.Ordinal));
        Assert.DoesNotContain(import.Notes, note => note.Contains("no mask", StringComparison.Ordinal));
        import = KerasFixtures.Load(KerasFixtures.WithSetting("lstm", "InputLayer", "batch_shape", "[null, 12, 2]"));
        import.Model.Dispose();
        Assert.Contains(import.Notes, note => note.Contains("sequences of exactly 12 steps", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_tensor_has_its_source()
    {
        KerasImport import = KerasFixtures.Load("bi-gru-concat-stack");
        import.Model.Dispose();
        Assert.Contains(new KerasTensor("rnn.0.wx", "bidirectional", "layers/bidirectional/forward_layer/cell/vars/0"), import.Tensors);
        Assert.Contains(
            new KerasTensor("rnn.1.reverse.b", "bidirectional_1", "layers/bidirectional_1/backward_layer/cell/vars/2"), import.Tensors);
        Assert.Contains(new KerasTensor("output.b", "dense", "layers/dense/vars/1"), import.Tensors);
        Assert.Equal(14, import.Tensors.Count);
        import = KerasFixtures.Load("rnn-no-bias");
        import.Model.Dispose();
        Assert.Contains(new KerasTensor("rnn.0.b", "simple_rnn", null), import.Tensors);
        Assert.Contains(new KerasTensor("output.b", "dense", null), import.Tensors);
    }

    [Fact]
    public void A_name_that_is_that_of_another_layers_weights_is_refused_as_ambiguous()
    {
        // The two layers are called as the groups of each other's weights, which have the same shapes.
        byte[] file = KerasFixtures.WithConfig("many-layers", config =>
        {
            JsonArray layers = config["config"]!["layers"]!.AsArray();
            (layers[1]!["config"]!["name"], layers[2]!["config"]!["name"]) = ("simple_rnn_1", "simple_rnn");
        });
        Assert.Contains("it is not certain which weights belong to which layer", KerasFixtures.Refused(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_and_a_variance_may_be_settings()
    {
        double[] ofArrays = Answer(
            KerasFixtures.File("normalization"), out IReadOnlyList<double> means, out IReadOnlyList<double> deviations);
        byte[] file = KerasFixtures.WithConfig("normalization", config =>
        {
            JsonNode layer = config["config"]!["layers"]![1]!["config"]!;
            layer["mean"] = new JsonArray([.. means.Select(mean => (JsonNode)mean)]);
            layer["variance"] = new JsonArray([.. deviations.Select(deviation => (JsonNode)(deviation * deviation))]);
        });
        Assert.All(ofArrays.Zip(Answer(file, out _, out _)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        file = KerasFixtures.WithConfig("normalization", config =>
        {
            JsonNode layer = config["config"]!["layers"]![1]!["config"]!;
            (layer["mean"], layer["variance"], layer["axis"]) = (2.5, 4, new JsonArray());
        });
        Answer(file, out means, out deviations);
        Assert.Equal([2.5, 2.5], means);
        Assert.Equal([2.0, 2.0], deviations);
    }

    private static double[] Answer(byte[] file, out IReadOnlyList<double> means, out IReadOnlyList<double> deviations)
    {
        using var model = (SequenceClassifier)KerasFixtures.Load(file).Model;
        (means, deviations) = (model.Standardization!.Means, model.Standardization.Deviations);
        return [.. model.PredictProbabilities(KerasFixtures.Cases("normalization").First().Sequence)];
    }

    private static IReadOnlyList<string> NamesOf(SequenceEstimator model) => model switch
    {
        SequenceClassifier classifier => classifier.Classes,
        SequenceTagger tagger => tagger.Classes,
        SequenceRegressor regressor => regressor.Targets,
        _ => throw new InvalidOperationException(),
    };
}
