using Elman.Evaluations;

namespace Elman;

/// <summary>The predictions of a regressor or forecaster for known numbers, case by case, in the units of the data.</summary>
/// <remarks>
/// Figures over several targets or channels, whose units may differ, are <c>nrmse</c> and <c>r2</c>: each error is divided by the standard
/// deviation of its target or channel, so that <c>nrmse² = 1 − r2</c>. One that does not vary is left out of them.
/// </remarks>
public sealed class NumberAnswers : CaseAnswers
{
    private readonly List<NumberCase> _cases;
    private readonly IReadOnlyList<Part> _parts;
    private readonly int _outputs;

    private NumberAnswers(List<NumberCase> cases, int outputs, IReadOnlyList<Part> parts, (int[] Units, string Name) units)
        : base(units.Units, units.Name)
    {
        (_cases, _outputs, _parts) = (cases, outputs, parts);
    }

    /// <summary>Returns a case.</summary>
    /// <param name="index">The case, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such case.</exception>
    public NumberCase this[int index] => _cases[index];

    /// <summary>Collects the predictions of a regressor.</summary>
    internal static NumberAnswers OfTargets(IReadOnlyList<string> names, SequenceDataset data, IEnumerable<float[]> answers)
    {
        var cases = new List<NumberCase>();
        int i = 0;
        foreach (float[] answer in answers)
        {
            ReadOnlySpan<float> targets = data[i].Targets.Span;
            for (int o = 0; o < names.Count; o++)
                if (!float.IsNaN(targets[o]))
                    cases.Add(new NumberCase(i, -1, 0, o, targets[o], answer[o]));
            i++;
        }
        return new NumberAnswers(
            cases, names.Count, [.. names.Select((name, o) => new Part(FigurePart.Target, name, 0, cases.Count, o))],
            UnitsOf(data, cases.Select(one => one.Sequence)));
    }

    /// <summary>Collects forecasts, on the same steps as <see cref="ForecastEvaluation"/>.</summary>
    internal static NumberAnswers OfForecasts(SequenceDataset data, int horizon, float[][] answers)
    {
        int[] reachable = [.. Enumerable.Range(1, Math.Min(horizon, data.MaxSteps - 1))];
        var cases = new List<NumberCase>();
        int channels = data.OwnChannels;
        var steps = new List<Part>();
        foreach (int ahead in reachable)
        {
            int first = cases.Count;
            for (int i = 0; i < data.Count; i++)
                foreach ((int step, int channel, double target, double answer, _) in ForecastPairs.Of(data, i, ahead, horizon, answers[i]))
                    cases.Add(new NumberCase(i, step, ahead, channel, target, answer));
            steps.Add(new Part(FigurePart.StepAhead, ForecastPairs.NameOf(ahead), first, cases.Count, channels > 1 ? null : 0));
        }
        IEnumerable<Part> ofChannels = Enumerable.Range(0, channels).Select(
            channel => new Part(FigurePart.Channel, ForecastPairs.NameOf(data, channel), 0, cases.Count, channel));
        return new NumberAnswers(
            cases, channels, [.. steps, .. channels > 1 ? ofChannels : []], TimeUnits.Of(data, horizon, cases));
    }

    /// <inheritdoc/>
    internal override double MainFigure => ErrorIn(ScalesOf(Whole));

    private protected override FigureInterval MeasureMain(IntervalOptions options) => Figures(Whole, options).First();

    /// <summary>The error of a part of some data, such as a fold; of several targets in standard deviations of all the data.</summary>
    internal double MainFigureWithin(SequenceDataset all)
    {
        return _outputs == 1 ? MainFigure : ErrorIn([.. Enumerable.Range(0, _outputs).Select(DeviationOf)]);

        double DeviationOf(int output)
        {
            double[] targets = [.. all.Select(sequence => (double)sequence.Targets.Span[output]).Where(double.IsFinite)];
            double mean = targets.DefaultIfEmpty().Average();
            return Math.Sqrt(targets.Sum(target => (target - mean) * (target - mean)) / Math.Max(1, targets.Length));
        }
    }

    private double ErrorIn(double[] scales)
    {
        NumberCase[] used = [.. _cases.Where(one => scales[one.Output] > 0)];
        return Math.Sqrt(used.Sum(one => one.Error * one.Error / (scales[one.Output] * scales[one.Output])) / used.Length);
    }

    /// <summary>All cases together.</summary>
    private Part Whole => new(FigurePart.All, null, 0, Cases, _outputs > 1 ? null : 0);

    private protected override IReadOnlyList<FigureInterval> Measure(IntervalOptions options) =>
        [.. (_parts.Count > 1 ? _parts : []).Prepend(Whole).SelectMany(part => Figures(part, options))];

