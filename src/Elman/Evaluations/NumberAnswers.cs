using Elman.Evaluations;

namespace Elman;

/// <summary>The predictions of a regressor or forecaster for known numbers, case by case, in the units of the data.</summary>
public sealed class NumberAnswers : CaseAnswers
{
    private readonly List<NumberCase> _cases;
    private readonly IReadOnlyList<(string Name, Func<NumberCase, bool> Includes)> _parts;

    private NumberAnswers(
        List<NumberCase> cases, IReadOnlyList<(string Name, Func<NumberCase, bool> Includes)> parts, (int[] Units, string Name) units)
        : base(units.Units, units.Name)
    {
        (_cases, _parts) = (cases, parts);
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
            cases, [.. names.Select((name, o) => (name, (Func<NumberCase, bool>)(one => one.Output == o)))],
            UnitsOf(data, cases.Select(one => one.Sequence)));
    }

    /// <summary>Collects forecasts, on the same steps as <see cref="ForecastEvaluation"/>.</summary>
    internal static NumberAnswers OfForecasts(SequenceDataset data, int horizon, float[][] answers)
    {
        int[] reachable = [.. Enumerable.Range(1, Math.Min(horizon, data.MaxSteps - 1))];
        var cases = new List<NumberCase>();
        foreach (int ahead in reachable)
            for (int i = 0; i < data.Count; i++)
                foreach ((int step, int channel, double target, double answer, _) in ForecastPairs.Of(data, i, ahead, horizon, answers[i]))
                    cases.Add(new NumberCase(i, step, ahead, channel, target, answer));
        IEnumerable<(string, Func<NumberCase, bool>)> steps = reachable.Select(ahead =>
            (ForecastPairs.NameOf(ahead), (Func<NumberCase, bool>)(one => one.Ahead == ahead)));
        IEnumerable<(string, Func<NumberCase, bool>)> channels = Enumerable.Range(0, data.OwnChannels).Select(channel =>
            (ForecastPairs.NameOf(data, channel), (Func<NumberCase, bool>)(one => one.Output == channel)));
        return new NumberAnswers(cases, [.. steps, .. data.OwnChannels > 1 ? channels : []], TimeUnits.Of(data, horizon, cases));
    }

    /// <inheritdoc/>
    internal override double MainFigure => Math.Sqrt(_cases.Sum(one => one.Error * one.Error) / _cases.Count);

    private protected override IReadOnlyList<FigureInterval> Measure(IntervalOptions options)
    {
        List<FigureInterval> figures = [.. Figures(null, _ => true, options)];
        if (_parts.Count > 1)
            foreach ((string name, Func<NumberCase, bool> includes) in _parts)
                figures.AddRange(Figures(name, includes, options));
        return figures;
    }

    private protected override PairedComparison Compare(CaseAnswers other, IntervalOptions options)
    {
        var numbers = (NumberAnswers)other;
        int better = 0, worse = 0;
        for (int i = 0; i < Cases; i++)
        {
            double difference = Math.Abs(_cases[i].Error) - Math.Abs(numbers._cases[i].Error);
            (better, worse) = (better + (difference < 0 ? 1 : 0), worse + (difference > 0 ? 1 : 0));
        }
        return PairedComparison.OfSquares(
            SumsOf(i => (_cases[i].Error * _cases[i].Error) - (numbers._cases[i].Error * numbers._cases[i].Error)), SumsOf(_ => 1),
            better, worse, options);
    }

    private IEnumerable<FigureInterval> Figures(string? of, Func<NumberCase, bool> includes, IntervalOptions options)
    {
        double[] counts = new double[Units], squares = new double[Units], errors = new double[Units], spreads = new double[Units];
        double mean = _cases.Where(includes).Select(one => one.Target).DefaultIfEmpty(double.NaN).Average();
        for (int i = 0; i < Cases; i++)
        {
            NumberCase one = _cases[i];
            if (!includes(one))
                continue;
            int unit = UnitOfCase[i];
            counts[unit]++;
            squares[unit] += one.Error * one.Error;
            errors[unit] += Math.Abs(one.Error);
            spreads[unit] += (one.Target - mean) * (one.Target - mean);
        }
        int[] used = [.. Enumerable.Range(0, Units).Where(unit => counts[unit] > 0)];
        yield return new FigureInterval("rmse", of, Of(squares, counts, Math.Sqrt));
        yield return new FigureInterval("mae", of, Of(errors, counts, error => error));
        ConfidenceInterval rest = Of(squares, spreads, share => 1 - share);
        yield return new FigureInterval("r2", of, rest with { Lower = rest.Upper, Upper = rest.Lower });

        ConfidenceInterval Of(double[] sums, double[] weights, Func<double, double> transform) => new RatioBootstrap(
            [.. used.Select(unit => sums[unit])], [.. used.Select(unit => weights[unit])], options).Positive(transform);
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
