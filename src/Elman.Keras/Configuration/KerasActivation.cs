namespace Elman.Keras.Configuration;

/// <summary>The activations of Keras that Elman has with exactly the same formula.</summary>
/// <remarks>Source: keras/src/activations/activations.py of Keras 3.</remarks>
internal static class KerasActivation
{
    private static readonly Dictionary<string, Activation> _functions = new()
    {
        ["tanh"] = Activation.Tanh,
        ["sigmoid"] = Activation.Sigmoid,
        ["relu"] = Activation.Relu,
        ["linear"] = Activation.Identity,
        ["softsign"] = Activation.Softsign,
        ["softplus"] = Activation.Softplus,
        ["elu"] = Activation.Elu(1),
        ["leaky_relu"] = Activation.LeakyRelu(0.2), // its slope in Keras 3
        ["hard_sigmoid"] = Activation.HardSigmoid(1.0 / 6, 0.5), // relu6(x + 3)/6; in Keras 2 it was 0.2·x + 0.5
    };

    /// <summary>Returns the activation of a recurrent layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="key">The setting.</param>
    /// <exception cref="ModelFileException">Elman has no such activation.</exception>
    public static Activation Of(KerasLayer layer, string key)
    {
        string name = NameOf(layer, key);
        return _functions.TryGetValue(name, out Activation? function)
            ? function
            : throw layer.Error($"has the {key} {Quoted(name)}, which Elman does not have",
                $"Train the model with one of {string.Join(", ", _functions.Keys)}.");
    }

    /// <summary>Returns the name of an activation; <c>linear</c> if there is none.</summary>
    /// <exception cref="ModelFileException">It is an object: a layer or a custom function. Keras writes its own functions by
    /// name.</exception>
    public static string NameOf(KerasLayer layer, string key) => layer.Find(key) is not { } value
        ? "linear"
        : value.AsText() ?? throw layer.Error(
            $"has as its {key} not a function of Keras but {Quoted(value.FindText("config") ?? value.FindText("class_name"))}",
            "Name the activation, as in activation='tanh'.");
}
