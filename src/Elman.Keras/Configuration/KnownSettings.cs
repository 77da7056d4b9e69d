using System.Text.Json;

namespace Elman.Keras.Configuration;

/// <summary>
/// The settings that each class of layer may have. Another one may change what the layer computes, so it is refused unless it is off.
/// </summary>
internal static class KnownSettings
{
    private const string Dropouts = "rate seed noise_shape stddev", OfAll = "name trainable dtype";
    private const string OfKernels = "use_bias activation kernel_initializer bias_initializer kernel_regularizer bias_regularizer "
        + "activity_regularizer kernel_constraint bias_constraint units";

    private const string OfRecurrent = OfKernels + " recurrent_initializer recurrent_regularizer recurrent_constraint return_sequences "
        + "return_state go_backwards stateful unroll zero_output_for_mask dropout recurrent_dropout seed implementation";

    private static readonly Dictionary<string, string[]> _settings = new Dictionary<string, string>
    {
        ["InputLayer"] = "batch_shape shape batch_size sparse ragged optional input_shape batch_input_shape",
        ["Masking"] = "mask_value",
        ["Embedding"] = "input_dim output_dim embeddings_initializer embeddings_regularizer activity_regularizer embeddings_constraint "
            + "mask_zero lora_rank lora_alpha",
        ["Normalization"] = "axis invert mean variance",
        ["SimpleRNN"] = OfRecurrent,
        ["LSTM"] = OfRecurrent + " recurrent_activation unit_forget_bias",
        ["GRU"] = OfRecurrent + " recurrent_activation reset_after",
        ["Bidirectional"] = "merge_mode layer backward_layer",
        ["TimeDistributed"] = "layer",
        ["Dense"] = OfKernels + " lora_rank lora_alpha", // Keras saves the kernel with the low-rank part added
        ["Activation"] = "activation",
        ["Softmax"] = "axis",
        ["GlobalAveragePooling1D"] = "data_format keepdims",
        ["GlobalMaxPooling1D"] = "data_format keepdims",
        ["Dropout"] = Dropouts,
        ["SpatialDropout1D"] = Dropouts,
        ["GaussianDropout"] = Dropouts,
        ["GaussianNoise"] = Dropouts,
        ["AlphaDropout"] = Dropouts,
        ["ActivityRegularization"] = "l1 l2",
    }.ToDictionary(pair => pair.Key, pair => $"{OfAll} {pair.Value}".Split(' '));

    /// <summary>The layers that act only in training.</summary>
    public static IReadOnlySet<string> OnlyInTraining { get; } = new HashSet<string>
        { "Dropout", "SpatialDropout1D", "GaussianDropout", "GaussianNoise", "AlphaDropout", "ActivityRegularization" };

    /// <summary>Checks the class of a layer, and its settings.</summary>
    /// <exception cref="ModelFileException">The class is not supported, or a setting is not known.</exception>
    public static void Check(KerasLayer layer, JsonElement config)
    {
        if (!_settings.TryGetValue(layer.ClassName, out string[]? known))
            throw layer.Error("has no equivalent in Elman", $"Supported are {string.Join(", ", _settings.Keys)}.");
        foreach (JsonProperty setting in config.EnumerateObject())
            if (!known.Contains(setting.Name) && setting.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
                throw layer.Error($"has the setting {Quoted(setting.Name)} = {Shown(setting.Value.GetRawText())}, which this version does "
                    + "not know", "It may change what the layer computes; a later version of Elman may read it.");
    }
}
