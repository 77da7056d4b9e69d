using System.Globalization;
using Elman.Cli.Tasks;
using Elman.Reports;

namespace Elman.Cli.Reports;

/// <summary>The cases of a report: the worst ones, and one for each class with what speaks for its prediction.</summary>
internal static class ReportCases
{
    /// <summary>The number of worst cases, of examples that are explained, and the largest size of one that is.</summary>
    private const int Most = 12, MostExamples = 12;

    private const long MostExplained = 400_000;

    /// <summary>The longest list of the classes of steps that is written, and the number of last steps of a forecast that are
    /// drawn.</summary>
    private const int MostLetters = 60, LastSteps = 240;

    /// <summary>Returns the worst cases.</summary>
    /// <param name="task">The model.</param>
    /// <param name="data">The data.</param>
    /// <param name="cases">The predictions.</param>
    /// <param name="channels">The channels that are drawn.</param>
    public static IReadOnlyList<ReportCase> Worst(TaskRun task, SequenceDataset data, CaseAnswers cases, int[] channels) => cases switch
    {
        ClassAnswers { AreSteps: false } classes => [.. Enumerable.Range(0, classes.Cases)
            .OrderBy(i => classes.ProbabilitiesOf(i)[classes.LabelOf(i)]).Take(Most).Select(i => OfClass(data, classes, i, channels))],
        ClassAnswers steps => [.. Enumerable.Range(0, steps.Cases).GroupBy(steps.SequenceOf)
            .OrderByDescending(sequence => sequence.Count(i => steps.PredictedOf(i) != steps.LabelOf(i)) / (double)sequence.Count())
            .Take(Most).Select(sequence => OfSteps(data, steps, [.. sequence], channels))],
        LabelAnswers labels => [.. Enumerable.Range(0, labels.Cases).OrderByDescending(labels.LossOf).Take(Most)
            .Select(i => OfLabels(data, labels, i, channels))],
        NumberAnswers numbers when task.Estimator is SequenceForecaster forecaster =>
            ReportForecasts.Worst(forecaster, data, numbers, Most),
        NumberAnswers numbers => OfNumbers(task, data, numbers, channels),
        _ => [],
    };

    /// <summary>Returns an example of each class, the one that is predicted with the highest probability, with what speaks for
    /// it.</summary>
    /// <inheritdoc cref="Worst"/>
    public static IReadOnlyList<ReportSaliency> Saliencies(TaskRun task, SequenceDataset data, CaseAnswers cases, int[] channels)
    {
        IEnumerable<(int Sequence, int? Output)> examples = cases switch
        {
            ClassAnswers classes => Enumerable.Range(0, classes.Cases).GroupBy(classes.PredictedOf).OrderBy(ofClass => ofClass.Key)
                .Select(ofClass => (classes.SequenceOf(ofClass.MaxBy(i => classes.ProbabilitiesOf(i)[ofClass.Key])), (int?)ofClass.Key)),
            LabelAnswers labels => Enumerable.Range(0, labels.Classes.Count)
                .Select(c => (Enumerable.Range(0, labels.Cases).MaxBy(i => labels.ProbabilitiesOf(i)[c]), (int?)c)),
            _ => Enumerable.Range(0, task.Names.Count).Select(o => (0, (int?)o)),
        };
        var saliencies = new List<ReportSaliency>();
        foreach ((int sequence, int? output) in examples.Take(MostExamples))
        {
            if ((long)data[sequence].Steps * data.Channels > MostExplained)
                continue;
            Saliency saliency = task.Estimator.Explain(data, sequence, output);
            double[] perStep = [.. Enumerable.Range(0, saliency.Steps).Select(t =>
                Enumerable.Range(0, saliency.Channels).Sum(c => saliency[t, c]))];
            // What speaks for a forecast is at the end of the series.
            int skipped = task.Kind == TaskKind.Forecast ? Math.Max(0, saliency.Steps - LastSteps) : 0;
            string name = skipped > 0 ? $"{NameOf(data, sequence)}, the last {LastSteps} steps" : NameOf(data, sequence);
            saliencies.Add(new ReportSaliency(
                name, saliency.Output, saliency.Method, SeriesOf(data, sequence, channels, null, skipped), perStep[skipped..]));
        }
        return saliencies;
    }

    /// <summary>The id of a sequence, or its number.</summary>
    public static string NameOf(SequenceDataset data, int sequence) => data[sequence].Id is { Length: > 0 } id
        ? id
        : $"sequence {(sequence + 1).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The values of a sequence that are drawn.</summary>
    public static ReportSeries SeriesOf(
        SequenceDataset data, int sequence, int[] channels, IReadOnlyList<int>? marks = null, int skipped = 0)
    {
        Sequence one = data[sequence];
        IReadOnlyList<string> names = ColumnReport.Channels(data.ChannelNames, data.Channels);
        return new ReportSeries(
            [.. channels.Select(c => data.ChannelNames.Count > 0 ? names[c] : $"channel {names[c]}")],
            [.. channels.Select(c => (IReadOnlyList<double>)[.. Enumerable.Range(skipped, one.Steps - skipped).Select(t =>
                one.Values.Span[(t * data.Channels) + c] + data.Offsets.OfChannel(c))])],
            data.Channels)
        {
            Text = data.Channels == 1 && data.IsText(0) ? TextOf(data.Vocabularies[0]!, one) : null,
            Marks = marks ?? [],
        };
    }

