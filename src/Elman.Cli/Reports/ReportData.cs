using Elman.Cli.Input;
using Elman.Cli.Tasks;
using Elman.Data;
using Elman.Reports;

namespace Elman.Cli.Reports;

/// <summary>Warnings and facts about the data of a report.</summary>
internal static class ReportData
{
    /// <summary>The ratio of the class frequencies from which on classes are unbalanced, and of the lengths from which on they
    /// differ.</summary>
    private const double Unbalanced = 5, Different = 1.5;

    /// <summary>With fewer cases of a class, its figures say little.</summary>
    private const int FewCases = 10;

    /// <summary>Returns the warnings.</summary>
    public static IEnumerable<string> Warnings(ReportSource source)
    {
        foreach (SequenceDataset part in Parts(source))
        {
            bool isTest = ReferenceEquals(part, source.Test);
            string name = isTest ? "test data" : "training data";
            foreach (string warning in Doubts.About(part).Concat(Missing(part, name)).Concat(Classes(source.Task, part, name, isTest)))
                yield return warning;
        }
        if (source.Test is { } test && source.Training is { } training)
            foreach (string warning in Doubts.About(test, training).Concat(Lengths(test, training)))
                yield return warning;
        if (source.Training is null && source.Test is not null && source.Cases is null)
            yield return "The training data are not known here, so it was not checked whether test sequences are among them.";
    }

    /// <summary>Returns the facts.</summary>
    public static IEnumerable<ReportFact> Facts(ReportSource source)
    {
        foreach (SequenceDataset part in Parts(source))
            yield return new ReportFact(ReferenceEquals(part, source.Test) ? "Test data" : "Training data",
                $"{part.Name}: {Figures.Count(part.Count, "sequence")} of {Figures.Steps(part)}, "
                    + Figures.Count(part.Channels, "channel"));
        if (Parts(source).FirstOrDefault() is { ChannelNames.Count: > 0 } named)
            yield return new ReportFact("Channels", ManyClasses.List(named.ChannelNames));
        if (source.Task.Names.Count > 0)
            yield return new ReportFact(source.Task.HasRightAnswers ? "Classes" : "Numbers", ManyClasses.List(source.Task.Names));
    }

    private static IEnumerable<SequenceDataset> Parts(ReportSource source)
    {
        if (source.Training is { Count: > 0 } training)
            yield return training;
        if (source.Test is { Count: > 0 } test)
            yield return test;
    }

    private static IEnumerable<string> Missing(SequenceDataset data, string name)
    {
        if (data.CountMissing() > 0)
            yield return $"In the {name}, {Figures.Missing(data)}.";
    }

    private static IEnumerable<string> Classes(TaskRun task, SequenceDataset data, string name, bool isTest)
    {
        if (!task.HasRightAnswers || data.ClassLabels.Count == 0)
            yield break;
        long[] counts = new long[data.ClassLabels.Count];
        foreach (Sequence sequence in data)
        {
            if (sequence.Label >= 0)
                counts[sequence.Label]++;
            foreach (int label in sequence.StepLabels.Span)
                if (label >= 0)
                    counts[label]++;
            for (int c = 0; c < sequence.Targets.Length && c < counts.Length; c++)
                counts[c] += sequence.Targets.Span[c] > 0.5f ? 1 : 0;
        }
        int most = Array.IndexOf(counts, counts.Max());
        int[] occurring = [.. Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0)];
        if (occurring.Length == 0)
            yield break;
        int least = occurring.MinBy(c => counts[c]);
        if (counts[most] >= Unbalanced * counts[least])
        {
            string fair = task.Labels == LabelKind.Classes ? "macro F1" : "balanced accuracy";
            yield return $"The classes of the {name} are unbalanced: '{data.ClassLabels[most]}' has {Figures.Count(counts[most], "case")}, "
                + $"'{data.ClassLabels[least]}' {Figures.Count(counts[least])}; see the {fair}.";
        }
        string[] few = [.. occurring.Where(c => counts[c] < FewCases).Select(c => $"'{data.ClassLabels[c]}'")];
        if (isTest && few.Length > 0)
        {
            yield return $"{Figures.Count(few.Length, "class")} of the {name} {(few.Length == 1 ? "has" : "have")} fewer than {FewCases} "
                + $"cases ({string.Join(", ", few.Take(5))}{(few.Length > 5 ? ", …" : "")}), so "
                + $"{(few.Length == 1 ? "its" : "their")} figures say little.";
        }
        string[] missing = [.. task.Names.Except(occurring.Select(c => data.ClassLabels[c])).Select(label => $"'{label}'")];
        if (isTest && missing.Length > 0)
        {
            yield return $"{Figures.Count(missing.Length, "class")} of the model {(missing.Length == 1 ? "does" : "do")} not occur in "
                + $"the {name}: {string.Join(", ", missing.Take(5))}{(missing.Length > 5 ? ", …" : "")}.";
        }
    }

    private static IEnumerable<string> Lengths(SequenceDataset test, SequenceDataset training)
    {
        double first = Median(training), second = Median(test);
        if (Math.Max(first, second) > Different * Math.Min(first, second) && training.Count > 1)
        {
            yield return $"The parts differ in length: half of the training sequences have up to {Figures.Count(first)} steps, half of the "
                + $"test sequences up to {Figures.Count(second)}.";
        }
    }

    private static double Median(SequenceDataset data)
    {
        int[] steps = [.. data.Select(sequence => sequence.Steps - sequence.ContextSteps).Order()];
        return steps.Length == 0 ? 0 : steps[steps.Length / 2];
    }
}
