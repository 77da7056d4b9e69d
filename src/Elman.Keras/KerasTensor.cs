namespace Elman.Keras;

/// <summary>Where a tensor of an imported model comes from.</summary>
/// <param name="Name">The name of the tensor in Elman's model files, such as <c>rnn.0.wx</c>.</param>
/// <param name="Layer">The name of the layer in Keras.</param>
/// <param name="Path">The path of the array in <c>model.weights.h5</c>; <see langword="null"/> if the layer has none, so that the tensor is
/// 0.</param>
public sealed record KerasTensor(string Name, string Layer, string? Path);
