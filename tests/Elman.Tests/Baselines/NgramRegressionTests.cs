namespace Elman.Tests.Baselines;

/// <summary>Logistic regression on n-grams, and the other baselines for text.</summary>
public sealed class NgramRegressionTests
{
    [Fact]
    public void Texts_are_classified_by_their_letters_with_any_number_of_threads()
    {
        SequenceDataset train = Names.Create(200, seed: 1), test = Names.Create(100, seed: 2);
        IReadOnlyList<BaselineResult> one = Evaluate(1), three = Evaluate(3);
        Assert.Equal(["majority class", "regression on n-grams"], one.Select(result => result.Name));
        Assert.InRange(one[1].Score, 0.75, 1);
        Assert.Equal(one[1].LogLoss, three[1].LogLoss);

        IReadOnlyList<BaselineResult> Evaluate(int threads) =>
            Baseline.Evaluate(train, test, new BaselineOptions { Threads = threads }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Symbols_are_matched_by_what_they_are_and_unknown_ones_do_no_harm()
    {
        SequenceDataset train = Names.Of([("ab", "x"), ("ab", "x"), ("ba", "y"), ("ba", "y")]);
        SequenceDataset test = Names.Of([("0ab", "x"), ("0ba", "y"), ("ab", "x")]);
        Assert.Equal(1, Baseline.Evaluate(train, test, cancellationToken: TestContext.Current.CancellationToken)[1].Score);
    }

    [Fact]
    public void The_gradient_is_0_at_the_fitted_weights()
    {
        // One case of each class with one letter, whose n-grams have nothing in common but for none: by symmetry both get the same odds,
        // s of its own class with s − (−s) = 2s and s = 10·(1 − p), since features have length 1 and none is shared.
        SequenceDataset train = Names.Of([("a", "x"), ("b", "y")]);
        var evaluation = (Evaluation)Baseline.Evaluate(
            train, train, new BaselineOptions(), TestContext.Current.CancellationToken)[1].Evaluation!;
        double shared = SharedPart(), least = 0, most = 10;
        for (int i = 0; i < 60; i++)
        {
            double s = (least + most) / 2, p = 1 / (1 + Math.Exp(-2 * s));
            (least, most) = 10 * (1 - p) * (1 - shared) > s ? (s, most) : (least, s);
        }
        Assert.Equal(Math.Log(1 + Math.Exp(-2 * least)), evaluation.LogLoss, 1e-3);
    }

    /// <summary>The product of the features of two texts of one letter: they share start and end, each in both texts.</summary>
    private static double SharedPart()
    {
        double common = 1, own = Math.Log(3.0 / 2) + 1;
        // Start, end; letter, start-letter, letter-end, start-letter-end.
        return 2 * common * common / ((2 * common * common) + (4 * own * own));
    }
}
