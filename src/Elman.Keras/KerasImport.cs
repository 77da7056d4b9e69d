namespace Elman.Keras;

/// <summary>An imported model.</summary>
/// <param name="Model">The model, ready to predict, to be saved or to be trained further: a <see cref="SequenceClassifier"/>, a
/// <see cref="SequenceTagger"/> or a <see cref="SequenceRegressor"/>. Dispose it when it is no longer needed.</param>
/// <param name="Notes">What differs from Keras or was decided, one or more sentences each: masks, dropout, precision, names.</param>
/// <param name="Tensors">Where each tensor comes from, in the order of Elman's model files.</param>
public sealed record KerasImport(SequenceEstimator Model, IReadOnlyList<string> Notes, IReadOnlyList<KerasTensor> Tensors);
