using System.Globalization;
using System.Text;
using Elman.Cli.Tasks;
using Elman.Data;

namespace Elman.Cli.Runs;

/// <summary>The out-of-fold predictions of a cross-validation as CSV: for each repeat and case the truth and the prediction.</summary>
internal static class OutOfFoldTable
{
    /// <summary>Returns the table.</summary>
    public static string Of(TaskRun task, SequenceDataset data, CrossValidationResult result)
    {
        bool hasIds = data.Count > 0 && data[0].Id is not null, areSteps = task.Kind == TaskKind.Tag;
        var text = new StringBuilder("repeat,").Append(hasIds ? "id" : "index").Append(areSteps ? ",step" : "");
        text.Append(task.HasRightAnswers
            ? ",truth,predicted" + string.Concat(task.Names.Select(name => "," + CsvWriter.Quote("p_" + name)))
            : string.Concat(task.Names.Select(name => $",{CsvWriter.Quote("true_" + name)},{CsvWriter.Quote(name)}"))).Append('\n');
        for (int repeat = 0; repeat < result.Cases.Count; repeat++)
            foreach ((int sequence, int step, string values) in Rows(task, data, result.Cases[repeat]))
            {
                text.Append(CultureInfo.InvariantCulture, $"{repeat + 1},")
                    .Append(hasIds ? CsvWriter.Quote(data[sequence].Id ?? "") : sequence.ToString(CultureInfo.InvariantCulture));
                if (areSteps)
                    text.Append(CultureInfo.InvariantCulture, $",{step}");
                text.Append(values).Append('\n');
            }
        return text.ToString();
    }

    private static IEnumerable<(int Sequence, int Step, string Values)> Rows(TaskRun task, SequenceDataset data, CaseAnswers cases)
    {
        switch (cases)
        {
            case ClassAnswers classes:
                return Enumerable.Range(0, classes.Cases).Select(i => (classes.SequenceOf(i), classes.StepOf(i),
                    $",{CsvWriter.Quote(classes.Classes[classes.LabelOf(i)])},{CsvWriter.Quote(classes.Classes[classes.PredictedOf(i)])}"
                        + Numbers(classes.ProbabilitiesOf(i))));
            case LabelAnswers labels:
                return Enumerable.Range(0, labels.Cases).Select(i => (i, 0,
                    $",{CsvWriter.Quote(Applying(labels.Classes, labels.TargetsOf(i)))},"
                        + CsvWriter.Quote(Applying(labels.Classes, labels.ProbabilitiesOf(i))) + Numbers(labels.ProbabilitiesOf(i))));
            case NumberAnswers numbers:
                double[] offsets = [.. task.Names.Select(data.Offsets.OfTarget)];
                return Enumerable.Range(0, numbers.Cases).Select(i => numbers[i]).GroupBy(one => one.Sequence).OrderBy(group => group.Key)
                    .Select(group => (group.Key, 0, string.Concat(Enumerable.Range(0, task.Names.Count).Select(target =>
                        group.Where(one => one.Output == target)
                            .Select(one => $",{Number(one.Target, offsets[target])},{Number(one.Answer, offsets[target])}")
                            .FirstOrDefault(",,")))));
            default:
                return [];
        }
    }

    private static string Number(double value, double offset) => ValueOffsets.Format((float)value, offset);

    private static string Applying(IReadOnlyList<string> classes, ReadOnlySpan<float> row)
    {
        var applying = new List<string>();
        for (int c = 0; c < row.Length; c++)
            if (row[c] >= 0.5f)
                applying.Add(classes[c]);
        return string.Join('|', applying);
    }

    private static string Numbers(ReadOnlySpan<float> row)
    {
        var text = new StringBuilder();
        foreach (float value in row)
            text.Append(CultureInfo.InvariantCulture, $",{value}");
        return text.ToString();
    }
}