    private static string TextOf(Vocabulary vocabulary, Sequence sequence) => string.Join(
        vocabulary.Tokens == TextTokens.Characters ? "" : " ", sequence.Values.ToArray().Take(500).Select(value =>
            value is >= 1 && value <= vocabulary.Symbols.Count ? vocabulary.Symbols[(int)value - 1] : "?"));

    private static ReportCase OfClass(SequenceDataset data, ClassAnswers classes, int i, int[] channels)
    {
        int label = classes.LabelOf(i), predicted = classes.PredictedOf(i);
        ReadOnlySpan<float> row = classes.ProbabilitiesOf(i);
        string detail = label == predicted
            ? $"Probability {Figures.Percent(row[label])}."
            : $"Probabilities {Figures.Percent(row[label])} and {Figures.Percent(row[predicted])}.";
        return new ReportCase(NameOf(data, i), classes.Classes[label], classes.Classes[predicted], detail, label == predicted,
            SeriesOf(data, i, channels));
    }

    private static ReportCase OfSteps(SequenceDataset data, ClassAnswers steps, int[] cases, int[] channels)
    {
        int sequence = steps.SequenceOf(cases[0]);
        int[] wrong = [.. cases.Where(i => steps.PredictedOf(i) != steps.LabelOf(i))];
        string detail = $"{Figures.Count(wrong.Length)} of {Figures.Count(cases.Length, "step")} wrong";
        if (wrong.Length > 0)
        {
            (int truth, int answer) = wrong.GroupBy(i => (steps.LabelOf(i), steps.PredictedOf(i))).MaxBy(pair => pair.Count())!.Key;
            detail += $", most often {steps.Classes[truth]} as {steps.Classes[answer]}";
        }
        string labels = string.Join(' ', cases.Select(i => steps.Classes[steps.LabelOf(i)]));
        string answers = string.Join(' ', cases.Select(i => steps.Classes[steps.PredictedOf(i)]));
        bool isShort = labels.Length <= MostLetters && answers.Length <= MostLetters;
        return new ReportCase(NameOf(data, sequence), isShort ? labels : "", isShort ? answers : "", detail + ".", wrong.Length == 0,
            SeriesOf(data, sequence, channels, [.. wrong.Select(steps.StepOf)]));
    }

    private static ReportCase OfLabels(SequenceDataset data, LabelAnswers labels, int i, int[] channels)
    {
        string truth = Join(labels, c => labels.TargetsOf(i)[c] > 0.5f), answer = Join(labels, c => labels.ProbabilitiesOf(i)[c] >= 0.5f);
        string unknown = Join(labels, c => float.IsNaN(labels.TargetsOf(i)[c]), "");
        return new ReportCase(NameOf(data, i), truth, answer, unknown.Length > 0 ? $"Not known: {unknown}." : "", labels.IsExact(i),
            SeriesOf(data, i, channels));
    }

    private static string Join(LabelAnswers labels, Func<int, bool> applies, string none = "no class") => string.Join(
        ", ", Enumerable.Range(0, labels.Classes.Count).Where(applies).Select(c => labels.Classes[c]).DefaultIfEmpty(none));

    /// <summary>The sequences with the largest error of a target, in standard deviations of the target.</summary>
    private static IReadOnlyList<ReportCase> OfNumbers(TaskRun task, SequenceDataset data, NumberAnswers numbers, int[] channels)
    {
        NumberCase[] all = [.. Enumerable.Range(0, numbers.Cases).Select(i => numbers[i])];
        double[] spreads = [.. Enumerable.Range(0, task.Names.Count).Select(o =>
        {
            double[] targets = [.. all.Where(one => one.Output == o).Select(one => one.Target)];
            double mean = targets.DefaultIfEmpty().Average();
            double squares = targets.Sum(target => (target - mean) * (target - mean));
            // A target that does not vary counts last, unless it is the only one.
            return squares > 0 ? Math.Sqrt(squares / targets.Length) : task.Names.Count > 1 ? double.PositiveInfinity : 1;
        })];
        return [.. all.OrderByDescending(one => Math.Abs(one.Error) / spreads[one.Output]).DistinctBy(one => one.Sequence).Take(Most)
            .Select(one =>
            {
                double offset = task.Estimator.Offsets.OfTarget(task.Names[one.Output]);
                return new ReportCase(
                    NameOf(data, one.Sequence), $"{task.Names[one.Output]} = {Figures.Number(one.Target + offset)}",
                    Figures.Number(one.Answer + offset), $"Error {Figures.Number(one.Error)}.", null,
                    SeriesOf(data, one.Sequence, channels));
            })];
    }
}
