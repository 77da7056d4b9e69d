namespace Elman.PyTorch;

/// <summary>A tensor of a state dictionary, and what it is in the model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers, as in safetensors: <c>F32</c>, <c>F16</c>, <c>BF16</c> or <c>F64</c>.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Role">What it is in the model, such as <c>layer 1, input weights</c>.</param>
public sealed record PyTorchTensor(string Name, string Type, IReadOnlyList<long> Shape, string Role);
