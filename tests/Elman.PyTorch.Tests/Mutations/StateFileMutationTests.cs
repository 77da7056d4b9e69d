using System.Buffers.Binary;
using System.Globalization;
using Elman.Data.Tests.Mutations;
using Elman.PyTorch.Tests.Pickles;
using Elman.PyTorch.Tests.Tensors;

namespace Elman.PyTorch.Tests.Mutations;

/// <summary>
/// Damaged files are read or refused; no other exception is thrown, and reading takes at most ten times the file and a constant. The
/// environment variable ELMAN_MUTATIONS sets the number of files of each kind.
/// </summary>
public sealed class StateFileMutationTests
{
    private const int Constant = 1 << 24;

    private static readonly int _cases = int.TryParse(
        Environment.GetEnvironmentVariable("ELMAN_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture,
        out int cases) ? cases : 3_000;

    private static readonly string[] _tokens =
    [
        "weight_ih_l0", "weight_hh_l1_reverse", "bias", "\"F16\"", "\"I64\"", "[", "]", "{", "}", ",", "0", "9999999999", "\0", "}q\0",
        "h\0", "(t", "u", "R", "b", "ctorch\nHalfStorage\n", "K\u0005", "\u0085", "PK\u0001\u0002", "data/0", "]", "-1", "1e9",
    ];

    private static readonly string[] _order = ["embedding.weight", "rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0",
        "rnn.bias_hh_l0", "linear.weight", "linear.bias"];

    private static readonly byte[][] _storages = [.. Fixture.Tensors(File.ReadAllBytes(Fixture.Form("plain.safetensors")))
        .Values.OrderBy(tensor => Array.IndexOf(_order, tensor.Name)).Select(tensor => tensor.Bytes)];

    [Fact]
    public void Safetensors() => Check([.. new[] { 13, 16, 23 }.Select(i => Fixture.Bytes(Fixture.Stacks[i].Tensors))], bytes => bytes);

    [Fact]
    public void Archives() => Check(Forms(), bytes => bytes);

    /// <summary>Damaged pickles in archives whose directory and checksums fit.</summary>
    [Fact]
    public void Pickles() => Check([.. Forms().Take(4).Select(Pickle)], pickle => TestPickle.Zip(
        [("archive/data.pkl", pickle), .. Enumerable.Range(0, 7).Select(i => ($"archive/data/{i}", _storages[i]))]));

    private static byte[][] Forms() => [.. new[] { "plain.pt", "protocol4.pt", "checkpoint.pt", "parameters.pt", "views.pt" }
        .Select(form => File.ReadAllBytes(Fixture.Form(form)))];

    /// <summary>Returns the pickle of an archive: its first file.</summary>
    private static byte[] Pickle(byte[] archive)
    {
        int begin = 30 + BinaryPrimitives.ReadUInt16LittleEndian(archive.AsSpan(26))
            + BinaryPrimitives.ReadUInt16LittleEndian(archive.AsSpan(28));
        int end = begin + archive.AsSpan(begin).IndexOf("PK\u0007\u0008"u8);
        Assert.Equal((byte)'.', archive[end - 1]);
        return archive[begin..end];
    }

    private static void Check(byte[][] files, Func<byte[], byte[]> wrap)
    {
        foreach (byte[] file in files)
            PyTorchFile.Load(wrap(file), FormTests.Options with { Activation = null }).Estimator.Dispose();
        var mutator = new Mutator(new SeededRandom(3), files, _tokens);
        int loaded = 0, refused = 0;
        for (int i = 0; i < _cases; i++)
        {
            byte[] bytes = wrap(mutator.Next());
            long before = GC.GetAllocatedBytesForCurrentThread();
            SequenceEstimator? model = null;
            try
            {
                model = PyTorchFile.Load(bytes, FormTests.Options).Estimator;
            }
            catch (ModelFileException)
            {
                refused++;
            }
            catch (ArgumentException e) when (e.Message.Contains("nn.RNN", StringComparison.Ordinal))
            {
                refused++; // the cell has become one whose activation was not given
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (10L * bytes.Length) + Constant);
            if (model is null)
                continue;
            loaded++;
            using (model)
                StackTests.Exported(model);
        }
        Assert.True(refused > _cases / 10 && loaded > 0, $"{loaded} loaded, {refused} refused");
    }
}