    private protected override PairedComparison Compare(CaseAnswers other, IntervalOptions options)
    {
        var numbers = (NumberAnswers)other;
        double[] scales = ScalesOf(Whole), differences = new double[Units], counts = new double[Units];
        int better = 0, worse = 0;
        for (int i = 0; i < Cases; i++)
        {
            double error = _cases[i].Error, otherError = numbers._cases[i].Error, scale = scales[_cases[i].Output];
            if (!(scale > 0))
                continue;
            better += Math.Abs(error) < Math.Abs(otherError) ? 1 : 0;
            worse += Math.Abs(error) > Math.Abs(otherError) ? 1 : 0;
            differences[UnitOfCase[i]] += ((error * error) - (otherError * otherError)) / (scale * scale);
            counts[UnitOfCase[i]]++;
        }
        return PairedComparison.OfUnits(_outputs > 1 ? "nrmse" : "rmse", differences, counts, better, worse, options);
    }

    private IEnumerable<FigureInterval> Figures(Part part, IntervalOptions options)
    {
        double[] counts = new double[Units], squares = new double[Units], errors = new double[Units], spreads = new double[Units];
        (double[] means, double[] deviations) = DeviationsOf(part);
        double[] scales = ScalesOf(part, deviations);
        for (int i = part.First; i < part.End; i++)
        {
            NumberCase one = _cases[i];
            if ((part.Output ?? one.Output) != one.Output || !(scales[one.Output] > 0))
                continue;
            int unit = UnitOfCase[i];
            double error = one.Error / scales[one.Output], distance = (one.Target - means[one.Output]) / scales[one.Output];
            counts[unit]++;
            squares[unit] += error * error;
            errors[unit] += Math.Abs(error);
            spreads[unit] += distance * distance;
        }
        int[] used = [.. Enumerable.Range(0, Units).Where(unit => counts[unit] > 0)];
        yield return Figure(part.IsScaled ? "nrmse" : "rmse", Of(squares, counts, Math.Sqrt));
        if (!part.IsScaled)
            yield return Figure("mae", Of(errors, counts, error => error));
        ConfidenceInterval rest = deviations.Any(deviation => deviation > 0)
            ? Of(squares, spreads, share => 1 - share)
            : ConfidenceInterval.Unknown(double.NaN, options.Level);
        yield return Figure("r2", rest with { Lower = rest.Upper, Upper = rest.Lower });

        ConfidenceInterval Of(double[] sums, double[] weights, Func<double, double> transform) => new RatioBootstrap(
            [.. used.Select(unit => sums[unit])], [.. used.Select(unit => weights[unit])], options).Positive(transform);

        FigureInterval Figure(string name, ConfidenceInterval interval) => new(name, part.Name, interval) { Part = part.Kind };
    }

    /// <summary>What the errors of each output are divided by: 1, or the standard deviation of its targets.</summary>
    private double[] ScalesOf(Part part, double[]? deviations = null)
    {
        double[] scales = new double[_outputs];
        Array.Fill(scales, 1);
        return part.IsScaled ? deviations ?? DeviationsOf(part).Deviations : scales;
    }

    /// <summary>The mean and the standard deviation of the targets of each output.</summary>
    private (double[] Means, double[] Deviations) DeviationsOf(Part part)
    {
        double[] means = new double[_outputs], squares = new double[_outputs];
        int[] counts = new int[_outputs];
        for (int i = part.First; i < part.End; i++)
        {
            NumberCase one = _cases[i];
            if ((part.Output ?? one.Output) != one.Output)
                continue;
            double fromOldMean = one.Target - means[one.Output];
            means[one.Output] += fromOldMean / ++counts[one.Output];
            squares[one.Output] += fromOldMean * (one.Target - means[one.Output]);
        }
        return (means, [.. squares.Select((square, o) => Math.Sqrt(square / Math.Max(1, counts[o])))]);
    }

    /// <summary>Cases that have figures of their own.</summary>
    /// <param name="Kind">What they have in common.</param>
    /// <param name="Name">Its name; <see langword="null"/> for all cases.</param>
    /// <param name="First">The first case.</param>
    /// <param name="End">The end of the cases.</param>
    /// <param name="Output">The only output; <see langword="null"/> for several, whose errors are divided by standard deviations.</param>
    private sealed record Part(FigurePart Kind, string? Name, int First, int End, int? Output)
    {
        public bool IsScaled => Output is null;
    }
}

/// <summary>A predicted number with the true one, in the units of the data.</summary>
/// <param name="Sequence">The index of the sequence.</param>
/// <param name="Step">For a forecast, the step whose value is predicted; −1 for a target of a sequence.</param>
/// <param name="Ahead">For a forecast, the number of steps ahead; otherwise 0.</param>
/// <param name="Output">The index of the target, or of the channel of a forecast.</param>
/// <param name="Target">The true number.</param>
/// <param name="Answer">The predicted number.</param>
public readonly record struct NumberCase(int Sequence, int Step, int Ahead, int Output, double Target, double Answer)
{
    /// <summary>The predicted number minus the true one.</summary>
    public double Error => Answer - Target;
}
