using System.Buffers.Binary;
using System.Text.Json;

namespace Elman.Tests.Fixtures;

/// <summary>The results that a fixture script wrote, read as little-endian doubles in order.</summary>
internal sealed class FixtureResults(string file)
{
    private readonly byte[] _bytes = Resource(file);
    private int _next;

    /// <summary>The number of unread bytes.</summary>
    public int Left => _bytes.Length - _next;

    /// <summary>Returns the entries of the index of a script.</summary>
    public static TCase[] Cases<TCase>(string file) =>
        JsonSerializer.Deserialize<TCase[]>(Resource(file), JsonSerializerOptions.Web)!;

    /// <summary>Returns the next numbers.</summary>
    public double[] Take(int count)
    {
        var taken = new double[count];
        for (int i = 0; i < count; i++, _next += sizeof(double))
            taken[i] = BinaryPrimitives.ReadDoubleLittleEndian(_bytes.AsSpan(_next));
        return taken;
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(FixtureResults).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
