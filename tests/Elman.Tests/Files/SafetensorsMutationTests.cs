using System.Buffers.Binary;
using System.Text;
using CsCheck;

namespace Elman.Tests.Files;

public class SafetensorsMutationTests
{
    private static readonly string[] _fragments =
    [
        "{", "}", "[", "]", "\"", ":", ",", "\\", "\\u0000", "\\ud800", "null", "true", "-1", "0", "8", "1e3", "1e999",
        "9223372036854775807", "99999999999999999999", "\"shape\"", "\"dtype\"", "\"data_offsets\"", "\"__metadata__\"", "\"F64\"", "\"w\"",
        " ", "\u00e9", "[[[[", "/**/",
    ];

    private static readonly Gen<(int Place, int Removed, byte[] Inserted)> _cut = Gen.Select(
        Gen.Int[0, 1000],
        Gen.Int[0, 12],
        Gen.OneOf(Gen.Int[0, _fragments.Length - 1].Select(i => Encoding.UTF8.GetBytes(_fragments[i])), Gen.Byte.Array[0, 4]));

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] file = SafetensorsExample.File;
        for (int length = 0; length < file.Length; length++)
            Assert.Throws<ModelFileException>(() => SafetensorsExample.Read(file[..length]));
    }

    [Fact]
    public void Whatever_is_cut_and_pasted_only_a_ModelFileException_comes_out() =>
        Gen.Select(_cut.Array[1, 4], Gen.Bool).Sample((cuts, fixLength) =>
        {
            List<byte> file = [.. SafetensorsExample.File];
            foreach ((int place, int removed, byte[] inserted) in cuts)
            {
                int at = place % (file.Count + 1);
                file.RemoveRange(at, Math.Min(removed, file.Count - at));
                file.InsertRange(at, inserted);
            }
            byte[] bytes = [.. file];
            // If the length is corrected, more of the damage reaches the JSON and the tensors.
            int end = bytes.AsSpan().LastIndexOf((byte)'}');
            if (fixLength && end >= 8)
                BinaryPrimitives.WriteInt64LittleEndian(bytes, end + 1 - 8);
            ReadsOrRefuses(bytes);
        }, iter: 10_000);

    [Fact]
    public void Random_bytes_are_refused_with_nothing_but_a_ModelFileException() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            if (bytes.Length >= 8)
                BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes[0] % (bytes.Length - 7));
            ReadsOrRefuses(bytes);
        }, iter: 5_000);

    private static void ReadsOrRefuses(byte[] file)
    {
        try
        {
            _ = SafetensorsExample.Read(file);
        }
        catch (ModelFileException e)
        {
            Assert.StartsWith("m.safetensors: ", e.Message, StringComparison.Ordinal);
        }
    }
}
