using System.IO.Compression;
using System.Text;

namespace Elman.Data.Tests.Numpy;

/// <summary>Archives of arrays that are written here according to the description of the format, byte by byte.</summary>
public sealed class NpyArraysTests
{
    private static readonly byte[] _values =
        Array("<f4", "(2, 3, 1)", [.. new float[] { 1, 2, 3, 4, 5, 6 }.SelectMany(BitConverter.GetBytes)]);

    [Fact]
    public void Truth_values_are_classes_of_their_names()
    {
        SequenceDataset data = Read(LabelKind.Class, ("X", _values), ("y", Array("|b1", "(2,)", [1, 0])));
        Assert.Equal(["false", "true"], data.ClassLabels);
        Assert.Equal([1, 0], data.Select(sequence => sequence.Label));
    }

    [Fact]
    public void A_single_sequence_may_have_several_classes()
    {
        SequenceDataset data = Read(LabelKind.Classes,
            ("X", Array("<f4", "(1, 3, 1)", [.. new float[] { 1, 2, 3 }.SelectMany(BitConverter.GetBytes)])),
            ("y", Array("|u1", "(1, 3)", [1, 0, 1])));
        Assert.Equal(["0", "1", "2"], data.ClassLabels);
        Assert.Equal([1f, 0, 1], data[0].Targets.ToArray());
    }

    [Fact]
    public void With_lengths_a_single_axis_is_the_steps_of_all_sequences_one_after_the_other()
    {
        SequenceDataset data = Read(LabelKind.None, axes: null,
            ("X", Array("<f4", "(5,)", [.. new float[] { 1, 2, 3, 4, 5 }.SelectMany(BitConverter.GetBytes)])),
            ("lengths", Array("|u1", "(2,)", [2, 3])));
        Assert.Equal([[1f, 2], [3, 4, 5]], data.Select(sequence => sequence.Values.ToArray()));
    }

    private static SequenceDataset Read(LabelKind labels, params (string Name, byte[] Array)[] arrays) => Read(labels, "ntc", arrays);

    private static SequenceDataset Read(LabelKind labels, string? axes, params (string Name, byte[] Array)[] arrays)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach ((string name, byte[] array) in arrays)
            {
                using Stream entry = archive.CreateEntry(name + ".npy", CompressionLevel.NoCompression).Open();
                entry.Write(array);
            }
        packed.Position = 0;
        return DataFile.Read(packed, ".npz", "a.npz", new DataFileOptions { Labels = labels, Axes = axes },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Format version 1.0: magic number, length of the header, header padded to a multiple of 64 bytes, items.</summary>
    private static byte[] Array(string type, string shape, byte[] items)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight(128 - 10 - 1) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. items];
    }
}
