using Elman.Baselines;
using Elman.Tests.Fixtures;
using Elman.Tests.Oracles;

namespace Elman.Tests.Baselines;

/// <summary>Against scikit-learn (<c>baselines.py</c>), and against solutions that each leave a case out.</summary>
public sealed class RidgeByLeaveOneOutTests
{
    private static readonly Case[] _cases = FixtureResults.Cases<Case>("baselines_ridge.json");

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, _cases.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void One_penalty_for_all_is_chosen_as_by_scikit_learn(int index)
    {
        Case c = _cases[index];
        RidgeOutput[] outputs = RidgeByLeaveOneOut.FitTogether(c.X, c.Y, default);
        for (int o = 0; o < outputs.Length; o++)
        {
            Assert.Equal(c.Lambda, outputs[o].Lambda, 1e-12 * c.Lambda);
            Close.Assert("weights", c.Weights[o], outputs[o].Weights, 1e-6, 1e-7);
            Close.Assert("bias", [c.Biases[o]], [outputs[o].Bias], 1e-6, 1e-7);
            Close.Assert("left out", c.LeftOut[o], outputs[o].LeftOut, 1e-6, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_penalty_for_each_is_chosen_as_by_scikit_learn(int index)
    {
        Case c = _cases[index];
        Close.Assert("penalties", c.Lambdas, [.. RidgeByLeaveOneOut.FitEach(c.X, c.Y, default).Select(output => output.Lambda)], 1e-12, 0);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_a_case_is_given_without_itself_is_what_the_others_give_it(int index)
    {
        Case c = _cases[index];
        int n = c.X.Length;
        foreach (double lambda in new[] { 1e-3, 0.1, 10 })
        {
            RidgeOutput[] all = RidgeByLeaveOneOut.FitWith(lambda, c.X, c.Y);
            for (int i = 0; i < n; i++)
            {
                int[] others = [.. Enumerable.Range(0, n).Where(k => k != i)];
                // The penalty counts by the case: without one it is to stay the same.
                RidgeOutput[] without = RidgeByLeaveOneOut.FitWith(
                    lambda * n / (n - 1), [.. others.Select(k => c.X[k])], [.. c.Y.Select(y => others.Select(k => y[k]).ToArray())]);
                for (int o = 0; o < c.Y.Length; o++)
                    Close.Assert($"case {i}", [without[o].Predict(c.X[i])], [all[o].LeftOut[i]], 1e-8, 1e-8);
            }
        }
    }

    [Fact]
    public void Of_a_single_case_the_answer_is_its_truth()
    {
        RidgeOutput output = RidgeByLeaveOneOut.FitEach([[1, 2]], [[5]], default)[0];
        Assert.Equal(5, output.Predict([3, -4]), 1e-12);
    }

    [Fact]
    public void Features_that_say_nothing_get_the_greatest_penalty()
    {
        RidgeOutput output = RidgeByLeaveOneOut.FitEach([[0], [0], [0]], [[1, 2, 6]], default)[0];
        Assert.Equal(1000, output.Lambda, 1e-9);
        Assert.Equal(3, output.Predict([7]), 1e-12);
        Close.Assert("left out", [4, 3.5, 1.5], output.LeftOut, 1e-12, 0);
    }

    private sealed record Case(double[][] X, double[][] Y, double Lambda, double[] Lambdas, double[][] Weights, double[] Biases, double[][] LeftOut);
}
