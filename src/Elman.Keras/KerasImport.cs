namespace Elman.Keras;

/// <summary>An imported model.</summary>
public sealed class KerasImport
{
    internal KerasImport(SequenceEstimator model, IReadOnlyList<string> notes, IReadOnlyList<KerasTensor> tensors) =>
        (Model, Notes, Tensors) = (model, notes, tensors);

    /// <summary>
    /// The model, ready to predict, to be saved or to be trained further: a <see cref="SequenceClassifier"/>, a
    /// <see cref="SequenceTagger"/> or a <see cref="SequenceRegressor"/>. Dispose it when it is no longer needed.
    /// </summary>
    public SequenceEstimator Model { get; }

    /// <summary>What differs from Keras or was decided, one or more sentences each: masks, dropout, precision, names.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Where each tensor comes from, in the order of the parameters.</summary>
    public IReadOnlyList<KerasTensor> Tensors { get; }
}
