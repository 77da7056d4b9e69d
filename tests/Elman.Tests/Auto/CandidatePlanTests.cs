using Elman.Auto;
using Elman.Models;
using Elman.Sequences;
using Elman.Training.Tasks;

namespace Elman.Tests.Auto;

/// <summary>The candidates that are tried within a budget.</summary>
public sealed class CandidatePlanTests
{
    private static readonly TrainingOptions _options = TrainingOptions.Auto with
    {
        Forecast = new() { Horizon = 24, Calendar = CalendarCycles.None },
    };

    private static readonly DataShape _year = DataShape.Of(SequenceTask.Forecast, Load.Series(days: 365), _options) with
    { IsDividedInTime = true };

    [Fact]
    public void The_work_of_a_forecast_counts_the_fits_to_beginnings_to_all_and_for_quantiles_to_what_is_beside_each_part()
    {
        double[] with = Seconds(_options), without = Seconds(_options with { Forecast = _options.Forecast with { Quantiles = [] } });
        Assert.Equal(with.Length, without.Length);
        for (int i = 0; i < with.Length; i++)
            Assert.Equal((0.75 + 1 + (2 * 0.75)) / (0.75 + 1), with[i] / without[i], 1e-9);
        // A trained network processes every step twice per epoch, because pieces overlap by half.
        PlannedCandidate gru = All(_options).Single(planned => planned.Candidate.Name == "gru");
        ModelSpec spec = gru.Options.SpecFor(1, 24, ModelTask.Forecast, SymbolTables.None);
        DataShape pieces = _year with { Sequences = SequencePieces.CountOf(_year.TotalSteps, 24) };
        double once = WorkEstimate.OfTraining(pieces, spec, gru.Options, 2.0 * _year.TotalSteps);
        Assert.Equal(3.25 * once, gru.Seconds, 1e-6 * once);
    }

    [Fact]
    public void What_the_budget_does_not_allow_is_said_and_the_first_is_always_tried()
    {
        (IReadOnlyList<PlannedCandidate> planned, IReadOnlyList<string> notTried) =
            CandidatePlan.For(_options with { Cell = new AutoOptions { Budget = TimeSpan.FromMilliseconds(1) } }, _year);
        Assert.Equal("last-value", Assert.Single(planned).Candidate.Name);
        Assert.Contains(notTried, sentence => sentence.StartsWith("gru: about", StringComparison.Ordinal));
    }

    [Fact]
    public void Candidates_choose_options_that_are_at_their_defaults_unless_those_are_fixed()
    {
        DataShape data = DataShape.Of(SequenceTask.Classify, Waves.Create(40, seed: 1), TrainingOptions.Auto);
        Assert.Contains(Planned(new AutoOptions()), planned => planned.Options.Inputs.Differences > 0);
        var choice = new AutoOptions { Fixed = ["Differences", "Readout"] };
        Assert.All(Planned(choice), planned =>
        {
            Assert.Equal(0, planned.Options.Inputs.Differences);
            Assert.Equal(Readout.Last, planned.Options.Model.Readout);
        });
        Assert.Equal(["Fixed names Difference, which is no option."],
            new TrainingOptions { Cell = new AutoOptions { Fixed = ["Difference"] } }.FindProblems());

        IReadOnlyList<PlannedCandidate> Planned(AutoOptions auto) =>
            CandidatePlan.For(new TrainingOptions { Cell = auto with { Budget = TimeSpan.FromDays(1) } }, data).Planned;
    }

    private static double[] Seconds(TrainingOptions options) => [.. All(options).Select(planned => planned.Seconds)];

    private static IReadOnlyList<PlannedCandidate> All(TrainingOptions options) =>
        CandidatePlan.For(options with { Cell = new AutoOptions { Budget = TimeSpan.FromDays(1) } }, _year).Planned;
}
