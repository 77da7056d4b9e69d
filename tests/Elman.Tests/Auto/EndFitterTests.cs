using Elman.Auto;
using Elman.Fitted;
using Elman.Learners;
using Elman.Sequences;
using Elman.Training;
using Elman.Training.Tasks;

namespace Elman.Tests.Auto;

/// <summary>Candidates that are fitted again on all data.</summary>
public sealed class EndFitterTests
{
    private static readonly TrainingOptions _options = TrainingOptions.Auto with
    {
        Forecast = new() { Horizon = 2, Calendar = CalendarCycles.None },
        Threads = 1,
        Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("last-value:1") },
    };

    [Fact]
    public void Models_fitted_to_all_data_replace_the_compared_ones()
    {
        (EndFitter fitter, CandidateFit compared) = Compared();
        CandidateFit finished = fitter.Finish(compared, CancellationToken.None);
        using (finished)
        {
            Assert.NotSame(compared.Models, finished.Models);
            Assert.All(compared.Models, model => Assert.True(model.Model.IsDisposed));
            Assert.All(finished.Models, model => Assert.False(model.Model.IsDisposed));
        }
    }

    [Fact]
    public void After_cancellation_the_compared_models_are_kept_and_nothing_is_fitted()
    {
        (EndFitter fitter, CandidateFit compared) = Compared();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        compared = compared with { Again = (_, _, _) => throw new InvalidOperationException("fitted all the same") };
        using CandidateFit finished = fitter.Finish(compared, stop.Token);
        Assert.Same(compared, finished);
        Assert.All(finished.Models, model => Assert.False(model.Model.IsDisposed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stopped_or_diverged_meanwhile_those_that_were_compared_are_kept(bool isStopped)
    {
        (EndFitter fitter, CandidateFit compared) = Compared();
        compared = compared with
        {
            Again = (_, _, _) => throw (isStopped ? new OperationCanceledException() : new TrainingDivergedException("It diverged.")),
        };
        using CandidateFit finished = fitter.Finish(compared, CancellationToken.None);
        Assert.Same(compared, finished);
        Assert.All(finished.Models, model => Assert.False(model.Model.IsDisposed));
    }

    [Fact]
    public void What_was_learned_until_it_was_stopped_is_given_up()
    {
        (EndFitter fitter, CandidateFit compared) = Compared();
        IReadOnlyList<FittedModel> partly = [];
        Func<TrainingSet, IProgress<TrainingProgress>?, CancellationToken, IReadOnlyList<FittedModel>> again = compared.Again!;
        compared = compared with
        {
            Again = (set, progress, token) => partly = [.. again(set, progress, token).Select(model => model with { Summary = Stopped })],
        };
        using CandidateFit finished = fitter.Finish(compared, CancellationToken.None);
        Assert.Same(compared, finished);
        Assert.All(finished.Models, model => Assert.False(model.Model.IsDisposed));
        Assert.True(Assert.Single(partly).Model.IsDisposed);
    }

    [Theory]
    [InlineData(1, false, 0)]
    [InlineData(1, true, 4)]
    [InlineData(2, false, 4)]
    public void A_single_series_of_few_blocks_is_divided_only_where_cases_are_needed(int sequences, bool areNeeded, int parts)
    {
        // 54 training steps are six blocks of at least eight steps: enough for four parts, but not for eight.
        (EndFitter fitter, CandidateFit compared) = Compared(days: 3, sequences);
        using (compared)
            Assert.Equal(parts, fitter.FurtherCases([(compared, 1)], areNeeded, CancellationToken.None).Count());
    }

    private static TrainingSummary Stopped => new() { Epochs = 1, BestEpoch = 1, TrainLoss = 1, Sequences = 1, Seed = 1, Cancelled = true };

    private static (EndFitter Fitter, CandidateFit Compared) Compared(int days = 4, int sequences = 1)
    {
        SequenceDataset data = Load.Series(days);
        data = data.With([], [.. Enumerable.Repeat(data[0], sequences)], []);
        var set = new TrainingSet(SequenceTask.Forecast, data, null, SymbolTables.None, new SeededRandom(1))
        { Origin = DataOrigin.Of(data, SequenceTask.Forecast, _options, "data") };
        DivisionInTime division = DivisionInTime.Of(data, EndFitter.Share, _options.Forecast.Horizon, EndFitter.Context)!;
        var fitter = new EndFitter(division, set);
        PlannedCandidate planned = CandidatePlan.For(
            _options, DataShape.Of(set.Task, data, _options) with { IsDividedInTime = true }).Planned.Single();
        planned = planned.Measured(fitter.Measured, [], CancellationToken.None)!;
        return (fitter, fitter.Fit(planned, new Progress<TrainingProgress>(), CancellationToken.None));
    }
}
