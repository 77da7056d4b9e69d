using Elman.Losses;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Training.Objectives;

namespace Elman.Tests.Training;

/// <summary>The targets of a forecaster.</summary>
public class ForecastObjectiveTests
{
    [Theory]
    [InlineData(MissingValues.Mask)]
    [InlineData(MissingValues.Last)]
    [InlineData(MissingValues.Indicate)]
    public void The_targets_are_the_next_steps_of_the_data_and_missing_ones_are_not_evaluated(MissingValues way)
    {
        const int Horizon = 3;
        SequenceDataset data = Gaps.In(Gaps.Complete("forecast", 7, seed: 1), seed: 2);
        Preprocessing preprocessing = Preprocessing.Fit(data, way, standardize: true);
        Standardization scale = preprocessing.Standardization!;
        int[] indices = [5, 0, 3, 6];
        using var batch = new SequenceBatch<double>();
        batch.Fill(data, indices, preprocessing);
        using var objective = new ForecastObjective<double>(new LossFunction(Loss.MeanSquared), Horizon, scale);
        objective.Prepare(batch, data, indices);
        double[] outputs = [.. Enumerable.Range(0, batch.Rows * Horizon * 2).Select(i => Math.Sin(i))],
            gradient = new double[outputs.Length];
        LossResult result = objective.Evaluate(LayerWindow<double>.All(batch), outputs, gradient);

        double sum = 0;
        int count = 0;
        double[] slopes = new double[outputs.Length];
        for (int place = 0; place < batch.Count; place++)
        {
            Sequence sequence = data[indices[batch.Order[place]]];
            int[] taken = [.. Enumerable.Range(0, sequence.Steps)
                .Where(t => way != MissingValues.Mask || !(float.IsNaN(At(t, 0)) || float.IsNaN(At(t, 1))))];
            Assert.Equal(taken.Length, batch.Lengths[place]);
            for (int row = 0; row < taken.Length; row++)
            {
                for (int ahead = 1; ahead <= Horizon && taken[row] + ahead < sequence.Steps; ahead++)
                {
                    for (int c = 0; c < 2; c++)
                    {
                        int i = ((((batch.RowOf(row) + place) * Horizon) + ahead - 1) * 2) + c;
                        double error = outputs[i] - ((At(taken[row] + ahead, c) - scale.Means[c]) / scale.Deviations[c]);
                        if (double.IsNaN(error))
                            continue;
                        sum += error * error;
                        slopes[i] = 2 * error;
                        count++;
                    }
                }
            }

            float At(int t, int c) => sequence.Values.Span[(t * 2) + c];
        }
        Assert.Equal((count, count), (result.Count, (int)result.Weight));
        Oracles.Close.Assert("loss", [sum / count], [result.Loss], 1e-12, 0);
        Oracles.Close.Assert("gradient", [.. slopes.Select(slope => slope / count)], gradient, 1e-12, 0);
    }

    [Fact]
    public void Forecasts_and_unchanged_values_are_evaluated_on_the_same_values()
    {
        float gap = float.NaN;
        var data = new SequenceDataset(1, [], [new(new[] { gap, 2, gap, 5, 7 }, 1)]);
        // At steps 1 to 3 a value was known; of the steps after them, the second (step 2) is missing.
        float[] answers = [100, 3, 6, 10, 100];
        var evaluation = ForecastEvaluation.From(data, 1, [answers]);
        NumberScore score = Assert.Single(evaluation.PerStepAhead), naive = Assert.Single(evaluation.Naive);
        Assert.Equal((2, 2), (score.Cases, naive.Cases));
        Assert.Equal((1 + 3) / 2.0, score.Mae, 1e-12); // 6 for 5, 10 for 7
        Assert.Equal((3 + 2) / 2.0, naive.Mae, 1e-12); // the last seen, 2 for 5, and 5 for 7
    }
}
