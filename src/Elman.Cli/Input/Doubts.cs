using System.Globalization;
using System.Runtime.InteropServices;
using Elman.Cli.Reports;

namespace Elman.Cli.Input;

/// <summary>Warnings about data that were probably misread. Training continues.</summary>
internal static class Doubts
{
    /// <summary>With fewer classes, numbers are more likely to be classes.</summary>
    private const int ManyClasses = 10;

    /// <summary>Returns warnings about training data, each with advice.</summary>
    public static IEnumerable<string> About(SequenceDataset data) => OfClasses(data).Concat(OfValues(data));

    /// <summary>Returns a warning if the classes are probably numbers to predict.</summary>
    public static IEnumerable<string> OfClasses(SequenceDataset data)
    {
        int[] counts = data.CountByClass();
        int classes = counts.Count(count => count > 0), cases = counts.Sum();
        if (classes >= ManyClasses && classes > cases / 2 && data.ClassLabels.All(IsNumber))
        {
            yield return $"{data.Name} has {Figures.Count(classes)} classes in {Figures.Count(cases, "sequence")}, "
                + "and all of them are numbers; to predict numbers, give --task regress.";
        }
    }

    private static IEnumerable<string> OfValues(SequenceDataset data)
    {
        IReadOnlyList<string> names = ColumnReport.Channels(data.ChannelNames, data.Channels);
        string[] constant = [.. names.Where((_, c) => data.TotalSteps > 1 && IsConstant(data, c))];
        if (constant.Length > 0)
        {
            yield return $"{data.Name}: the values of channel {string.Join(", ", constant.Take(5))}{(constant.Length > 5 ? ", …" : "")} "
                + $"are constant, so {(constant.Length == 1 ? "it has" : "they have")} no effect.";
        }
    }

    /// <summary>Returns warnings about test data.</summary>
    public static IEnumerable<string> About(SequenceDataset test, SequenceDataset training)
    {
        test = test.WithVocabulariesOf(training);
        ILookup<int, Sequence> known = training.ToLookup(Hash);
        int same = test.Count(sequence => known[Hash(sequence)].Any(other => other.Values.Span.SequenceEqual(sequence.Values.Span)));
        if (same > 0)
        {
            yield return $"{Figures.Count(same)} of {Figures.Count(test.Count, "sequence")} of {test.Name} {(same == 1 ? "is" : "are")} in "
                + $"{training.Name} too, so the results are too optimistic; remove them from one of the two.";
        }
    }

    private static bool IsNumber(string label) => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static bool IsConstant(SequenceDataset data, int channel)
    {
        float first = data[0].Values.Span[channel];
        foreach (Sequence sequence in data)
        {
            ReadOnlySpan<float> values = sequence.Values.Span;
            for (int i = channel; i < values.Length; i += data.Channels)
                if (!values[i].Equals(first))
                    return false;
        }
        return true;
    }

    private static int Hash(Sequence sequence)
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(sequence.Values.Span));
        return hash.ToHashCode();
    }
}
