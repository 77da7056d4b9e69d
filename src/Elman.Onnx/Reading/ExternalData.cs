using System.Globalization;
using Elman.Onnx.Protocol;

namespace Elman.Onnx.Reading;

/// <summary>Reads tensors that a model keeps in another file of the same folder, as exporters of large models write it.</summary>
/// <param name="folder">The folder of the model; <see langword="null"/> if it is not in a file.</param>
internal sealed class ExternalData(string? folder)
{
    private static readonly char[] _separators = ['/', '\\', ':'];

    /// <summary>The number of bytes that were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Reads the bytes of a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="length">The number of bytes that its shape needs.</param>
    /// <param name="budget">The memory that may be taken.</param>
    /// <exception cref="GraphException">The description is not valid or not allowed, or the file can't be read.</exception>
    public byte[] Read(TensorProto tensor, long length, MemoryBudget budget)
    {
        string name = $"Tensor {Quoted(tensor.Name)}";
        string? location = Entry(tensor, "location");
        if (folder is null)
            throw new GraphException($"{name} is stored in the file {Quoted(location)} beside the model; load the model by its path.");
        if (string.IsNullOrWhiteSpace(location) || location.IndexOfAny(_separators) >= 0 || location is "." or "..")
            throw new GraphException($"{name} is stored in {Quoted(location)}; only a file in the folder of the model itself is read. Move "
                + "it there and correct its location, or export the model as one file.");
        long offset = Number(tensor, "offset") ?? 0;
        if (Number(tensor, "length") is { } stated && stated != length)
            throw new GraphException($"{name} has {stated} bytes in {Quoted(location)}, but its shape needs {length}.");
        var file = new FileInfo(Path.Combine(folder, location));
        try
        {
            if (file.LinkTarget is not null)
                throw new GraphException($"{name} is stored in {Quoted(location)}, which is a link; put the file itself there.");
            if (!file.Exists)
                throw new GraphException($"{name} is stored in {Quoted(location)}, which is not in the folder of the model; put it there.");
            if (offset < 0 || offset > file.Length || length > file.Length - offset)
                throw new GraphException(
                    $"{name} has {length} bytes from {offset} on in {Quoted(location)}, which has only {file.Length} bytes.");
            budget.Add(length * 4); // as many times its length as of the model's own file
            budget.Take(length, 1, name);
            byte[] bytes = new byte[length];
            using FileStream stream = file.OpenRead();
            stream.Position = offset;
            stream.ReadExactly(bytes);
            BytesRead += length;
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new GraphException($"{name} is stored in {Quoted(location)}, which can't be read: {FileProblem.ReasonOf(e)}.");
        }
    }

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static long? Number(TensorProto tensor, string key) => Entry(tensor, key) is not { } text
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new GraphException($"Tensor {Quoted(tensor.Name)} has the {key} {Quoted(text)} in its other file, which is no number.");
}
