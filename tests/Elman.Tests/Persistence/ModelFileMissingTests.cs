using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests.Persistence;

/// <summary>The treatment of missing values is part of the model, and so of its file.</summary>
public sealed class ModelFileMissingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<MissingValues, bool, string> Cases
    {
        get
        {
            var cases = new TheoryData<MissingValues, bool, string>();
            foreach (MissingValues way in Enum.GetValues<MissingValues>().Skip(1))
                foreach (bool standardize in (bool[])[true, false])
                    foreach (string task in Gaps.Tasks)
                        if (way != MissingValues.Linear || task != "forecast")
                            cases.Add(way, standardize, task);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_treatment_of_missing_values_round_trips(MissingValues way, bool standardize, string task)
    {
        SequenceDataset data = Gaps.In(Gaps.Complete(task, 16, seed: 1), seed: 2);
        using SequenceEstimator saved = Gaps.Fitted(task, Waves.Quick with
        {
            Inputs = Waves.Quick.Inputs with { Missing = way, Standardize = standardize },
            Epochs = 1,
        }, data);
        saved.Save(_folder.File("1"));
        using var loaded = SequenceEstimator.LoadAny(_folder.File("1"));
        Assert.Equal((way, standardize, 2), (loaded.Options.Inputs.Missing, loaded.Options.Inputs.Standardize, loaded.Channels));
        foreach (Sequence sequence in data)
            SameBits.Assert<float>(Gaps.Answer(saved, sequence), Gaps.Answer(loaded, sequence));
        loaded.Save(_folder.File("2"));
        Assert.Equal(File.ReadAllBytes(_folder.File("1")), File.ReadAllBytes(_folder.File("2")));

        IReadOnlyDictionary<string, string> texts = SafetensorsReader.Read(_folder.File("1")).Metadata;
        Assert.Equal("3", texts["elman.version"]);
        Assert.Contains($"\"missing\":\"{way.ToString().ToLowerInvariant()}\"", texts["elman.spec"], StringComparison.Ordinal);
        Assert.Equal(!standardize && way != MissingValues.Mask, texts.ContainsKey("elman.means"));
    }

    [Fact]
    public void A_file_that_does_not_say_refuses_missing_values_and_older_versions_read_it()
    {
        using SequenceClassifier saved = Waves.Fitted();
        saved.Save(_folder.File("m"));
        IReadOnlyDictionary<string, string> texts = SafetensorsReader.Read(_folder.File("m")).Metadata;
        Assert.Equal("2", texts["elman.version"]);
        Assert.DoesNotContain("missing", texts["elman.spec"], StringComparison.Ordinal);
        using var loaded = SequenceClassifier.Load(_folder.File("m"));
        Assert.Equal(MissingValues.Refuse, loaded.Options.Inputs.Missing);
        Assert.Throws<ArgumentException>(() => loaded.Predict(new Sequence(new[] { float.NaN }, 1)));
    }

    [Theory]
    [InlineData(true, "missing", "\"median\"", "missing is \"median\"; it may be refuse, mask, last, mean, linear, indicate")]
    [InlineData(true, "missing", "1", "missing is 1")]
    [InlineData(true, "missing", "\"indicate\"", "The inputs are 2; where Missing is Indicate, there are 3 for each channel")]
    [InlineData(true, "inputSize", "3", "It standardises 2 channels; the model has 3")]
    [InlineData(false, "missing", "\"mask\"", "Missing does not use them.")]
    public void An_unsound_choice_is_refused(bool standardize, string field, string json, string reason)
    {
        using var file = new ModelFileEditing(
            Waves.Quick with { Inputs = Waves.Quick.Inputs with { Missing = MissingValues.Last } }, standardize);
        file.WithField("elman.spec", field, json);
        file.AssertRefused(reason);
    }

    [Theory]
    [InlineData(null, "The means of the 2 channels are missing")]
    [InlineData("[1]", "1 mean for filling missing values; the model has 2 channels")]
    [InlineData("[1,1e39]", "not finite")]
    [InlineData("[1,\"2\"]", "")]
    [InlineData("{}", "")]
    [InlineData("", "")]
    public void Unsound_means_are_refused(string? text, string reason)
    {
        using var file = new ModelFileEditing(
            Waves.Quick with { Inputs = Waves.Quick.Inputs with { Missing = MissingValues.Last } }, standardize: false);
        file.WithText("elman.means", text);
        file.AssertRefused(reason);
    }

    public void Dispose() => _folder.Dispose();
}
