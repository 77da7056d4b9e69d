using Elman.Kernels;
using Elman.Losses;
using Elman.Training.Ridge;

namespace Elman.Baselines;

/// <summary>
/// Least squares with a penalty on <see cref="ChannelStatistics"/>, with the penalty chosen by leave-one-out
/// (<see cref="RidgeRegression"/>).
/// </summary>
internal abstract class RidgeOnStatistics : BaselineMethod
{
    public override string Name => "ridge on statistics";

    public override BaselineAnswers Answer(
        SequenceDataset train, SequenceDataset test, Workers workers, CancellationToken cancellationToken)
    {
        ChannelStatistics statistics = ChannelStatistics.Fit(train);
        float[][] x = Rounded(statistics.Of(train)), others = Rounded(statistics.Of(test));
        cancellationToken.ThrowIfCancellationRequested();
        int outputs = OutputsOf(train);
        using var regression = new RidgeRegression(x[0].Length, outputs, workers);
        for (int i = 0; i < x.Length; i++)
            regression.Add(x[i], new RidgeCase(i, 0, Target(train, i), 1));
        RidgeSolution[] solutions = regression.Solve(null) ?? [];
        double[] scales = ScalesOf(solutions, outputs);
        return new BaselineAnswers(Name, [.. others.Select(row =>
        {
            double[] scores = new double[outputs];
            foreach (RidgeSolution solution in solutions)
                for (int o = 0; o < solution.Outputs.Length; o++)
                    scores[solution.Outputs[o]] = scales[solution.Outputs[o]] * (solution.Predict(o, row) - ZeroScore);
            return Express(scores);
        })]);
    }

    /// <summary>The number of targets.</summary>
    protected virtual int OutputsOf(SequenceDataset train) => train.TargetNames.Count;

    /// <summary>The targets of a sequence; NaN if unknown.</summary>
    protected virtual double[] Target(SequenceDataset train, int index) =>
        Array.ConvertAll(train[index].Targets.ToArray(), target => (double)target);

    /// <summary>The output that becomes a score of 0.</summary>
    protected virtual double ZeroScore => 0;

    /// <summary>The scales of the outputs.</summary>
    protected virtual double[] ScalesOf(RidgeSolution[] solutions, int outputs) => [.. Enumerable.Repeat(1.0, outputs)];

    /// <summary>Converts scores to a prediction.</summary>
    protected virtual float[] Express(double[] scores) => Array.ConvertAll(scores, score => (float)score);

    private static float[][] Rounded(double[][] rows) => Array.ConvertAll(rows, row => Array.ConvertAll(row, value => (float)value));
}

/// <summary>One class per sequence: an output for each class, 1 for its sequences, 0 for others, and softmax of the scaled
/// outputs.</summary>
internal sealed class RidgeClassifier : RidgeOnStatistics
{
    protected override int OutputsOf(SequenceDataset train) => train.ClassLabels.Count;

    protected override double[] Target(SequenceDataset train, int index)
    {
        double[] target = new double[train.ClassLabels.Count];
        target[train[index].Label] = 1;
        return target;
    }

    protected override double[] ScalesOf(RidgeSolution[] solutions, int outputs) => ReadoutScale.OfOneClass(solutions[0]);

    protected override float[] Express(double[] scores)
    {
        float[] answer = base.Express(scores);
        Softmax.Apply<float>(answer, answer);
        return answer;
    }
}

/// <summary>Multi-label classification: an output for each class, and σ of its scaled distance from one half.</summary>
internal sealed class RidgeLabels : RidgeOnStatistics
{
    protected override double ZeroScore => 0.5;

    protected override double[] ScalesOf(RidgeSolution[] solutions, int outputs) => ReadoutScale.OfManyClasses(solutions);

    protected override float[] Express(double[] scores)
    {
        float[] answer = base.Express(scores);
        ClassSigmoid.Apply<float>(answer);
        return answer;
    }
}

/// <summary>Regression: an output for each target.</summary>
internal sealed class RidgeRegressor : RidgeOnStatistics;
