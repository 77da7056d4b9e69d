
namespace Elman.Tests.Evaluations;

public sealed class PooledFiguresTests
{
    private static readonly float[] _value = [0];

    [Fact]
    public void Figures_over_several_targets_do_not_depend_on_their_units()
    {
        NumberAnswers same = Targets(1), other = Targets(1024);
        Assert.Equal(Pooled(same), Pooled(other));
        Assert.Equal(same.CompareWith(Targets(1, factor: 0.9f))!.PValue, other.CompareWith(Targets(1024, factor: 0.9f))!.PValue);
        Assert.Equal("nrmse", same.CompareWith(same)!.Figure);
    }

    [Fact]
    public void The_pooled_error_is_that_of_a_plain_loop_over_the_targets()
    {
        NumberAnswers answers = Targets(1000);
        double sum = 0;
        for (int o = 0; o < 2; o++)
        {
            NumberCase[] cases = [.. Enumerable.Range(0, answers.Cases).Select(i => answers[i]).Where(one => one.Output == o)];
            double mean = cases.Average(one => one.Target);
            sum += cases.Sum(one => one.Error * one.Error) / cases.Sum(one => (one.Target - mean) * (one.Target - mean));
        }
        FigureInterval[] pooled = [.. answers.Intervals().Where(figure => figure.Of is null)];
        Assert.Equal(["nrmse", "r2"], pooled.Select(figure => figure.Figure));
        Assert.Equal(Math.Sqrt(sum / 2), pooled[0].Interval.Estimate, 1e-12);
        Assert.Equal(1 - (sum / 2), pooled[1].Interval.Estimate, 1e-12);
        Assert.True(pooled[0].Interval.HasLimits && pooled[1].Interval.Lower < pooled[1].Interval.Estimate);
    }

    [Fact]
    public void One_target_has_figures_in_its_own_unit()
    {
        NumberAnswers answers = Targets(1000);
        FigureInterval[] second = [.. answers.Intervals().Where(figure => figure.Of == "y2")];
        Assert.Equal(["rmse", "mae", "r2"], second.Select(figure => figure.Figure));
        Assert.All(second, figure => Assert.Equal(FigurePart.Target, figure.Part));
        Assert.InRange(second[0].Interval.Estimate, 100, 1000);
    }

    [Fact]
    public void A_target_that_does_not_vary_is_left_out_of_the_pooled_figures()
    {
        NumberAnswers answers = Targets(0);
        double alone = Pooled(Targets(1, only: 1)).Single(pair => pair.Figure == "r2").Estimate;
        Assert.Equal(alone, Pooled(answers).Single(pair => pair.Figure == "r2").Estimate, 1e-12);
        Assert.True(double.IsNaN(answers.Intervals().Single(figure => figure is { Of: "y2", Figure: "r2" }).Interval.Estimate));
    }

    [Fact]
    public void The_coefficient_of_determination_of_a_step_ahead_is_the_mean_of_the_channels()
    {
        SequenceDataset series = Series();
        float[][] answers = [[.. Enumerable.Range(0, 60 * 2).Select(i => (float)Math.Sin(i * i))]];
        NumberScore step = ForecastEvaluation.From(series, 1, answers).PerStepAhead[0];
        IReadOnlyList<NumberScore> channels = ForecastEvaluation.From(series, 1, answers).PerChannel;
        Assert.Equal(channels.Average(channel => channel.R2), step.R2, 1e-6);
        FigureInterval pooled = NumberAnswers.OfForecasts(series, 1, answers).Intervals().First(figure => figure.Figure == "r2");
        Assert.Equal(step.R2, pooled.Interval.Estimate, 1e-6);
    }

    [Fact]
    public void Evaluations_pool_errors_as_the_figures_do()
    {
        SequenceDataset series = Series();
        float[][] answers = [[.. Enumerable.Range(0, 60 * 4).Select(i => (float)Math.Sin(i * i))]];
        NumberScore all = ForecastEvaluation.From(series, 2, answers).All;
        Assert.Equal(("NRMSE", true), (all.RmseName, all.IsScaled));
        Assert.Equal(NumberAnswers.OfForecasts(series, 2, answers).MainFigure, all.Rmse, 1e-9 * all.Rmse);
        Assert.Equal(all.Rmse * all.Rmse, 1 - all.R2, 1e-9 * all.Rmse * all.Rmse);
        Assert.False(ForecastEvaluation.From(series, 2, answers).PerChannel[0].IsScaled);
    }

    [Fact]
    public void Steps_ahead_and_channels_are_told_apart_although_a_channel_has_the_name_of_a_step()
    {
        SequenceDataset series = Series();
        IReadOnlyList<FigureInterval> figures = NumberAnswers.OfForecasts(series, 2, [new float[60 * 4]]).Intervals();
        Assert.Equal(
            [(FigurePart.All, null), (FigurePart.StepAhead, "1 step"), (FigurePart.StepAhead, "2 steps"), (FigurePart.Channel, "1 step"),
                (FigurePart.Channel, "b")],
            figures.Select(figure => (figure.Part, figure.Of)).Distinct());
    }

    private static SequenceDataset Series() => new(
        2, [], [new Sequence(Enumerable.Range(0, 120).Select(i => (float)(Math.Cos(i) + (i % 2 * 500))).ToArray(), 2)])
    {
        ChannelNames = ["1 step", "b"],
    };

    private static List<(string Figure, double Estimate)> Pooled(NumberAnswers answers) => [.. answers.Intervals()
        .Where(figure => figure.Of is null).Select(figure => (figure.Figure, figure.Interval.Estimate))];

    /// <summary>40 sequences with two targets, the second one in another unit, and predictions that are somewhat wrong.</summary>
    private static NumberAnswers Targets(float unit, float factor = 1, int only = 2)
    {
        string[] names = [.. new[] { "y1", "y2" }.Take(only)];
        var random = new SeededRandom(3);
        var targets = new List<float[]>();
        var answers = new List<float[]>();
        for (int i = 0; i < 40; i++)
        {
            float first = (float)random.NextNormal(), second = (float)random.NextNormal();
            targets.Add([.. new[] { first, unit * second }.Take(only)]);
            answers.Add([first + (factor * (float)Math.Sin(i)), unit * (second + (factor * 0.5f * (float)Math.Cos(3 * i)))]);
        }
        return NumberAnswers.OfTargets(
            names, new SequenceDataset(1, [], targets.Select(row => new Sequence(_value, 1).WithTargets(row)), "data", names), answers);
    }
}
