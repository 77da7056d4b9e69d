
namespace Elman.Data.Tests;

/// <summary>Models learn the tasks that they are known to learn: checks predictions on unseen data, not gradients.</summary>
/// <remarks>
/// Tests of the category Slow run in <c>.ci/run</c>. The long ones run only with <c>--explicit only</c>; the others are their small forms.
/// </remarks>
public sealed class LearningTests
{
    [Fact]
    public void A_tagger_copies_what_it_saw_five_steps_before()
    {
        (SequenceDataset train, SequenceDataset test) = BuiltInData.Load("lag-copy", 1);
        using var tagger = new SequenceTagger(new TrainingOptions { Cell = "gru", Epochs = 20 });
        tagger.Fit(train, cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(tagger.Evaluate(test).Steps.Accuracy, 0.99, 1);
    }

    [Fact]
    public void A_simple_network_learns_parity_up_to_fifty_steps_and_has_it_at_a_hundred()
    {
        (SequenceDataset train, SequenceDataset test) = BuiltInData.Load("parity", 1);
        using var classifier = new SequenceClassifier(new TrainingOptions { Epochs = 60 });
        classifier.Fit(train, cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(classifier.Evaluate(test).Accuracy, 0.99, 1);

        var random = new SeededRandom(77);
        var longer = new SequenceDataset(1, train.ClassLabels, Enumerable.Range(0, 500).Select(i => Parity.Draw(i % 2, 100, random)));
        Assert.InRange(classifier.Evaluate(longer).Accuracy, 0.99, 1);
    }

    [Fact]
    public void An_lstm_knows_every_symbol_that_may_follow_in_Reber_strings()
    {
        (SequenceDataset train, SequenceDataset test) = BuiltInData.Load("embedded-reber", 1);
        using var tagger = new SequenceTagger(new TrainingOptions { Cell = "lstm", Epochs = 40 });
        tagger.Fit(train, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(256, test.Count);
        Assert.All(test, sequence =>
        {
            int[][] mayFollow = EmbeddedReber.MayFollow(sequence);
            var probabilities = tagger.PredictProbabilities(sequence);
            for (int t = 0; t < sequence.Steps; t++)
            {
                int[] byProbability = [.. Enumerable.Range(0, 7).OrderByDescending(symbol => probabilities[t, symbol])];
                Assert.Equal(mayFollow[t].Order(), byProbability[..mayFollow[t].Length].Order());
            }
        });
    }

    [Fact]
    public void A_linear_recurrent_unit_learns_which_sign_came_first_and_which_second()
    {
        (SequenceDataset train, SequenceDataset test) = BuiltInData.Load("temporal-order", 1);
        using var classifier = new SequenceClassifier(new TrainingOptions
        {
            Cell = "lru",
            Model = new() { Layers = [32, 32] },
            Epochs = 6,
        });
        classifier.Fit(train, cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(classifier.Evaluate(test).Accuracy, 0.99, 1);
    }

    [Fact]
    public void What_twenty_codes_mean_is_learned_though_their_numbers_say_nothing()
    {
        (SequenceDataset train, SequenceDataset test) = (CodePairs(100, seed: 1), CodePairs(50, seed: 2));
        using SequenceTagger embedded = new(new TrainingOptions
        {
            Model = new() { Layers = [16] },
            Epochs = 40,
            LearningRate = 0.01,
            Inputs = new() { Embed = [new(1, 8)] },
        }),
            plain = new(embedded.Options with { Inputs = embedded.Options.Inputs with { Embed = [] } });
        embedded.Fit(train, cancellationToken: TestContext.Current.CancellationToken);
        plain.Fit(train, cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(embedded.Evaluate(test).Steps.Accuracy, 0.99, 1);
        Assert.InRange(plain.Evaluate(test).Steps.Accuracy, 0, 0.9);
    }

    [Theory(Explicit = true)]
    [Trait("Category", "Slow")]
    [InlineData("gru", 10)]
    public void The_order_of_three_signs_is_learned(string cell, int epochs) => LearnOrder(cell, epochs);

    [Theory(Explicit = true)]
    [InlineData("lstm", 20)]
    [InlineData("gru", 20)]
    public void The_order_of_three_signs_is_learned_at_length(string cell, int epochs) => LearnOrder(cell, epochs);

    [Theory(Explicit = true)]
    [InlineData("gru", "96", 20, 1)]
    [InlineData("lstm", "96", 40, 4)]
    [InlineData("indrnn", "96,96", 20, 1)]
    [InlineData("mingru", "64,64", 20, 1)]
    [InlineData("lru", "64,64", 20, 1)]
    public void Two_marked_numbers_among_two_hundred_are_added(string cell, string layers, int epochs, double forgetBias)
    {
        (SequenceDataset train, SequenceDataset test) = BuiltInData.Load("adding", 1);
        using var regressor = new SequenceRegressor(new TrainingOptions
        {
            Cell = cell switch
            {
                "indrnn" => new IndRnnOptions { Activation = Activation.Relu },
                "lstm" => new LstmOptions { ForgetBias = forgetBias },
                _ => cell,
            },
            Model = new() { Layers = LayerSizes.Parse(layers) },
            Epochs = epochs,
        });
        regressor.Fit(train, cancellationToken: TestContext.Current.CancellationToken);
        double rmse = regressor.Evaluate(test).PerTarget[0].Rmse;
        Assert.True(rmse * rmse < 0.01, $"{cell}: {rmse * rmse}");
    }

    /// <summary>
    /// Codes from 0 to 19, each of one of two hidden kinds; the label of a step is whether its code has the kind of the previous one.
    /// </summary>
    private static SequenceDataset CodePairs(int count, int seed)
    {
        const string Kinds = "01101000101110010110";
        var random = new SeededRandom(seed);
        return new SequenceDataset(1, ["same", "other"], Enumerable.Range(0, count).Select(_ =>
        {
            int[] codes = [.. Enumerable.Range(0, 30).Select(_ => random.NextInt32(Kinds.Length))];
            return new Sequence(codes.Select(code => (float)code).ToArray(), 1)
                .WithStepLabels(
                    codes.Select((code, t) => t == 0 ? Sequence.NoLabel : Kinds[code] == Kinds[codes[t - 1]] ? 0 : 1).ToArray());
        }), "code pairs");
    }

    private static void LearnOrder(string cell, int epochs)
    {
        (SequenceDataset train, SequenceDataset test) = BuiltInData.Load("temporal-order-3", 1);
        using var classifier = new SequenceClassifier(
            new TrainingOptions { Cell = cell == "lstm" ? new LstmOptions { ForgetBias = 4 } : cell, Epochs = epochs });
        classifier.Fit(train, cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(classifier.Evaluate(test).Accuracy, 0.99, 1);
    }
}
