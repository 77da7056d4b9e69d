namespace Elman.PyTorch;

/// <summary>A state dictionary that was written.</summary>
/// <param name="Tensors">The tensors, in the order in which data pass through them.</param>
/// <param name="Modules">The modules in Python that take them, one line each, such as
/// <c>rnn = nn.GRU(3, 16, batch_first=True)</c>.</param>
/// <param name="Warnings">What the model does that the modules don't, and how to do it in Python, one sentence each.</param>
public sealed record PyTorchExport(
    IReadOnlyList<PyTorchTensor> Tensors, IReadOnlyList<string> Modules, IReadOnlyList<string> Warnings);
