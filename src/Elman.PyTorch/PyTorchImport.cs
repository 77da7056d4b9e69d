namespace Elman.PyTorch;

/// <summary>A model that was read from a state dictionary, and how the tensors were understood.</summary>
/// <param name="Estimator">The model; dispose it.</param>
/// <param name="Tensors">The tensors, in the order in which data pass through them.</param>
/// <param name="Modules">The modules in Python, one line each, such as <c>rnn = nn.GRU(3, 16, batch_first=True)</c>.</param>
/// <param name="Notes">What was assumed, one sentence each.</param>
/// <param name="Warnings">What differs from the file, one sentence each.</param>
public sealed record PyTorchImport(SequenceEstimator Estimator, IReadOnlyList<PyTorchTensor> Tensors, IReadOnlyList<string> Modules,
    IReadOnlyList<string> Notes, IReadOnlyList<string> Warnings);
