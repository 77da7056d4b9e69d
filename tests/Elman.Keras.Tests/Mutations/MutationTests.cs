using System.Globalization;
using Elman.Data.Tests.Mutations;

namespace Elman.Keras.Tests.Mutations;

/// <summary>
/// Damaged files are read, or refused with a sentence, in little memory; no other exception is thrown. The environment variable
/// ELMAN_MUTATIONS sets the number of files of each kind.
/// </summary>
public class MutationTests
{
    private static readonly int _cases = int.TryParse(
        Environment.GetEnvironmentVariable("ELMAN_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture,
        out int cases) ? cases : 2_000;

    private static readonly string[] _models =
        ["lstm", "bi-gru-concat-stack", "graph", "normalization", "newest-layout", "bfloat16", "by-layer-name", "logit"];

    private static readonly string[] _ofWeights =
    [
        "TREE", "SNOD", "HEAP", "OHDR", "OCHK", "\0", "\u0001", "\0\0\0\0\0\0\0\0", "\u007F\u007F\u007F\u007F", "vars", "0",
        "layers", "\u0010\0",
    ];

    private static readonly string[] _ofConfig =
    [
        "null", "true", "-1", "1000000000", "1e400", "[", "]", "{", "}", "\"", "[[[[[[[[", "\"config\":", "\\ud800", "\"LSTM\"",
        "\"softmax\"", "\"Bidirectional\"", "\"layers\"", "[null, null, 2]", "65536", ",",
    ];

    [Theory]
    [InlineData("model.weights.h5", 1)]
    [InlineData("config.json", 2)]
    [InlineData("metadata.json", 3)]
    [InlineData("", 4)]
    public void A_damaged_file_is_read_or_refused_and_nothing_else(string entry, int seed)
    {
        byte[][] files = [.. _models.Select(KerasFixtures.File)];
        Mutator[] mutators = [.. files.Select((file, i) => new Mutator(
            new SeededRandom(seed + (10 * i)), [entry.Length == 0 ? file : KerasFixtures.Entry(file, entry)],
            entry == "model.weights.h5" ? _ofWeights : _ofConfig))];
        int read = 0;
        for (int i = 0; i < _cases; i++)
        {
            byte[] content = mutators[i % files.Length].Next();
            read += Try(entry.Length == 0 ? content : KerasFixtures.With(files[i % files.Length], entry, content)) ? 1 : 0;
        }
        Assert.InRange(read, entry.Length == 0 ? 0 : 1, _cases); // some changes do not matter
    }

    private static bool Try(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using SequenceEstimator model = KerasFixtures.Load(file).Model;
            using SequenceEstimator copy = SequenceEstimator.LoadAny(model.ToBytes());
            return true;
        }
        catch (ModelFileException e)
        {
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit.Of(file));
            return false;
        }
        catch (Exception e)
        {
            Assert.Fail($"{Convert.ToBase64String(file)}\n{e}");
            return false;
        }
    }
}
