using Elman.Files;
using Elman.Persistence;

namespace Elman.PyTorch.Tensors;

/// <summary>Reads a state dictionary from a <c>.safetensors</c> or <c>.pt</c> file, which it recognises by its first bytes.</summary>
internal static class StateFile
{
    /// <summary>The key in the metadata of a model file.</summary>
    private const string ModelKey = "elman.version";

    /// <summary>The keys of an export that change what a model is given, or what its outputs mean.</summary>
    private static readonly string[] _settings = ["elman.offsets", "elman.preparation", "elman.standardization", "elman.targetScale",
        "elman.temperature", "elman.vocabularies"];

    private const int StartLength = sizeof(long) + 1;
    private const byte PickleProtocol = 0x80;

    /// <summary>The protocols of pickles that older versions of PyTorch wrote without an archive.</summary>
    private const byte FirstProtocol = 2, LastProtocol = 5;

    private static ReadOnlySpan<byte> ZipStart => "PK"u8;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelFileException">It does not exist, can't be read, or holds no state dictionary.</exception>
    public static StateDictionary Read(string path)
    {
        byte[] bytes;
        try
        {
            if (!IsPickled(path))
                return Of(path, SafetensorsReader.Read(path));
            if (new FileInfo(path).Length > Array.MaxLength)
                throw ModelFileException.At(path, $"The file has more than {Array.MaxLength} bytes, which is too much for a .pt file here. "
                    + "Save the state dictionary as .safetensors.");
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or ArgumentException or NotSupportedException or (IOException
            and not ModelFileException))
        {
            throw ModelFileException.At(path, $"The file can't be read: {FileProblem.ReasonOf(e)}.", e);
        }
        return Unpickled(path, bytes);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="ModelFileException">They hold no state dictionary.</exception>
    public static StateDictionary Read(string name, ReadOnlySpan<byte> bytes) => IsPickled(bytes)
        ? Unpickled(name, bytes.ToArray())
        : Of(name, ModelSource.Of(bytes).Read());

    private static StateDictionary Of(string path, Safetensors content) => content.Metadata.ContainsKey(ModelKey)
        ? throw ModelFileException.At(path, "This is a model file of Elman already; it needs no import.")
        : new StateDictionary(path, content.Tensors)
        { Settings = [.. _settings.Where(content.Metadata.ContainsKey)] };

    private static StateDictionary Unpickled(string path, byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith(ZipStart))
            throw ModelFileException.At(path, "This .pt file is a pickle without a zip archive, as PyTorch wrote before version 1.6. Load "
                + "it in PyTorch, and save the state dictionary again: torch.save(model.state_dict(), \"model.pt\"), without "
                + "_use_new_zipfile_serialization=False.");
        try
        {
            return TorchArchive.Read(path, bytes);
        }
        catch (FormatException e)
        {
            throw ModelFileException.At(path, $"This .pt file can't be used: {e.Message}.", e); // all of them are composed here
        }
    }

    private static bool IsPickled(string path)
    {
        if (!File.Exists(path))
            return false; // the reader of the other format says so
        using FileStream stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[StartLength];
        return IsPickled(start[..stream.ReadAtLeast(start, StartLength, throwOnEndOfStream: false)]);
    }

    /// <summary>
    /// Whether a file begins as a zip archive or a pickle, and not as a safetensors file: with the length of the header, whose upper half
    /// is 0, and a brace.
    /// </summary>
    private static bool IsPickled(ReadOnlySpan<byte> start)
    {
        if (start.Length >= StartLength && start[sizeof(long)] == '{' && !start[sizeof(int)..sizeof(long)].ContainsAnyExcept((byte)0))
            return false;
        return start.StartsWith(ZipStart)
            || (start.Length > 1 && start[0] == PickleProtocol && start[1] is >= FirstProtocol and <= LastProtocol);
    }
}
