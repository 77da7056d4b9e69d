namespace Elman.Tests;

/// <summary>Input stages that are refused.</summary>
public class InputStagesRefusalTests
{
    private static readonly TrainingOptions _defaults = new();

    public static TheoryData<string, string, TrainingOptions> Wrong => new()
    {
        { "classify", "Differences is -1; it may be 0, 1 or 2.", _defaults with { Inputs = _defaults.Inputs with { Differences = -1 } } },
        { "classify", "Differences is 3; it may be 0, 1 or 2.", _defaults with { Inputs = _defaults.Inputs with { Differences = 3 } } },
        { "classify", "DifferencesAlone replaces the values with differences, but Differences is 0; set it to 1 or 2 as well.",
            _defaults with { Inputs = _defaults.Inputs with { DifferencesAlone = true } } },
        { "classify", "DifferencesAlone replaces values by differences, but those of Embed are symbols",
            _defaults with { Inputs = _defaults.Inputs with
            {
                DifferencesAlone = true,
                Differences = 1,
                Embed = Embeddings.Parse("1:3"),
            } } },
        { "forecast", "DifferencesAlone takes the values away, which a forecaster needs",
            _defaults with { Inputs = _defaults.Inputs with { DifferencesAlone = true, Differences = 1 } } },
        { "classify", "Patch is 1; it must be at least 2, or 0 for none.",
            _defaults with { Inputs = _defaults.Inputs with { Patch = 1 } } },
        { "classify", "Patch is -2; it must be at least 2, or 0 for none.",
            _defaults with { Inputs = _defaults.Inputs with { Patch = -2 } } },
        { "classify", "Patch is 65537; with 1 value per step that makes 65537 inputs, more than the allowed 65536.",
            _defaults with { Inputs = _defaults.Inputs with { Patch = 65_537 } } },
        { "classify", "with 5 values per step that makes 90000 inputs",
            _defaults with { Inputs = _defaults.Inputs with { Patch = 18_000, Differences = 2, Missing = MissingValues.Indicate } } },
        { "classify", "Patch is 2147483647;", _defaults with { Inputs = _defaults.Inputs with { Patch = int.MaxValue } } },
        { "classify", "Patch is 4, but the values of Embed are symbols", _defaults with { Inputs = _defaults.Inputs with
        {
            Patch = 4,
            Embed = Embeddings.Parse("1:3"),
        } } },
        { "tag", "Patch is 4, but a model that gives an answer at every step takes the steps one by one; leave it at 0.",
            _defaults with { Inputs = _defaults.Inputs with { Patch = 4 } } },
        { "forecast", "Patch is 4, but a model that gives an answer at every step",
            _defaults with { Inputs = _defaults.Inputs with { Patch = 4 } } },
        { "tag", "ScaleSequences needs a whole sequence", _defaults with { Inputs = _defaults.Inputs with { ScaleSequences = true } } },
        { "forecast", "ScaleSequences needs a whole sequence",
            _defaults with { Inputs = _defaults.Inputs with { ScaleSequences = true } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Options_that_cannot_be_are_refused_with_their_reason(string task, string reason, TrainingOptions options) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => Gaps.Estimator(task, options)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_patch_that_is_too_large_for_the_channels_of_the_data_is_refused_before_anything_is_computed()
    {
        using var classifier = new SequenceClassifier(_defaults with { Inputs = _defaults.Inputs with { Patch = 40_000 } });
        Assert.Contains("with 2 values per step that makes 80000 inputs",
            Assert.Throws<ArgumentException>(() => classifier.Fit(Gaps.Complete("classify", 4, seed: 1))).Message,
            StringComparison.Ordinal);
        Assert.False(classifier.IsFitted);
    }

    [Theory]
    [InlineData(true, 0, "ScaleSequences needs numeric channels, but all channels are symbols (Embed)")]
    [InlineData(false, 1, "Differences needs numeric channels, but all channels are symbols (Embed)")]
    public void Of_symbols_alone_there_is_nothing_to_scale_or_subtract(bool scales, int differences, string reason)
    {
        var data = new SequenceDataset(1, ["a", "b"], [new(new float[] { 1, 2 }, 1, 0), new(new float[] { 2, 0 }, 1, 1)]);
        using var classifier = new SequenceClassifier(
            _defaults with
            {
                Inputs = _defaults.Inputs with
                {
                    Embed = Embeddings.Parse("3"),
                    ScaleSequences = scales,
                    Differences = differences,
                }
            });
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => classifier.Fit(data)).Message, StringComparison.Ordinal);
    }
}
