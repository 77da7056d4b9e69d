using System.Runtime.InteropServices;
using System.Text;
using Elman.Files;
using Elman.Models;
using Elman.Persistence;

namespace Elman.Tests.Persistence;

/// <summary>Checks the statements of docs/model-file.md against files that are written and read.</summary>
public sealed class ModelFilePageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Specs
    {
        get
        {
            string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "model-file.md")).ReplaceLineEndings("\n"),
                fence = "```json\n";
            int start = page.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
            return [.. page[start..page.IndexOf("```", start, StringComparison.Ordinal)].Split(
                '\n', StringSplitOptions.RemoveEmptyEntries)];
        }
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void An_example_of_a_description_is_what_its_model_is_written_as(string example)
    {
        ModelSpec spec = SpecJson.Read(example, LoadOptions.Default);
        Assert.Equal(example, SpecJson.Write(spec));
        using var model = new SequenceModel<float>(spec);
        Assert.Equal(spec.OutputSize, model.Output.OutputSize);
    }

    [Theory]
    [InlineData("gru")]
    [InlineData("lru")]
    public void The_checksum_is_computed_as_the_page_says(string cell)
    {
        using SequenceClassifier classifier = Waves.Fitted(Waves.Quick with
        {
            Cell = cell,
            Epochs = 1,
            Model = Waves.Quick.Model with { Layers = [3, 3] },
        });
        classifier.Save(_folder.File("m"));
        Safetensors content = SafetensorsReader.Read(_folder.File("m"));
        var bytes = new List<byte>();
        foreach ((string key, string value) in content.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Where(pair => pair.Key != "elman.crc32c"))
        {
            Add(Encoding.UTF8.GetBytes(key));
            Add(Encoding.UTF8.GetBytes(value));
        }
        foreach (SafetensorsTensor tensor in content.Tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            Add(Encoding.UTF8.GetBytes(tensor.Name));
            Add(Encoding.UTF8.GetBytes(tensor.ElementType));
            foreach (long length in tensor.Shape)
                bytes.AddRange(BitConverter.GetBytes(length));
            Add(tensor.Bytes);
        }
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F63B78u : 0);
        }
        Assert.Equal($"{~crc:x8}", content.Metadata["elman.crc32c"]);

        void Add(byte[] part)
        {
            bytes.AddRange(BitConverter.GetBytes((long)part.Length));
            bytes.AddRange(part);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_forecasts_outputs_are_all_channels_of_a_step_ahead_then_those_of_the_next_in_the_units_of_the_standardisation(
        bool standardize)
    {
        using var forecaster = new SequenceForecaster(Melodies.Quick with
        {
            Epochs = 1,
            Forecast = Melodies.Quick.Forecast with { Horizon = 3 },
            Inputs = Melodies.Quick.Inputs with { Standardize = standardize },
        });
        forecaster.Fit(Melodies.Sines(4, seed: 1));
        forecaster.Save(_folder.File("m"));
        // If all weights are zero, the output is the bias of the output layer.
        float[] bias = [0.5f, -1, 2, 0.25f, -3, 1.5f];
        Safetensors content = SafetensorsReader.Read(_folder.File("m"));
        SafetensorsWriter.Write(_folder.File("m"), content with
        {
            Tensors = [.. content.Tensors.Select(tensor => tensor with
            {
                Bytes = tensor.Name == "output.b" ? MemoryMarshal.AsBytes(bias.AsSpan()).ToArray() : new byte[tensor.Bytes.Length],
            })],
            Metadata = content.Metadata.Where(pair => pair.Key != "elman.crc32c").ToDictionary(),
        });
        using SequenceForecaster edited = SequenceForecaster.Load(_folder.File("m"));
        float[] answer = edited.Predict(Melodies.Sines(1, seed: 2)[0]);
        for (int ahead = 1; ahead <= 3; ahead++)
        {
            for (int c = 0; c < 2; c++)
            {
                float y = bias[((ahead - 1) * 2) + c];
                Assert.Equal(standardize ? (edited.Standardization!.Deviations[c] * y) + edited.Standardization.Means[c] : y,
                    answer[((ahead - 1) * 2) + c], 1e-4);
            }
        }
    }

    public void Dispose() => _folder.Dispose();
}
