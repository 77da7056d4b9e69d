namespace Elman;

/// <summary>
/// Where the reset gate r of a gated recurrent unit is applied: to the product with the recurrent weights, or to the state before it.
/// </summary>
public enum GruReset
{
    /// <summary>
    /// After the product: <c>n = tanh(x·Wxn + b_n + r∘(h·Whn + b_hn))</c>, with a separate bias inside.
    /// As in PyTorch and cuDNN, ONNX with <c>linear_before_reset = 1</c> and Keras with <c>reset_after = True</c>.
    /// </summary>
    After,

    /// <summary>
    /// Before the product: <c>n = tanh(x·Wxn + (r∘h)·Whn + b_n)</c>, as in the paper (K. Cho and others, 2014).
    /// As in ONNX with <c>linear_before_reset = 0</c> and Keras with <c>reset_after = False</c>.
    /// </summary>
    Before,
}
