namespace Elman.Keras;

/// <summary>Choices that a <c>.keras</c> file does not contain.</summary>
public sealed class KerasLoadOptions
{
    /// <summary>
    /// The names of the classes or targets in the order of the outputs; for a model with a single sigmoid, the class of 0 first. Empty for
    /// <c>0</c>, <c>1</c>, … of classes and <c>y1</c>, <c>y2</c>, … of targets. Default empty.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The meaning of the outputs of a Dense layer without an activation. Default <see cref="KerasOutput.Auto"/>.</summary>
    public KerasOutput Output { get; init; }

    /// <summary>The number of threads of the model, as <see cref="LoadOptions.Threads"/>. Default 0.</summary>
    public int Threads { get; init; }
}
