using System.Security.Cryptography;

namespace Elman.Data;

/// <summary>The length and SHA-256 of a file.</summary>
internal readonly record struct FileHash(long Bytes, string Sha256)
{
    /// <summary>Computes the length and SHA-256 of a file.</summary>
    public static FileHash Of(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        string hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        return new FileHash(stream.Length, hash);
    }
}
