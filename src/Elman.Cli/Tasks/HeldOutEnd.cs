using System.Globalization;
using Elman.Cli.Options;
using Elman.Cli.Reports;

namespace Elman.Cli.Tasks;

/// <summary>The held-out end of the series for a forecaster, which is trained on their beginnings.</summary>
/// <param name="Beginnings">The training data of the tested model.</param>
/// <param name="Ends">The test data.</param>
/// <param name="Share">The share of the steps that is held out.</param>
internal sealed record HeldOutEnd(SequenceDataset Beginnings, SequenceDataset Ends, double Share)
{
    /// <summary>The default share.</summary>
    public const double DefaultShare = 0.2;

    /// <summary>The total number of steps of all ends.</summary>
    private int Steps => Ends.Sum(sequence => sequence.Steps - sequence.ContextSteps);

    /// <summary>Splits the data of a forecaster if there are no test data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="choice">The value of the test option, if any.</param>
    /// <param name="options">The training options.</param>
    /// <returns>The parts; <see langword="null"/> if nothing is held out.</returns>
    /// <exception cref="CommandException">A share was given, but the data can't be split.</exception>
    public static HeldOutEnd? Of(SequenceDataset data, DataChoice? choice, TrainingOptions options)
    {
        double share = choice?.Share ?? DefaultShare;
        if (share == 0)
            return null;
        if (!(share is > 0 and < 1))
            throw new CommandException(
                $"--test is {share.ToString(CultureInfo.InvariantCulture)}; it must be a share between 0 and 1, or test data.");
        if (data.DivideInTime(share, options.Forecast.Horizon, options.Forecast.Known) is (var beginnings, var ends))
        {
            SequenceDataset judged = ends.Without(options.Forecast.Known);
            bool hasValues = judged.Any(
                sequence => sequence.Values.Span[(sequence.ContextSteps * judged.Channels)..].ContainsAnyExcept(float.NaN));
            return hasValues ? new HeldOutEnd(beginnings, ends, share) : throw new CommandException(
                $"The last {Figures.Percent(share)} of {data.Name} has no value to test on; give another share, or --test 0 for no test.");
        }
        return choice is null ? null : throw new CommandException(
            $"The series of {data.Name} are too short to hold out their ends, or they are many and have no dates; name test data, or "
                + "leave out --test.");
    }

    /// <summary>Describes the test data.</summary>
    public string Describe()
    {
        Sequence first = Ends[0];
        string from = Ends.Count == 1 && first.Times is { } times ? $", from {times.TextAt(first.ContextSteps)} on" : "";
        return $"the last {Figures.Percent(Share)} of {(Ends.Count == 1 ? "the series" : $"{Figures.Count(Ends.Count)} series")}, "
            + $"{Figures.Count(Steps, "step")}{from}; afterwards the model is trained on all data";
    }
}
