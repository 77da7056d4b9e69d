using Elman.Files;

namespace Elman.PyTorch.Tensors;

/// <summary>The tensors of a file.</summary>
/// <param name="Path">The file, for messages.</param>
/// <param name="Tensors">The tensors; each has another name.</param>
internal sealed record StateDictionary(string Path, IReadOnlyList<SafetensorsTensor> Tensors)
{
    /// <summary>Pairs of tensors that are the same numbers, such as tied weights. A safetensors file does not say which are.</summary>
    public IReadOnlyList<(string First, string Second)> Shared { get; init; } = [];

    /// <summary>The keys in the metadata of an export of Elman with what a state dictionary can't hold.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Creates an exception about the file.</summary>
    public ModelFileException Refused(string what) => ModelFileException.At(Path, what);

    /// <summary>Returns a tensor with its shape, for messages.</summary>
    public static string Shown(SafetensorsTensor tensor) => $"{Quoted(tensor.Name)} [{string.Join(", ", tensor.Shape)}]";
}
