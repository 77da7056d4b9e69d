using System.Numerics;
using Elman.Losses;
using Elman.Tests.Fixtures;
using Elman.Tests.Oracles;

namespace Elman.Tests.Losses;

public abstract class SoftmaxTests<T>(double relative)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<double[]> Rows =>
    [
        .. (double[][])
        [
            [0], [3.5], [0, 0], [1, 2], [-1, 0, 1], [1000, 1000], [-1000, -1000, -1000], [1000, 0, -1000],
            [1e30, 1e30, -1e30], [-3e38, 3e38], [0, -80], [0, -700], [1e-30, 0],
            new SplitMix64(1).Even(8, 17), new SplitMix64(2).Even(64, 100),
        ],
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Probabilities_and_normaliser_agree_with_the_definition(double[] logits)
    {
        double max = logits.Max(), sum = logits.Sum(x => Math.Exp(x - max));
        var actual = new T[logits.Length];
        double normaliser = Softmax.Apply([.. logits.Select(T.CreateChecked)], actual);
        Close.Assert("probabilities", [.. logits.Select(x => Math.Exp(x - max) / sum)], [.. actual.Select(double.CreateChecked)],
            relative, floor: relative * 1e-3);
        Close.Assert("normaliser", [max + Math.Log(sum)], [normaliser], relative, floor: relative);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Probabilities_add_up_to_1(double[] logits)
    {
        var p = new T[logits.Length];
        _ = Softmax.Apply([.. logits.Select(T.CreateChecked)], p);
        Assert.Equal(1, p.Sum(double.CreateChecked), relative);
    }

    [Fact]
    public void The_result_may_replaces_the_scores()
    {
        T[] scores = [.. new SplitMix64(3).Even(4, 9).Select(T.CreateChecked)], apart = new T[9];
        _ = Softmax.Apply(scores, apart);
        _ = Softmax.Apply<T>(scores, scores);
        Assert.Equal(apart, scores);
    }

    [Fact]
    public void A_score_that_is_not_a_number_gives_none()
    {
        var p = new T[3];
        Assert.True(double.IsNaN(Softmax.Apply([T.Zero, T.NaN, T.One], p)));
        Assert.All(p, value => Assert.True(T.IsNaN(value)));
    }
}

public sealed class DoubleSoftmaxTests() : SoftmaxTests<double>(relative: 1e-14);

public sealed class FloatSoftmaxTests() : SoftmaxTests<float>(relative: 2e-6);
