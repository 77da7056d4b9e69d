using System.IO.Compression;
using System.Text;

namespace Elman.PyTorch.Tests.Pickles;

/// <summary>Writes pickles opcode by opcode, and archives around them.</summary>
internal sealed class TestPickle
{
    private readonly List<byte> _bytes = [0x80, 2];

    public byte[] Bytes => [.. _bytes, (byte)'.'];

    public TestPickle Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public TestPickle Op(string opcodes) => Raw(Encoding.ASCII.GetBytes(opcodes));

    public TestPickle Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Raw([(byte)'X', .. BitConverter.GetBytes(bytes.Length), .. bytes]);
    }

    public TestPickle Number(int number) => Raw([(byte)'J', .. BitConverter.GetBytes(number)]);

    public TestPickle Long(long number) => Raw([0x8A, 8, .. BitConverter.GetBytes(number)]);

    public TestPickle Global(string module, string name) => Op($"c{module}\n{name}\n");

    /// <summary>Writes a tensor of a storage.</summary>
    public TestPickle Tensor(string key, long count, long offset, long[] shape, long[] strides, string storage = "FloatStorage")
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op("((").Text("storage").Global("torch", storage).Text(key).Text("cpu").Long(count)
            .Op("tQ").Long(offset);
        Op("(");
        foreach (long length in shape)
            Long(length);
        Op("t(");
        foreach (long stride in strides)
            Long(stride);
        Op("t").Raw(0x89);
        return Global("collections", "OrderedDict").Op(")RtR");
    }

    /// <summary>Returns an archive as torch.save writes it.</summary>
    public byte[] Archive(params (string Key, byte[] Bytes)[] storages) =>
        Zip([("archive/data.pkl", Bytes), .. storages.Select(storage => ($"archive/data/{storage.Key}", storage.Bytes))]);

    /// <summary>Returns an archive of files.</summary>
    public static byte[] Zip(IEnumerable<(string Name, byte[] Bytes)> files, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }
        return stream.ToArray();
    }
}
