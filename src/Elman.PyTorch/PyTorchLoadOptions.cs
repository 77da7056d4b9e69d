namespace Elman.PyTorch;

/// <summary>What a state dictionary does not say about its model: a state dictionary has names and numbers, but no code.</summary>
public sealed record PyTorchLoadOptions
{
    /// <summary>What the outputs mean. Default <see cref="PyTorchTask.Classify"/>.</summary>
    public PyTorchTask Task { get; init; } = PyTorchTask.Classify;

    /// <summary>
    /// What goes on from the recurrent layers to <c>nn.Linear</c>: <see cref="Elman.Readout.Last"/>, <see cref="Elman.Readout.Mean"/> or
    /// <see cref="Elman.Readout.Max"/>. It has no default. With <see cref="PyTorchTask.Tag"/> every step goes on, so leave it
    /// <see langword="null"/>.
    /// </summary>
    /// <remarks>
    /// Last is <c>h_n</c> of the last layer: in a bidirectional module the last state of both directions side by side,
    /// <c>torch.cat([h_n[-2], h_n[-1]], 1)</c>. It is not <c>output[:, -1]</c>, where the backward direction has read one step only.
    /// </remarks>
    public Readout? Readout { get; init; }

    /// <summary>The activation of <c>nn.RNN</c>, its <c>nonlinearity</c>: <see cref="Elman.Activation.Tanh"/> or
    /// <see cref="Elman.Activation.Relu"/>. It has no default; leave it <see langword="null"/> for <c>nn.GRU</c> and
    /// <c>nn.LSTM</c>.</summary>
    public Activation? Activation { get; init; }

    /// <summary>The names of the classes or targets, in the order of the outputs. Default: their indices from 0; of a single class of
    /// <see cref="PyTorchTask.ClassifyMany"/> <c>1</c>.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The names of the recurrent modules in the order in which data pass through them. Default: the order in which their sizes
    /// fit; needed if several orders do.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>The name of the module <c>nn.Embedding</c>. Default: found by its size; needed if the sizes do not tell it from
    /// <c>nn.Linear</c>.</summary>
    public string? Embedding { get; init; }

    /// <summary>The number of threads of the model. Default: as for any other model file.</summary>
    public LoadOptions? Load { get; init; }
}
