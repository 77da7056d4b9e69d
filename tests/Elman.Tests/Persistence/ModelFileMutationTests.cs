using System.Globalization;
using Elman.Files;

namespace Elman.Tests.Persistence;

/// <summary>
/// Model files that were altered on purpose, with a checksum that fits, are loaded or refused; no other exception than the documented ones
/// is thrown then and in predictions, and reading takes at most ten times the file and a constant. The environment variable
/// ELMAN_MUTATIONS sets the number of files.
/// </summary>
public sealed class ModelFileMutationTests
{
    private const int Constant = 1 << 24;

    private static readonly int _cases = int.TryParse(
        Environment.GetEnvironmentVariable("ELMAN_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture,
        out int cases) ? cases : 10_000;

    private static readonly string[] _fragments =
    [
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "-1", "0", "1", "2", "7", "1e3", "1e999", "9223372036854775807",
        "99999999999999999999", "NaN", "\"NaN\"", "0.5", "65537", "[]", "{}", "\"\"", "é", "\\u0000", "lstm", "gru", "last", "counts",
        "sequence-tagger", "sequence-forecaster", "2147483647", "-0.0", "1e-46", "\"x\":1,",
    ];

    public static TheoryData<string> Models => [.. Cases().Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void Whatever_a_model_file_says_it_is_loaded_or_refused(string name)
    {
        (SequenceEstimator saved, SequenceDataset data) = Cases()[name]();
        using var file = new MemoryStream();
        using (saved)
        {
            saved.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
            saved.Save(file);
        }
        Safetensors content = SafetensorsReader.Read(new MemoryStream(file.ToArray()), name);
        var random = new SeededRandom(11);
        int loaded = 0, refused = 0;
        for (int i = 0; i < _cases / Cases().Count; i++)
        {
            byte[] bytes = Altered(content, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            SequenceEstimator model;
            try
            {
                model = SequenceEstimator.LoadAny(bytes, new LoadOptions { Threads = 1 });
            }
            catch (ModelFileException)
            {
                refused++;
                model = null!;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (10L * bytes.Length) + Constant);
            if (model is null)
                continue;
            loaded++;
            using (model)
                Use(model, data);
        }
        Assert.True(loaded > 0 && refused > 0);
    }

    /// <summary>Predicts with a model; data that do not fit it are refused.</summary>
    private static void Use(SequenceEstimator model, SequenceDataset data)
    {
        try
        {
            model.EvaluateCases(data);
        }
        catch (ArgumentException e) when (e is not ArgumentNullException)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private static byte[] Altered(Safetensors content, SeededRandom random)
    {
        var texts = new Dictionary<string, string>(content.Metadata);
        string[] keys = [.. texts.Keys.Where(key => key != "elman.crc32c").Order(StringComparer.Ordinal)];
        for (int change = random.NextInt32(3); change >= 0; change--)
        {
            string key = keys[random.NextInt32(keys.Length)], text = texts.GetValueOrDefault(key, "");
            int at = random.NextInt32(text.Length + 1), removed = random.NextInt32(2) * random.NextInt32(12);
            texts[key] = text.Remove(at, Math.Min(removed, text.Length - at))
                .Insert(at, random.NextInt32(8) == 0 ? "" : _fragments[random.NextInt32(_fragments.Length)]);
            if (random.NextInt32(100) == 0)
                texts.Remove(key);
        }
        SafetensorsTensor[] tensors = [.. content.Tensors.Select(tensor => tensor with { Bytes = [.. tensor.Bytes] })];
        if (random.NextInt32(3) == 0)
        {
            byte[] bytes = tensors[random.NextInt32(tensors.Length)].Bytes;
            bytes[random.NextInt32(bytes.Length)] ^= (byte)(1 << random.NextInt32(8));
        }
        var altered = new Safetensors(random.NextInt32(40) == 0 ? tensors[1..] : tensors, texts);
        texts["elman.crc32c"] = altered.Checksum("elman.crc32c").ToString("x8", CultureInfo.InvariantCulture);
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, altered);
        return stream.ToArray();
    }

    private static Dictionary<string, Func<(SequenceEstimator Model, SequenceDataset Data)>> Cases()
    {
        SequenceDataset waves = Waves.Create(6, seed: 1, channels: 2);
        TrainingOptions quick = Waves.Quick with { Epochs = 1, Threads = 1, Model = Waves.Quick.Model with { Layers = [3] } };
        return new()
        {
            ["lstm with attention"] = () => (new SequenceClassifier(
                quick with { Model = quick.Model with { Readout = Readout.Attention, Bidirectional = true } }), waves),
            ["patches and differences"] = () => (new SequenceClassifier(quick with
            {
                Cell = "rnn",
                Inputs = quick.Inputs with { Patch = 3, Differences = 1, Missing = MissingValues.Mask, ScaleSequences = true },
            }), waves),
            ["text"] = () => (new SequenceClassifier(Codes.Quick with { Epochs = 1, Threads = 1 }), Codes.Create("classify", 12, seed: 1)),
            ["members"] = () => (new SequenceClassifier(new TrainingOptions
            {
                Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("esn:2,delays:1") },
                Threads = 1,
            }), waves),
            ["tags"] = () => (new SequenceTagger(quick with { Cell = "gru" }), Melodies.Tagged(8, seed: 2)),
            ["bands"] = () => (new SequenceForecaster(new TrainingOptions
            {
                Cell = "esn",
                Model = quick.Model,
                Threads = 1,
                Forecast = new() { Horizon = 3, Quantiles = [0.1, 0.9] },
            }), new SequenceDataset(1, [], [new Sequence(Enumerable.Range(0, 60).Select(i => (float)Math.Sin(i)).ToArray(), 1)])),
        };
    }
}
