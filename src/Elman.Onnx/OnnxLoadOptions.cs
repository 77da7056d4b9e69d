namespace Elman.Onnx;

/// <summary>What an ONNX file does not say about its model.</summary>
public sealed class OnnxLoadOptions
{
    /// <summary>
    /// The task. Most classifiers of PyTorch end in scores, without softmax; then say <see cref="OnnxTask.Classify"/>. Default
    /// <see cref="OnnxTask.FromGraph"/>.
    /// </summary>
    public OnnxTask Task { get; init; }

    /// <summary>
    /// The names of the classes or targets, in the order of the outputs. Of a graph with a single score for two classes, two: first the
    /// class of low scores. By default those that the file's metadata list under <c>classes</c>, <c>class_names</c> or <c>labels</c>, or
    /// else numbers from 0.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The output of the graph that the model is to give, if there are several. Default: the first.</summary>
    public string? Output { get; init; }

    /// <summary>
    /// Whether the reset gate of every GRU acts after the product with the recurrent weights, whatever the graph says about it
    /// (<c>linear_before_reset</c>): some exporters leave it out for models of PyTorch, where it always does. Default
    /// <see langword="null"/>, as the graph says.
    /// </summary>
    public bool? LinearBeforeReset { get; init; }

    /// <summary>Settings of the loaded model that no file contains, such as the number of threads.</summary>
    public LoadOptions Model { get; init; } = new();
}
