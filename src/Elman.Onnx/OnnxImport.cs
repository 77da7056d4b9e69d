namespace Elman.Onnx;

/// <summary>A model from an ONNX file.</summary>
public sealed class OnnxImport
{
    internal OnnxImport(SequenceEstimator model, IReadOnlyList<string> warnings, bool isOfElman = false) =>
        (Model, Warnings, IsOfElman) = (model, warnings, isOfElman);

    /// <summary>
    /// The model: a <see cref="SequenceClassifier"/>, a <see cref="SequenceTagger"/> or a <see cref="SequenceRegressor"/>. Dispose it after
    /// use. It can be saved, and trained further, as a model of Elman.
    /// </summary>
    public SequenceEstimator Model { get; }

    /// <summary>Whether Elman wrote the file, so that the model is the same, bit for bit.</summary>
    public bool IsOfElman { get; }

    /// <summary>
    /// Where the model computes something else than the graph, or where the graph looks wrong: one or more sentences each, with what to
    /// do. Empty for most models.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; }
}
