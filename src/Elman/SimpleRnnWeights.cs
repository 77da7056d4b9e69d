using System.Numerics.Tensors;

namespace Elman;

/// <summary>The weights of a <see cref="SimpleRnnClassifier{T}"/>, or their gradients.</summary>
/// <param name="Wx">Input to state, <c>[features, nodes]</c>.</param>
/// <param name="Wh">State to next state, <c>[nodes, nodes]</c>.</param>
/// <param name="B">Bias of the state, <c>[nodes]</c>.</param>
/// <param name="WOut">Last state to scores, <c>[nodes, outputs]</c>.</param>
/// <param name="BOut">Bias of the scores, <c>[outputs]</c>.</param>
/// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
public sealed record SimpleRnnWeights<T>(Tensor<T> Wx, Tensor<T> Wh, Tensor<T> B, Tensor<T> WOut, Tensor<T> BOut);
