using System.Globalization;
using Elman.Cli.Options;
using Elman.Cli.Reports;

namespace Elman.Cli.Tasks;

/// <summary>The end of the series of a forecast, on which a model is tested that has learned from their beginnings.</summary>
/// <param name="Beginnings">What the tested model learns from.</param>
/// <param name="Ends">What it is tested on.</param>
/// <param name="Share">The share of the steps that is the end.</param>
internal sealed record HeldOutEnd(SequenceDataset Beginnings, SequenceDataset Ends, double Share)
{
    /// <summary>The share that is held out unless another is chosen.</summary>
    public const double DefaultShare = 0.2;

    /// <summary>Steps of all ends together.</summary>
    private int Steps => Ends.Sum(sequence => sequence.Steps - sequence.ContextSteps);

    /// <summary>Divides the data of a forecast for which there are no test data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="choice">What was said of test data, if anything.</param>
    /// <param name="options">How it is trained.</param>
    /// <returns><see langword="null"/> where nothing is held out.</returns>
    /// <exception cref="CommandException">A share was chosen, and the data can't be divided.</exception>
    public static HeldOutEnd? Of(SequenceDataset data, DataChoice? choice, TrainingOptions options)
    {
        double share = choice?.Share ?? DefaultShare;
        if (share == 0)
            return null;
        if (!(share is > 0 and < 1))
            throw new CommandException(
                $"--test is {share.ToString(CultureInfo.InvariantCulture)}; a share of each series is between 0 and 1.");
        if (data.DivideInTime(share, options.Horizon, options.Known) is (var beginnings, var ends))
        {
            SequenceDataset judged = ends.Without(options.Known);
            bool hasValues = judged.Any(
                sequence => sequence.Values.Span[(sequence.ContextSteps * judged.Channels)..].ContainsAnyExcept(float.NaN));
            return hasValues ? new HeldOutEnd(beginnings, ends, share) : throw new CommandException(
                $"The last {Figures.Percent(share)} of {data.Name} have no value to test on; give another share, such as --test 0 for "
                    + "none.");
        }
        return choice is null ? null : throw new CommandException(
            $"The series of {data.Name} are too short to test on their ends, or there are many of them without "
                + "dates; name test data, or leave out --test.");
    }

    /// <summary>What is tested on, as a sentence says it.</summary>
    public string Describe()
    {
        Sequence first = Ends[0];
        string from = Ends.Count == 1 && first.Times is { } times ? $", from {times.TextAt(first.ContextSteps)} on" : "";
        return $"the last {Figures.Percent(Share)} of {(Ends.Count == 1 ? "the series" : $"{Figures.Count(Ends.Count)} series")}, "
            + $"{Figures.Count(Steps, "step")}{from}; afterwards the model learns from all";
    }
}
