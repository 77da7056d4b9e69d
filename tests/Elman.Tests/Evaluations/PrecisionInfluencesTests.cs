using Elman.Evaluations;

namespace Elman.Tests.Evaluations;

public sealed class PrecisionInfluencesTests
{
    [Theory]
    [InlineData(12, 3)]
    [InlineData(40, 4)]
    [InlineData(40, 1000)]
    [InlineData(5, 2)]
    public void The_influence_of_a_case_is_the_fall_of_the_average_precision_without_it(int cases, int differentScores)
    {
        var random = new SeededRandom(cases + differentScores);
        float[] scores = [.. Enumerable.Range(0, cases).Select(_ => random.NextInt32(differentScores) / (float)differentScores)];
        bool[] applies = [.. Enumerable.Range(0, cases).Select(i => i % 3 == 0)];
        double whole = Precision(scores, applies);
        double[] falls = [.. Enumerable.Range(0, cases).Select(i => whole - Precision(Without(scores, i), Without(applies, i)))];
        var influences = new PrecisionInfluences(scores, applies);
        for (int i = 0; i < cases; i++)
            Assert.Equal(falls[i] - falls.Average(), influences.Influence(i), 1e-12);
    }

    [Fact]
    public void A_class_with_a_single_case_or_none_has_the_score_interval()
    {
        foreach (int positives in (int[])[0, 1])
        {
            bool[] applies = [.. Enumerable.Range(0, 6).Select(i => i < positives)];
            var influences = new PrecisionInfluences([1, 2, 3, 4, 5, 6], applies);
            Assert.Equal(ProportionInterval.Of(0.5, positives, 1.96, 0.95), influences.Interval(0.5, 1.96, 0.95));
        }
    }

    /// <summary>The mean precision at the cases of the class, with ties on the same threshold.</summary>
    private static double Precision(float[] scores, bool[] applies)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (!applies[i])
                continue;
            int above = scores.Count(score => score >= scores[i]);
            sum += (double)Enumerable.Range(0, scores.Length).Count(j => applies[j] && scores[j] >= scores[i]) / above;
        }
        return sum / applies.Count(one => one);
    }

    private static T[] Without<T>(T[] all, int index) => [.. all[..index], .. all[(index + 1)..]];
}
