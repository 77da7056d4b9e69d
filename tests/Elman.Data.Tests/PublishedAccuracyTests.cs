namespace Elman.Data.Tests;

/// <summary>The accuracy of the defaults on published data, compared with a plain PyTorch model of the same kind.</summary>
/// <remarks>Nine fits, so they run only in <c>.ci/run</c>, or with <c>--explicit only</c>.</remarks>
public sealed class PublishedAccuracyTests
{
    [Theory(Explicit = true)]
    [Trait("Category", "Slow")]
    [InlineData("JapaneseVowels", 0.970)]
    [InlineData("ItalyPowerDemand", 0.966)]
    [InlineData("SyntheticControl", 0.867)]
    public void The_defaults_reach_the_accuracy_of_a_plain_tanh_network_over_three_seeds(string set, double least)
    {
        SequenceDataset train = SharedData.Read(set, $"{set}_TRAIN.ts");
        SequenceDataset test = SharedData.Read(set, $"{set}_TEST.ts");
        double mean = Enumerable.Range(1, 3).Average(seed =>
        {
            using var classifier = new SequenceClassifier(new TrainingOptions { Seed = seed });
            classifier.Fit(train, cancellationToken: TestContext.Current.CancellationToken);
            return classifier.Evaluate(test).Accuracy;
        });
        Assert.True(mean >= least, $"{set}: {mean:F4}");
    }
}
