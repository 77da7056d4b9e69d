using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Elman.Data;

/// <summary>
/// Writes data sets as <c>.npz</c>: <c>X</c>, with the axes <c>[sequences, steps, channels]</c>, or, if sequences differ in length, with
/// all steps one after the other, <c>[steps, channels]</c>, and <c>lengths</c>; <c>axes</c>, which declares them; <c>y</c> and the other
/// arrays, if there is content for them.
/// </summary>
internal static class NpzWriter
{
    private const string Format = "a .npz file";

    /// <summary>Writes the file, and returns the notes on it.</summary>
    /// <exception cref="ArgumentException">There is no sequence, or a value or name can't be written.</exception>
    public static IReadOnlyList<string> Write(Stream stream, SequenceDataset data)
    {
        TextFile.Check(data, Format);
        LabelKind kind = Labelling.Of(data);
        bool areEqual = data.MinSteps == data.MaxSteps;
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            WriteNumbers(archive, "X", areEqual ? [data.Count, data.MaxSteps, data.Channels] : [data.TotalSteps, data.Channels],
                data.Select(sequence => sequence.Values), [.. Enumerable.Range(0, data.Channels).Select(data.Offsets.OfChannel)]);
            WriteTexts(archive, "axes", [areEqual ? "ntc" : "tc"], []);
            if (!areEqual)
                WriteArray(archive, "lengths", "<i8", [data.Count], body =>
                {
                    Span<byte> item = stackalloc byte[8];
                    foreach (Sequence sequence in data)
                    {
                        BinaryPrimitives.WriteInt64LittleEndian(item, sequence.Steps);
                        body.Write(item);
                    }
                });
            WriteLabels(archive, data, kind, areEqual);
            if (data.Any(sequence => sequence.Id is not null))
                WriteTexts(archive, "ids", [.. data.Select(sequence => sequence.Id ?? "")], [data.Count]);
            if (data.Any(sequence => sequence.Group is not null))
                WriteTexts(archive, "groups", [.. data.Select(sequence => sequence.Group ?? "")], [data.Count]);
            if (data.ChannelNames.Count > 0)
                WriteTexts(archive, "channels", data.ChannelNames, [data.Channels]);
        }
        return WritingNotes.Of(data, ".npz");
    }

    private static void WriteLabels(ZipArchive archive, SequenceDataset data, LabelKind kind, bool areEqual)
    {
        if (kind is LabelKind.Numbers or LabelKind.Classes)
        {
            float[] unknown = [.. Enumerable.Repeat(float.NaN, data.TargetNames.Count)];
            WriteNumbers(archive, "y", [data.Count, data.TargetNames.Count],
                data.Select(sequence => sequence.Targets.IsEmpty ? unknown : sequence.Targets),
                [.. data.TargetNames.Select(data.Offsets.OfTarget)]);
            WriteTexts(archive, "target_names", data.TargetNames, [data.TargetNames.Count]);
        }
        else if (kind == LabelKind.Class)
        {
            CsvNames.CheckClasses(data, areSets: false);
            WriteTexts(archive, "y", [.. data.Select(sequence => Label(data, sequence.Label))], [data.Count]);
        }
        else if (kind == LabelKind.Steps)
        {
            CsvNames.CheckClasses(data, areSets: false);
            string[] labels = [.. data.SelectMany(sequence => sequence.StepLabels.IsEmpty
                ? Enumerable.Repeat("?", sequence.Steps)
                : sequence.StepLabels.ToArray().Select(label => Label(data, label)))];
            WriteTexts(archive, "y", labels, areEqual ? [data.Count, data.MaxSteps] : [labels.Length]);
        }
    }

    private static string Label(SequenceDataset data, int label) => label < 0 ? "?" : data.ClassLabels[label];

    /// <summary>Writes numbers as 32-bit floats, or as 64-bit floats if an offset must be added.</summary>
    private static void WriteNumbers(
        ZipArchive archive, string name, long[] shape, IEnumerable<ReadOnlyMemory<float>> parts, double[] offsets) =>
        WriteArray(archive, name, Array.TrueForAll(offsets, offset => offset == 0) ? "<f4" : "<f8", shape, body =>
        {
            bool areFloats = Array.TrueForAll(offsets, offset => offset == 0);
            Span<byte> item = stackalloc byte[8];
            foreach (ReadOnlyMemory<float> part in parts)
            {
                if (areFloats && BitConverter.IsLittleEndian)
                {
                    body.Write(MemoryMarshal.AsBytes(part.Span));
                    continue;
                }
                for (int i = 0; i < part.Length; i++)
                {
                    if (areFloats)
                        BinaryPrimitives.WriteSingleLittleEndian(item, part.Span[i]);
                    else
                        BinaryPrimitives.WriteDoubleLittleEndian(item, ValueOffsets.Restore(part.Span[i], offsets[i % offsets.Length]));
                    body.Write(item[..(areFloats ? 4 : 8)]);
                }
            }
        });

    private static void WriteTexts(ZipArchive archive, string name, IReadOnlyList<string> texts, long[] shape)
    {
        // NumPy pads texts with zeros, and removes zeros at the end when it reads them.
        if (texts.FirstOrDefault(text => text.Contains('\0', StringComparison.Ordinal)) is { } bad)
            throw new ArgumentException($"The text '{bad}' has a zero character, which {Format} can't hold; rename it.", nameof(texts));
        int length = Math.Max(1, texts.Max(text => text.EnumerateRunes().Count()));
        WriteArray(archive, name, FormattableString.Invariant($"<U{length}"), shape, body =>
        {
            byte[] item = new byte[4 * length];
            foreach (string text in texts)
            {
                item.AsSpan(Encoding.UTF32.GetBytes(text, item)).Clear();
                body.Write(item);
            }
        });
    }

    private static void WriteArray(ZipArchive archive, string name, string type, long[] shape, Action<Stream> writeItems)
    {
        string axes = string.Join(", ", shape) + (shape.Length == 1 ? "," : "");
        string head = FormattableString.Invariant($"{{'descr': '{type}', 'fortran_order': False, 'shape': ({axes}), }}");
        // Items begin at a multiple of 64 bytes.
        head = head.PadRight(((head.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        using Stream body = archive.CreateEntry(name + ".npy", CompressionLevel.Optimal).Open();
        byte[] start = [0x93, .. "NUMPY"u8, 1, 0, (byte)head.Length, (byte)(head.Length >> 8), .. Encoding.ASCII.GetBytes(head)];
        body.Write(start);
        writeItems(body);
    }
}
