using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Elman.Files;
using Elman.Tests.Recurrent;

namespace Elman.Tests;

/// <summary>
/// Hashes of trained weights and predictions, recorded in <c>Fixtures/recorded_bits.txt</c>: refactoring must not change a bit. If a change
/// is intended, use the line that the failure prints.
/// </summary>
public sealed class RecordedBitsTests : IDisposable
{
    private static readonly Lazy<Dictionary<string, string>> _recorded = new(Recorded);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Cells => [.. CellVariants.Names];

    public static TheoryData<string> Chosen => [.. SmallTrainings.Options.Keys];

    public static TheoryData<string> Tasks => [.. SmallTrainings.Tasks];

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_learns_the_recorded_bits(string name)
    {
        TrainingOptions options = CellVariants.Options(name);
        options = SmallTrainings.Quick(options with { Model = options.Model with { Layers = [6] } });
        AssertRecorded($"cell {name}", new SequenceClassifier(options), SmallTrainings.Data());
    }

    [Theory]
    [MemberData(nameof(Chosen))]
    public void What_is_chosen_besides_learns_the_recorded_bits(string name)
    {
        (SequenceEstimator model, SequenceDataset data) = SmallTrainings.OfOptions(name);
        AssertRecorded($"options {name}", model, data);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void A_task_learns_the_recorded_bits(string name)
    {
        (SequenceEstimator model, SequenceDataset data) = SmallTrainings.OfTask(name);
        AssertRecorded($"task {name}", model, data);
    }

    [Fact]
    public void Nothing_else_is_recorded() => Assert.Equal(
        [.. CellVariants.Names.Select(name => $"cell {name}").Concat(SmallTrainings.Options.Keys.Select(name => $"options {name}"))
            .Concat(Tasks.Select(row => $"task {row.Data}")).Order(StringComparer.Ordinal)],
        _recorded.Value.Keys.Order(StringComparer.Ordinal));

    private void AssertRecorded(string name, SequenceEstimator model, SequenceDataset data)
    {
        // Initial weights use logarithms and cosines of the system's library.
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "recorded on Linux x64");
        using (model)
        {
            model.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
            string path = _folder.File("model");
            model.Save(path);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (SafetensorsTensor tensor in SafetensorsReader.Read(path).Tensors.OrderBy(one => one.Name, StringComparer.Ordinal))
                hash.AppendData(tensor.Bytes);
            foreach (float[] answer in SmallTrainings.Answers(model, data))
                hash.AppendData(MemoryMarshal.AsBytes(answer.AsSpan()));
            string found = Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
            Assert.True(_recorded.Value.GetValueOrDefault(name) == found, $"recorded is another hash than: {found} {name}");
        }
    }

    private static Dictionary<string, string> Recorded()
    {
        using var reader = new StreamReader(typeof(RecordedBitsTests).Assembly.GetManifestResourceStream("recorded_bits.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line[17..], line => line[..16], StringComparer.Ordinal);
    }
}
