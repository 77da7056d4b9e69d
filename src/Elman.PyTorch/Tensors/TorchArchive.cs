using System.Text;
using Elman.Files;
using Elman.PyTorch.Archives;
using Elman.PyTorch.Pickles;

namespace Elman.PyTorch.Tensors;

/// <summary>Reads the tensors of a <c>.pt</c> file of <c>torch.save</c>: a zip archive with a pickle and a file for each storage.</summary>
internal static class TorchArchive
{
    private const string Pickle = "data.pkl", ByteOrder = "byteorder", Constants = "constants.pkl", BigEndian = "big";

    /// <summary>The maximum size of all tensors together, in file sizes: several tensors may share a storage.</summary>
    private const int MostFileSizes = 4;

    /// <summary>Reads the tensors of the state dictionary in an archive.</summary>
    /// <exception cref="FormatException">The file is damaged, or holds something other than one state dictionary; the message is the end of
    /// a sentence.</exception>
    public static StateDictionary Read(string path, byte[] bytes)
    {
        var archive = new ZipReader(bytes);
        string folder = FolderOf(archive);
        ReadOnlyMemory<byte> pickle = archive.Find(folder + Pickle)!.Value;
        List<KeyValuePair<string, TorchTensor>> tensors = Nested.StateDictionary(PickleReader.Read(pickle));

        ReadOnlyMemory<byte> order = archive.Find(folder + ByteOrder) ?? default;
        bool isBigEndian = Encoding.ASCII.GetString(order.Span).Trim() == BigEndian;
        long left = (long)MostFileSizes * bytes.Length;
        var storages = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var read = new List<SafetensorsTensor>();
        foreach ((string name, TorchTensor tensor) in tensors)
        {
            string key = tensor.Storage.Key;
            int size = Safetensors.ElementSize(tensor.Storage.ElementType);
            if (!storages.TryGetValue(key, out ReadOnlyMemory<byte> storage))
            {
                storage = archive.Find($"{folder}data/{key}")
                    ?? throw new FormatException($"it has no file {Quoted($"data/{key}")}, which tensor {Quoted(name)} needs");
                storages.Add(key, storage);
            }
            if (tensor.Storage.Count > storage.Length / size || tensor.Storage.Count * size != storage.Length)
                throw new FormatException($"the file {Quoted($"data/{key}")} in it has {Amount.Of(storage.Length, "byte")}; tensor "
                    + $"{Quoted(name)} needs {tensor.Storage.Count} numbers of type {tensor.Storage.ElementType}");
            byte[] values = Strides.Collect(tensor, size, storage.Span, ref left);
            if (isBigEndian)
                Strides.Reverse(values, size);
            read.Add(new SafetensorsTensor(name, tensor.Storage.ElementType, tensor.Shape, values));
        }
        return new StateDictionary(path, read) { Shared = Shared(tensors) };
    }

    /// <summary>Returns the folder of all files in an archive, with its separator.</summary>
    private static string FolderOf(ZipReader archive)
    {
        string[] pickles = [.. archive.Names.Where(name => name.EndsWith($"/{Pickle}", StringComparison.Ordinal)).Take(2)];
        if (archive.Names.Any(name => name.EndsWith($"/{Constants}", StringComparison.Ordinal)))
            throw new FormatException("it is a TorchScript program; load it in PyTorch with torch.jit.load, and save "
                + "model.state_dict() with torch.save");
        return pickles is [var only]
            ? only[..^Pickle.Length]
            : throw new FormatException($"it is a zip archive with {(pickles.Length == 0 ? "no" : "more than one")} file "
                + $"'{Pickle}'; torch.save writes one");
    }

    /// <summary>Returns pairs of tensors that are the same part of a storage, such as tied weights.</summary>
    private static List<(string First, string Second)> Shared(List<KeyValuePair<string, TorchTensor>> tensors) =>
        [.. tensors.Where(tensor => tensor.Value.Shape.All(length => length > 0))
            .GroupBy(tensor => (tensor.Value.Storage.Key, tensor.Value.Offset)).Where(group => group.Count() > 1)
            .Select(group => (group.First().Key, group.ElementAt(1).Key))];
}
