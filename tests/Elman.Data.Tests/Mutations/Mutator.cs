using System.Text;

namespace Elman.Data.Tests.Mutations;

/// <summary>Damages files: bytes are flipped, removed, duplicated, inserted, or copied from another file. Seeded.</summary>
internal sealed class Mutator(SeededRandom random, IReadOnlyList<byte[]> files, IReadOnlyList<string> tokens)
{
    private readonly byte[][] _tokens = [.. tokens.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Returns one of the files with one to eight changes.</summary>
    public byte[] Next()
    {
        byte[] file = Pick(files);
        for (int change = Below(8); change >= 0; change--)
            file = Change(file);
        return file;
    }

    private byte[] Change(byte[] file)
    {
        int at = Below(file.Length + 1), length = Math.Min(1 + Below(Below(3) == 0 ? 40 : 4), file.Length - at);
        ReadOnlySpan<byte> before = file.AsSpan(0, at), behind = file.AsSpan(at), part = file.AsSpan(at, length);
        switch (Below(7))
        {
            case 0: // flip a bit
                byte[] flipped = [.. file];
                if (at < file.Length)
                    flipped[at] ^= (byte)(1 << Below(8));
                return flipped;
            case 1: // any byte
                return [.. before, (byte)Below(256), .. behind];
            case 2: // delete
                return [.. before, .. behind[length..]];
            case 3: // double, once or often
                byte[] many = [.. Enumerable.Repeat(part.ToArray(), Below(10) == 0 ? 1 + Below(50) : 1).SelectMany(bytes => bytes)];
                return [.. before, .. many, .. behind];
            case 4 or 5: // a token, put in or in the place of something
                return [.. before, .. Pick(_tokens), .. Below(2) == 0 ? behind : behind[length..]];
            default: // the rest of another file
                byte[] other = Pick(files);
                return [.. before, .. other.AsSpan(Below(other.Length + 1))];
        }
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    private int Below(int bound) => (int)(random.NextDouble() * bound);
}
