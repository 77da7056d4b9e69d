using System.Text.Json.Nodes;

namespace Elman.Keras.Tests.Configuration;

/// <summary>What has no exact equivalent in Elman is refused by the name of the layer, with what to do.</summary>
public class RefusalTests
{
    [Theory]
    [InlineData("lstm", "LSTM", "go_backwards", "true", "Layer 'lstm' (LSTM) has go_backwards=True.")]
    [InlineData("lstm", "LSTM", "return_state", "true", "Layer 'lstm' (LSTM) has return_state=True.")]
    [InlineData("lstm", "LSTM", "activation", "\"gelu\"", "has the activation 'gelu', which Elman does not have.")]
    [InlineData("lstm", "LSTM", "activation", "\"relu6\"", "has the activation 'relu6'")]
    [InlineData("lstm", "LSTM", "recurrent_activation", "\"softmax\"", "has the recurrent_activation 'softmax'")]
    [InlineData("lstm", "LSTM", "activation", """{"class_name": "function", "config": "mine", "module": "builtins"}""",
        "has as its activation not a function of Keras but 'mine'")]
    [InlineData("lstm", "LSTM", "units", "1000000000", "has units = 1000000000; it may be 1 to 65536.")]
    [InlineData("lstm", "LSTM", "units", "0", "has units = 0")]
    [InlineData("lstm", "LSTM", "units", "4.5", "has units = 4.5")]
    [InlineData("lstm", "LSTM", "units", "null", "has units = nothing")]
    [InlineData("lstm", "LSTM", "units", "6", "'layers/lstm/cell/vars/0' of Layer 'lstm' (LSTM) is [2, 20] instead of [2, 24]")]
    [InlineData("lstm", "LSTM", "use_bias", "false", "'layers/lstm/cell/vars' of Layer 'lstm' (LSTM) has 3 arrays instead of 2")]
    [InlineData("lstm", "LSTM", "use_bias", "1", "has a use_bias that is neither true nor false")]
    [InlineData("lstm", "LSTM", "new_in_keras_4", "2", "has the setting 'new_in_keras_4' = 2, which this version does not know.")]
    [InlineData("lstm", "LSTM", "dtype", "\"float8\"", "has the dtype policy 'float8' (DTypePolicy)")]
    [InlineData("lstm", "LSTM", "dtype", """{"class_name": "QuantizedDTypePolicy", "config": {"name": "int8_from_float32"}}""",
        "has the dtype policy 'int8_from_float32' (QuantizedDTypePolicy)")]
    [InlineData("lstm", "Dense", "activation", "\"relu\"", "has the activation 'relu', which Elman does not have in an output layer.")]
    [InlineData("lstm", "Dense", "quantization_config", """{"weight": "int8"}""", "has the setting 'quantization_config'")]
    [InlineData("gru-after", "GRU", "reset_after", "false", "is [2, 12] instead of [12]")]
    [InlineData("lstm-stack", "LSTM", "return_sequences", "false", "has return_sequences=False, but another recurrent layer follows.")]
    [InlineData("lstm-stack", "LSTM", "activation", "\"relu\"", "differs from Layer 'lstm' (LSTM) in its cell, its activations")]
    [InlineData("bi-lstm-concat", "Bidirectional", "merge_mode", "null", "has merge_mode None.")]
    [InlineData("bi-lstm-concat", "Bidirectional", "merge_mode", "\"max\"", "has merge_mode max.")]
    [InlineData("steps-binary", "Dense", "activation", "null", "has numbers as outputs of every step.")]
    [InlineData("steps", "LSTM", "return_sequences", "false", "does not follow a layer with outputs at every step.")]
    [InlineData("mean", "GRU", "return_sequences", "false", "does not pool the steps of a recurrent layer.")]
    [InlineData("mean", "GlobalAveragePooling1D", "keepdims", "true", "has keepdims=True")]
    [InlineData("mean", "GlobalAveragePooling1D", "data_format", "\"channels_first\"", "another data_format than channels_last")]
    [InlineData("normalization", "Normalization", "axis", "[1]", "does not standardise along the last axis.")]
    [InlineData("normalization", "Normalization", "invert", "true", "has invert=True.")]
    [InlineData("normalization", "InputLayer", "batch_shape", "[null, null]", "has inputs of 2 dimensions")]
    [InlineData("normalization", "InputLayer", "batch_shape", "[null, null, null]", "has null as its number of channels")]
    [InlineData("normalization", "InputLayer", "batch_shape", "[null, null, 1000000000]", "has 1000000000 as its number of channels")]
    [InlineData("normalization", "InputLayer", "sparse", "true", "has sparse inputs.")]
    [InlineData("symbols", "InputLayer", "batch_shape", "[null, null, 1]", "has inputs of 3 dimensions")]
    [InlineData("symbols", "Embedding", "input_dim", "1000000000", "has input_dim = 1000000000; it may be 1 to 1048576.")]
    [InlineData("symbols", "Embedding", "output_dim", "5", "is [7, 3] instead of [7, 5]")]
    public void A_setting_without_an_equivalent_is_refused(string model, string layer, string setting, string json, string expected) =>
        Assert.Contains(
            expected, KerasFixtures.Refused(KerasFixtures.WithSetting(model, layer, setting, json)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Conv1D", "keras.layers", "Layer 'lstm' (Conv1D) has no equivalent in Elman. Supported are InputLayer, ")]
    [InlineData("BatchNormalization", "keras.layers", "Layer 'lstm' (BatchNormalization) has no equivalent in Elman.")]
    [InlineData("Lambda", "keras.layers", "Layer 'lstm' (Lambda) has no equivalent in Elman.")]
    [InlineData("RNN", "keras.layers", "Layer 'lstm' (RNN) has no equivalent in Elman.")]
    [InlineData("Sequential", "keras", "Layer 'lstm' (Sequential) has no equivalent in Elman.")]
    [InlineData("LSTM", "mine", "Layer 'lstm' (LSTM) is custom code of 'mine', which is not run.")]
    [InlineData("LSTM", null, "Layer 'lstm' (LSTM) is custom code of '', which is not run.")]
    public void A_layer_without_an_equivalent_is_refused(string className, string? module, string expected) => Assert.Contains(
        expected, KerasFixtures.Refused(KerasFixtures.WithConfig("lstm", config =>
        {
            JsonNode layer = Layers(config)[1]!;
            (layer["class_name"], layer["module"]) = (className, module);
        })), StringComparison.Ordinal);

    [Theory]
    [InlineData("lstm", "Sequential", "mine", "The model is a 'Sequential' of 'mine', whose code is not run.")]
    [InlineData("lstm", "MyModel", "__main__", "The model is a 'MyModel' of '__main__', whose code is not run.")]
    public void A_custom_model_is_refused(string model, string className, string module, string expected) => Assert.Contains(
        expected, KerasFixtures.Refused(KerasFixtures.WithConfig(
            model, config => (config["class_name"], config["module"]) = (className, module))), StringComparison.Ordinal);

    [Theory]
    [InlineData(new[] { 1 }, "The model has no SimpleRNN, LSTM or GRU layer")]
    [InlineData(new[] { 2 }, "The model does not end with a Dense layer")]
    [InlineData(new[] { 0 }, "The model has no input layer, so it was saved before it was built.")]
    [InlineData(new[] { 0, 1, 2 }, "The model has no input layer")]
    public void A_chain_without_a_part_is_refused(int[] without, string expected) => Assert.Contains(
        expected is "The model has no SimpleRNN, LSTM or GRU layer" ? "comes before the recurrent layers" : expected,
        KerasFixtures.Refused(KerasFixtures.WithConfig("lstm", config =>
        {
            foreach (int place in without.OrderDescending())
                Layers(config).RemoveAt(place);
        })), StringComparison.Ordinal);

    [Theory]
    [InlineData("lstm", 1, 3, "comes after the layers that Elman's models end with.")] // LSTM after Dense
    [InlineData("lstm", 2, 3, "comes after Layer 'dense' (Dense).")] // Dense after Dense
    [InlineData("mean", 2, 3, "does not pool the steps of a recurrent layer.")] // pooling twice
    [InlineData("activation-layer", 3, 4, "does not follow a Dense layer without an activation.")] // softmax twice
    [InlineData("activation-layer", 3, 1, "does not follow a Dense layer without an activation.")] // softmax of the inputs
    [InlineData("normalization", 1, 2, "comes after other layers.")] // Normalization twice
    [InlineData("normalization", 1, 3, "comes after other layers.")] // Normalization after GRU
    public void A_layer_at_another_place_is_refused(string model, int layer, int place, string expected) => Assert.Contains(
        expected, KerasFixtures.Refused(KerasFixtures.WithConfig(
            model, config => Layers(config).Insert(place, Layers(config)[layer]!.DeepClone()))), StringComparison.Ordinal);

    [Fact]
    public void Recurrent_layers_of_different_kinds_in_a_stack_are_refused() => Assert.Contains(
        "Layer 'lstm_2' (GRU) differs from Layer 'lstm' (LSTM) in its cell",
        KerasFixtures.Refused(KerasFixtures.WithConfig("lstm-stack", config =>
        {
            JsonNode last = Layers(config)[4]!;
            last["class_name"] = "GRU";
            last["config"]!.AsObject().Remove("unit_forget_bias");
        })), StringComparison.Ordinal);

    [Theory]
    [InlineData("layer", "go_backwards", "true", "has go_backwards=True.")]
    [InlineData("backward_layer", "go_backwards", "false", "has go_backwards=False.")]
    [InlineData("backward_layer", "units", "3", "has a backward layer that differs from the forward layer.")]
    [InlineData("backward_layer", "activation", "\"relu\"", "has a backward layer that differs from the forward layer.")]
    [InlineData("backward_layer", "use_bias", "false", "has a backward layer that differs from the forward layer.")]
    public void A_direction_of_another_kind_is_refused(string direction, string setting, string json, string expected) => Assert.Contains(
        expected, KerasFixtures.Refused(KerasFixtures.WithConfig("bi-lstm-concat", config =>
            Layers(config)[1]!["config"]![direction]!["config"]![setting] = JsonNode.Parse(json))), StringComparison.Ordinal);

    [Fact]
    public void A_bidirectional_layer_of_another_layer_is_refused() => Assert.Contains(
        "Layer 'forward_rnn' (Bidirectional) is not a layer that Bidirectional may contain.",
        KerasFixtures.Refused(KerasFixtures.WithConfig("bi-lstm-concat", config =>
        {
            JsonNode inner = Layers(config)[1]!["config"]!["layer"]!;
            inner["class_name"] = "Bidirectional";
            inner["config"] = new JsonObject { ["name"] = "forward_rnn" };
        })), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"class_name": "__keras_tensor__", "config": {"keras_history": ["gru", 0, 0]}}""", "initial_state",
        "Layer 'gru' is called with 'initial_state', which has no equivalent in Elman.")]
    [InlineData("""{"class_name": "__keras_tensor__", "config": {"keras_history": ["dense", 0, 0]}}""", "mask",
        "Layer 'gru' is called with 'mask'")]
    [InlineData("true", "training", "Layer 'gru' is called with 'training'")]
    public void A_call_with_other_arguments_is_refused(string argument, string name, string expected) => Assert.Contains(
        expected, KerasFixtures.Refused(KerasFixtures.WithConfig("graph-plain", config =>
            Layers(config)[1]!["inbound_nodes"]![0]!["kwargs"]![name] = JsonNode.Parse(argument))), StringComparison.Ordinal);

    [Fact]
    public void A_graph_with_branches_a_shared_layer_a_cycle_or_two_inputs_is_refused()
    {
        Refuse("is not in the chain from the input to the output", config =>
        {
            JsonNode copy = Layers(config)[1]!.DeepClone();
            (copy["name"], copy["config"]!["name"]) = ("gru_1", "gru_1");
            Layers(config).Add(copy);
        });
        Refuse("Layer 'gru' is called 2 times; shared layers have no equivalent in Elman.", config =>
            Nodes(config, 1).Add(Nodes(config, 1)[0]!.DeepClone()));
        Refuse("Layer 'dense' (Dense) does not read exactly one layer", config =>
            Nodes(config, 2)[0]!["args"]!.AsArray().Add(Nodes(config, 2)[0]!["args"]![0]!.DeepClone()));
        Refuse("is missing, or comes before itself", config =>
            Nodes(config, 1)[0]!["args"]![0]!["config"]!["keras_history"]![0] = "dense");
        Refuse("the layer 'other' is missing", config => Nodes(config, 1)[0]!["args"]![0]!["config"]!["keras_history"]![0] = "other");
        Refuse("The model has 2 inputs; Elman's models have one.", config =>
            config["config"]!["input_layers"]!.AsArray().Add(config["config"]!["input_layers"]![0]!.DeepClone()));
        Refuse("two layers have the same name", config => Layers(config).Add(Layers(config)[1]!.DeepClone()));
        Refuse("its output_layers are not known", config => config["config"]!["output_layers"] = "dense");

        static JsonArray Nodes(JsonObject config, int layer) => Layers(config)[layer]!["inbound_nodes"]!.AsArray();
        static void Refuse(string expected, Action<JsonObject> change) => Assert.Contains(
            expected, KerasFixtures.Refused(KerasFixtures.WithConfig("graph-plain", change)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "its config.json is not an object")]
    [InlineData("{", "is not valid JSON, or is nested too deeply")]
    [InlineData("""{"config": {}, "config": {}}""", "has the same name twice in an object")]
    [InlineData("""{"class_name": "\ud800"}""", "is not valid Unicode")]
    [InlineData("{}", "its config.json has no config")]
    [InlineData("""{"class_name": "Sequential", "module": "keras", "config": {"layers": [1]}}""", "a layer has no class_name")]
    [InlineData("""{"class_name": "Sequential", "module": "keras", "config": {"layers": 1}}""", "The model has no input layer")]
    public void A_description_that_is_none_is_refused(string json, string expected) => Assert.Contains(
        expected, KerasFixtures.Refused(KerasFixtures.With(
            KerasFixtures.File("lstm"), "config.json", System.Text.Encoding.UTF8.GetBytes(json))), StringComparison.Ordinal);

    [Fact]
    public void A_description_that_is_nested_deeply_is_refused_in_little_memory()
    {
        byte[] deep = [.. Enumerable.Repeat((byte)'[', 250_000)];
        byte[] file = KerasFixtures.With(KerasFixtures.File("lstm"), "config.json", deep, System.IO.Compression.CompressionLevel.Fastest);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("nested too deeply", KerasFixtures.Refused(file), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit.Of(file));
    }

    [Fact]
    public void A_description_of_very_many_values_takes_little_memory()
    {
        string json = $$"""{"a": [{{string.Join(",", Enumerable.Repeat("1", 125_000))}}]}""";
        byte[] file = KerasFixtures.With(KerasFixtures.File("lstm"), "config.json", System.Text.Encoding.UTF8.GetBytes(json),
            System.IO.Compression.CompressionLevel.Fastest);
        long before = GC.GetAllocatedBytesForCurrentThread();
        KerasFixtures.Refused(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit.Of(file));
    }

    private static JsonArray Layers(JsonObject config) => config["config"]!["layers"]!.AsArray();
}
