namespace Elman.Onnx.Tests.Reading;

/// <summary>Damages binary files: bits are flipped, bytes removed, repeated, inserted, or taken from another file. Seeded.</summary>
/// <param name="random">The random numbers.</param>
/// <param name="files">The files.</param>
/// <param name="tokens">Byte strings that have a meaning in the format.</param>
internal sealed class ByteMutator(SeededRandom random, IReadOnlyList<byte[]> files, IReadOnlyList<byte[]> tokens)
{
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
        ReadOnlySpan<byte> before = file.AsSpan(0, at), behind = file.AsSpan(at);
        switch (Below(7))
        {
            case 0 or 1:
                byte[] flipped = [.. file];
                if (at < file.Length)
                    flipped[at] ^= (byte)(1 << Below(8));
                return flipped;
            case 2:
                byte[] replaced = [.. file];
                if (at < file.Length)
                    replaced[at] = (byte)Below(256);
                return replaced;
            case 3:
                return [.. before, .. behind[length..]];
            case 4:
                return [.. before, .. behind[..length], .. behind];
            case 5:
                byte[] token = Pick(tokens);
                return [.. before, .. token, .. Below(2) == 0 ? behind : behind[Math.Min(token.Length, behind.Length)..]];
            default:
                byte[] other = Pick(files);
                return [.. before, .. other.AsSpan(Below(other.Length + 1))];
        }
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    private int Below(int bound) => (int)(random.NextDouble() * bound);
}
