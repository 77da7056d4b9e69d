namespace Elman.Tests.Baselines;

public sealed class CrossValidationTests
{
    [Theory]
    [InlineData(BaselineOptions.LeaveOneOut)]
    [InlineData(24)]
    public void Leaving_out_one_is_a_test_of_each_by_all_others(int folds)
    {
        SequenceDataset data = Waves.Create(24, seed: 1, ragged: true);
        IReadOnlyList<BaselineResult> results = Baseline.CrossValidate(data, new() { Folds = folds });
        foreach (BaselineResult result in results)
        {
            // The cases are in the order of the data.
            var cases = (ClassAnswers)result.Cases!;
            Assert.Equal(data.Select(sequence => sequence.Label), Enumerable.Range(0, data.Count).Select(cases.LabelOf));
            Assert.Equal(result.Score, cases.Evaluation.Accuracy);
        }
        for (int m = 0; m < results.Count; m++)
        {
            double[] scores = [.. Enumerable.Range(0, 24)
                .Select(i => Baseline.Evaluate(data.Subset(Enumerable.Range(0, 24).Where(k => k != i)), data.Subset([i]))[m].Score)];
            Assert.Equal(scores.Average(), results[m].Score, 1e-12);
            Assert.Equal(scores.Order(), results[m].FoldScores.Order());
        }
        Assert.Equal(0, results[0].Score); // the class of the one that is left out is always the rarer
    }

    [Fact]
    public void Every_sequence_counts_once_a_repeat_and_every_fold_has_its_score()
    {
        SequenceDataset data = Waves.Create(23, seed: 1);
        BaselineResult result = Baseline.CrossValidate(data, new() { Folds = 4, Repeats = 3 })[2];
        Assert.Equal(69, result.Evaluation!.Cases);
        Assert.Equal(12, result.FoldScores.Count);
        Assert.Equal(result.Evaluation.Accuracy, result.Score);
        Assert.InRange(result.FoldScores.Average(), result.Score - 0.02, result.Score + 0.02);
    }

    [Fact]
    public void Every_task_is_cross_validated()
    {
        SequenceDataset waves = Waves.Create(12, seed: 1);
        Finite(new(1, [], waves.Select(s => new Sequence(s.Values, 1).WithTargets(new[] { s.Values.Span[0] })), "n", ["y"]), null, 2);
        Finite(
            new(1, ["a", "b"], waves.Select((s, i) => new Sequence(s.Values, 1).WithTargets(new float[] { s.Label, i % 3 == 0 ? 1 : 0 }))),
            null, 2);
        Finite(new(1, ["a", "b"], waves.Select(s => new Sequence(s.Values, 1)
            .WithStepLabels(Enumerable.Range(0, 20).Select(t => t % 3 == 0 ? 1 : 0).ToArray()))), null, 1);
        Finite(waves, new() { Task = BaselineTask.Forecast, Season = 3 }, 2);

        static void Finite(SequenceDataset data, BaselineOptions? options, int methods)
        {
            IReadOnlyList<BaselineResult> results = Baseline.CrossValidate(data, options);
            Assert.Equal(methods, results.Count);
            Assert.All(results, result => Assert.True(double.IsFinite(result.Score) && result.FoldScores.Count == 5, result.Name));
        }
    }
}
