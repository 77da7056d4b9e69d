using System.Text;

namespace Elman.Reports.Tests.TensorBoard;

/// <summary>
/// A reader of event files that shares nothing with the writer: a checksum bit by bit, a walk over the fields, and TensorBoard's rule for
/// restarts.
/// </summary>
public static class EventReader
{
    /// <summary>An event.</summary>
    public sealed record Entry(double Time, long Step, string? Version, bool IsStart, IReadOnlyList<KeyValuePair<string, float>> Scalars);

    /// <summary>Reads the complete records of a file; like TensorBoard, it stops at one that is cut.</summary>
    public static IReadOnlyList<Entry> Read(byte[] file)
    {
        var events = new List<Entry>();
        for (int place = 0; place + 12 <= file.Length;)
        {
            int length = checked((int)BitConverter.ToUInt64(file, place));
            if (place + length + 16 > file.Length)
                break;
            Assert.Equal(MaskedChecksum(file.AsSpan(place, 8)), BitConverter.ToUInt32(file, place + 8));
            byte[] data = file[(place + 12)..(place + 12 + length)];
            Assert.Equal(MaskedChecksum(data), BitConverter.ToUInt32(file, place + 12 + length));
            events.Add(EntryOf(data));
            place += length + 16;
        }
        return events;
    }

    /// <summary>Returns the points of each curve of a run, as TensorBoard shows them.</summary>
    public static IReadOnlyDictionary<string, List<(long Step, float Value)>> Curves(string folder)
    {
        var curves = new Dictionary<string, List<(long Step, float Value)>>();
        foreach (string path in Directory.EnumerateFiles(folder, "*tfevents*").Order(StringComparer.Ordinal))
        {
            IReadOnlyList<Entry> events = Read(File.ReadAllBytes(path));
            Assert.Equal("brain.Event:2", events[0].Version);
            foreach (Entry e in events)
            {
                foreach (List<(long Step, float Value)> curve in curves.Values.Where(_ => e.IsStart))
                    curve.RemoveAll(point => point.Step >= e.Step);
                foreach ((string tag, float value) in e.Scalars)
                    (curves.TryGetValue(tag, out List<(long, float)>? points) ? points : curves[tag] = []).Add((e.Step, value));
            }
        }
        return curves;
    }

    private static Entry EntryOf(byte[] message)
    {
        var result = new Entry(0, 0, null, false, []);
        foreach ((int field, byte[] value, long number) in Fields(message))
            result = field switch
            {
                1 => result with { Time = BitConverter.ToDouble(value) },
                2 => result with { Step = number },
                3 => result with { Version = Encoding.UTF8.GetString(value) },
                5 => result with { Scalars = [.. Fields(value).Select(of => Scalar(of.Value))] },
                7 => result with { IsStart = Fields(value).Any(of => of is (1, _, 1)) },
                _ => throw new InvalidDataException($"field {field}"),
            };
        return result;
    }

    private static KeyValuePair<string, float> Scalar(byte[] message)
    {
        (int Field, byte[] Value, long Number)[] fields = [.. Fields(message)];
        Assert.Equal([1, 2], fields.Select(field => field.Field));
        return new(Encoding.UTF8.GetString(fields[0].Value), BitConverter.ToSingle(fields[1].Value));
    }

    private static IEnumerable<(int Field, byte[] Value, long Number)> Fields(byte[] message)
    {
        int place = 0;
        while (place < message.Length)
        {
            long tag = Varint();
            long number = (tag & 7) is 0 or 2 ? Varint() : 0;
            int length = (tag & 7) switch { 0 => 0, 1 => 8, 2 => (int)number, 5 => 4, _ => throw new InvalidDataException($"tag {tag}") };
            yield return ((int)(tag >> 3), message[place..(place + length)], number);
            place += length;
        }

        long Varint()
        {
            long value = 0;
            for (int shift = 0; ; shift += 7)
            {
                value |= (long)(message[place] & 0x7f) << shift;
                if (message[place++] < 0x80)
                    return value;
            }
        }
    }

    private static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) == 1 ? 0x82f63b78u : 0);
        }
        return ((~crc >> 15) | (~crc << 17)) + 0xa282ead8u;
    }
}
