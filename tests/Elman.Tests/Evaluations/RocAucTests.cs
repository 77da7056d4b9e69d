using CsCheck;
using Elman.Evaluations;

namespace Elman.Tests.Evaluations;

public sealed class RocAucTests
{
    /// <summary>Few different scores, so that many are equal.</summary>
    private static readonly Gen<(float Score, bool Applies)[]> _cases = Gen.Select(
        Gen.Int[0, 6].Select(k => k / 8f), Gen.Bool).Array[2, 40];

    [Fact]
    public void The_area_is_the_share_of_ordered_pairs_plus_half_of_the_ties() => _cases
        .Where(cases => cases.Any(c => c.Applies) && cases.Any(c => !c.Applies))
        .Sample(cases =>
        {
            double[] pairs = [.. from positive in cases where positive.Applies from negative in cases where !negative.Applies
                                 select positive.Score > negative.Score ? 1 : positive.Score == negative.Score ? 0.5 : 0];
            Assert.Equal(pairs.Average(), Of(cases), 1e-12);
        });

    [Fact]
    public void Negated_scores_have_one_minus_the_area() => _cases
        .Where(cases => cases.Any(c => c.Applies) && cases.Any(c => !c.Applies))
        .Sample(cases => Assert.Equal(1, Of(cases) + Of([.. cases.Select(c => (-c.Score, c.Applies))]), 1e-12));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_either_kind_is_missing_nothing_is_known(bool applies) =>
        Assert.Equal(double.NaN, Of([(0.2f, applies), (0.7f, applies)]));

    [Fact]
    public void The_area_of_no_cases_is_NaN() => Assert.Equal(double.NaN, Of([]));

    [Fact]
    public void Many_cases_do_not_overflow()
    {
        (float, bool)[] cases = [.. Enumerable.Range(0, 400_000).Select(i => (i < 200_000 ? 0f : 1f, i >= 200_000))];
        Assert.Equal(1, Of(cases));
    }

    [Fact]
    public void Each_class_has_the_area_of_its_own_scores()
    {
        (float Score, bool Applies)[][] classes =
            [[(0.5f, true), (0.25f, false), (0.75f, false)], [(0.5f, false)], [(1, false), (2, true)]];
        Assert.Equal([.. classes.Select(Of)], AreasOf(classes));
    }

    private static double Of((float Score, bool Applies)[] cases) => AreasOf([cases])[0];

    private static double[] AreasOf((float Score, bool Applies)[][] classes)
    {
        (int Class, float Score, bool Applies)[] all =
            [.. classes.SelectMany((cases, c) => cases.Select(one => (c, one.Score, one.Applies)))];
        var areas = new RocAuc(classes.Length, [.. all.Where(one => one.Applies).Select(one => one.Class)],
            [.. all.Where(one => one.Applies).Select(one => one.Score)]);
        foreach ((int c, float score, _) in all.Where(one => !one.Applies))
            areas.AddOther(c, score);
        return areas.Areas();
    }
}
