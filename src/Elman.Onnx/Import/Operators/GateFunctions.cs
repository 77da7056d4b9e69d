namespace Elman.Onnx.Import.Operators;

/// <summary>Reads the activations of a recurrent node. Each takes its α and β from the lists if it has such a parameter.</summary>
/// <param name="call">The node.</param>
internal sealed class GateFunctions(NodeCall call)
{
    private readonly Queue<float> _alphas = new(call.NumberList("activation_alpha"));
    private readonly Queue<float> _betas = new(call.NumberList("activation_beta"));

    /// <summary>Returns the activations of every direction.</summary>
    /// <param name="defaults">The names of the activations of a direction unless others are given.</param>
    /// <param name="directions">The number of directions.</param>
    public Activation[][] Read(string[] defaults, int directions)
    {
        string[] names = call.TextList("activations") ?? [.. Enumerable.Repeat(defaults, directions).SelectMany(all => all)];
        if (names.Length != defaults.Length * directions)
            throw call.Refuse($"has {Amount.Of(names.Length, "activation")}; {defaults.Length * directions} are needed.");
        Activation[] all = [.. names.Select(Create)];
        if (_alphas.Count > 0 || _betas.Count > 0)
            throw call.Refuse("has more values in activation_alpha or activation_beta than its activations take.");
        return [.. all.Chunk(defaults.Length)];
    }

    private Activation Create(string name) => name.ToUpperInvariant() switch
    {
        "TANH" => Activation.Tanh,
        "SIGMOID" => Activation.Sigmoid,
        "RELU" => Activation.Relu,
        "SOFTSIGN" => Activation.Softsign,
        "SOFTPLUS" => Activation.Softplus,
        "ELU" => Activation.Elu(Alpha(name, 1)),
        "LEAKYRELU" => Activation.LeakyRelu(Alpha(name, 0.01f)),
        "THRESHOLDEDRELU" => Activation.ThresholdedRelu(Alpha(name, 1)),
        "HARDSIGMOID" => Activation.HardSigmoid(Alpha(name, 0.2f), Beta(name, 0.5f)),
        "AFFINE" => Activation.Affine(Alpha(name, null), Beta(name, null)),
        "SCALEDTANH" => ScaledTanh(Alpha(name, null), Beta(name, null)),
        _ => throw call.Refuse($"has the activation {Quoted(name)}, which is not known."),
    };

    private Activation ScaledTanh(float alpha, float beta) => alpha != 0
        ? Activation.ScaledTanh(alpha, beta)
        : throw call.Refuse("has a ScaledTanh whose alpha is 0, so that it is 0 everywhere.");

    private float Alpha(string name, float? otherwise) => Take(_alphas, name, "activation_alpha", otherwise);

    private float Beta(string name, float? otherwise) => Take(_betas, name, "activation_beta", otherwise);

    // The standard has no defaults for Affine and ScaledTanh.
    private float Take(Queue<float> values, string name, string attribute, float? otherwise) =>
        values.TryDequeue(out float value)
            ? value
            : otherwise ?? throw call.Refuse($"has the activation {Quoted(name)}, but {attribute} has no value for it.");
}
