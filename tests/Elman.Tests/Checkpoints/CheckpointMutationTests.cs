using System.Globalization;
using CsCheck;
using Elman.Files;

namespace Elman.Tests.Checkpoints;

/// <summary>
/// Checkpoints that were altered on purpose, with a valid checksum: training goes on, or refuses them with a sentence. The environment
/// variable ELMAN_MUTATIONS sets ten times the number of files, since each is trained with.
/// </summary>
public sealed class CheckpointMutationTests : IDisposable
{
    private static readonly int _mutations = int.TryParse(
        Environment.GetEnvironmentVariable("ELMAN_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out int given)
            ? Math.Max(1, given / 10)
            : 500;

    private static readonly string[] _fragments =
    [
        "{", "}", "[", "]", "\"", ",", "null", "-1", "0", "1", "7", "1e3", "1e999", "9223372036854775807", "99999999999999999999", "NaN",
        "\"NaN\"", "\"-Infinity\"", "0.5", "ffffffffffffffff", "0000000000000000", "\"seen\":3,", "é",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("state-000003.safetensors")]
    [InlineData("part-model.safetensors")]
    public void Whatever_a_checkpoint_says_training_goes_on_or_refuses_it(string name)
    {
        string path = Path.Combine(_folder.File("whole"), name);
        byte[] whole = [];
        SequenceClassifier first = New(new CheckpointOptions(_folder.File("whole"))
        {
            EverySteps = 1,
            Saved = written =>
            {
                if (written == path)
                    whole = File.ReadAllBytes(path);
            },
        });
        first.Fit(SmallTrainings.Data(), cancellationToken: TestContext.Current.CancellationToken);
        first.Dispose();
        Assert.NotEmpty(whole);
        Safetensors content = SafetensorsReader.Read(new MemoryStream(whole), "whole");
        string key = content.Metadata.Keys.Single(key => key is "elman.state" or "elman.fit");
        int refused = 0, finished = 0;
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 9], Gen.Int[-1, _fragments.Length - 1], Gen.Int[0, 100_000]).Sample(
            (place, removed, fragment, tensorByte) =>
            {
                string text = content.Metadata[key];
                int at = place % (text.Length + 1);
                text = text.Remove(at, Math.Min(removed, text.Length - at)).Insert(at, fragment < 0 ? "" : _fragments[fragment]);
                string folder = _folder.File(Path.GetRandomFileName());
                Directory.CreateDirectory(folder);
                File.WriteAllBytes(Path.Combine(folder, name), Altered(content, key, text, tensorByte));
                using SequenceClassifier model = New(new CheckpointOptions(folder));
                try
                {
                    model.Fit(SmallTrainings.Data(), cancellationToken: TestContext.Current.CancellationToken);
                    Interlocked.Increment(ref finished);
                }
                catch (Exception e) when (e is CheckpointException or TrainingDivergedException)
                {
                    Interlocked.Increment(ref refused);
                }
                Directory.Delete(folder, recursive: true);
            }, iter: _mutations);
        Assert.True(refused > 0 && finished > 0);
    }

    /// <summary>Returns a file with another text and another byte in a tensor, and its checksum.</summary>
    private static byte[] Altered(Safetensors content, string key, string text, int tensorByte)
    {
        var texts = new Dictionary<string, string>(content.Metadata) { [key] = text };
        SafetensorsTensor[] tensors = [.. content.Tensors.Select(tensor => tensor with { Bytes = [.. tensor.Bytes] })];
        if (tensorByte % 3 == 0)
        {
            byte[] bytes = tensors[tensorByte % tensors.Length].Bytes;
            bytes[tensorByte % bytes.Length] ^= (byte)(1 << (tensorByte % 8));
        }
        var altered = new Safetensors(tensors, texts);
        texts["elman.crc32c"] = altered.Checksum("elman.crc32c").ToString("x8", CultureInfo.InvariantCulture);
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, altered);
        return stream.ToArray();
    }

    private static SequenceClassifier New(CheckpointOptions checkpoint) => new(SmallTrainings.Quick(new TrainingOptions
    {
        Cell = "gru",
        Model = new() { Layers = [4] },
        Validation = 0.25,
        Dropout = 0.25,
    }))
    {
        Checkpoint = checkpoint,
    };
}
