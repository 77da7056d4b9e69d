using Elman.Models;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>The symbol channels of the options and of training data.</summary>
internal static class EmbeddingOptions
{
    /// <summary>The size of the vectors of text symbols, unless another is chosen.</summary>
    public const int SizeOfText = 48;

    /// <summary>The problems of the options that do not depend on the data, one sentence each.</summary>
    public static IReadOnlyList<string> FindProblems(TrainingOptions options, ModelTask task = ModelTask.Classify)
    {
        if (options.Inputs.Embed is null)
            return ["Embed is missing."];
        string[] problems = [.. options.Inputs.Embed.FindProblems()];
        if (problems.Length > 0 || options.Inputs.Embed.Count == 0)
            return problems;
        int channels = options.Inputs.Embed.Max(embedding => embedding.Channel ?? 1);
        return [.. options.SpecFor(channels, outputSize: 1, task, options.Inputs.Embed.Tables(_ => 1)).FindSymbolProblems()];
    }

    /// <summary>
    /// Finds the symbol channels of training data. The number of symbols of a channel follows from its largest value in the steps that are
    /// not skipped.
    /// </summary>
    /// <exception cref="ArgumentException">A channel does not exist, or does not hold symbols.</exception>
    public static SymbolTables Fit(SequenceDataset data, TrainingOptions options, string parameter)
    {
        foreach (Embedding embedding in options.Inputs.Embed)
        {
            if (embedding.Channel > data.Channels)
                throw new ArgumentException($"Embed names channel {embedding.Channel}; '{data.Name}' has {data.Channels}.", parameter);
            if (embedding.Channel is null && data.Channels > 1)
                throw new ArgumentException($"Embed is {embedding.Size} and names no channel, but '{data.Name}' has {data.Channels}; "
                    + $"write channel and size, such as 1:{embedding.Size}.", parameter);
        }
        SymbolTables any = options.Inputs.Embed.Tables(_ => SymbolTable.MaxSymbols);
        Check(data, any, options.Inputs.Missing, areKnown: false, parameter);
        SymbolTables found = WithText(options.Inputs.Embed, data).Tables(channel => 1 + (VocabularyOf(data, channel)?.Symbols.Count
            ?? (int)data.SelectMany(sequence => ValuesOf(sequence, channel, options.Inputs.Missing)).DefaultIfEmpty(0).Max()));
        return found.Count > 0 || options.Inputs.Ngrams == 0
            ? found
            : throw new ArgumentException($"Ngrams needs symbols, but no channel of '{data.Name}' has any. Read a channel as text, "
                + "choose symbol channels with Embed, or leave Ngrams at 0.", parameter);
    }

    /// <summary>The chosen embeddings, and default ones for the other text channels.</summary>
    private static Embeddings WithText(Embeddings embed, SequenceDataset data)
    {
        int[] others = [.. Enumerable.Range(1, data.Channels).Where(
            channel => VocabularyOf(data, channel) is not null && embed.All(chosen => (chosen.Channel ?? 1) != channel))];
        return others.Length == 0 ? embed : [.. embed.Select(chosen => chosen with { Channel = chosen.Channel ?? 1 }),
            .. others.Select(channel => new Embedding(channel, SizeOfText))];
    }

    private static Vocabulary? VocabularyOf(SequenceDataset data, int channel) =>
        data.Vocabularies.Count > 0 ? data.Vocabularies[channel - 1] : null;

    /// <summary>Checks that the values of symbol channels are known to a model, in all steps that are used.</summary>
    /// <exception cref="ArgumentException">A value is unknown, or missing without an earlier one.</exception>
    public static void Check(SequenceDataset data, SymbolTables symbols, MissingValues missing, string parameter) =>
        Check(data, symbols, missing, areKnown: true, parameter);

    /// <summary>The problem with a value, for a message after its position.</summary>
    public static string Refusal(SymbolTable table, float value, bool areKnown = true) => float.IsNaN(value)
        ? "is missing, and the sequence has no earlier value to replace it"
        : FormattableString.Invariant($"is {value}; ") + (areKnown
            ? $"the model supports {table.Known}"
            : FormattableString.Invariant($"Embed takes whole numbers from 0 to {SymbolTable.MaxSymbols - 1}"));

    private static void Check(SequenceDataset data, SymbolTables symbols, MissingValues missing, bool areKnown, string parameter)
    {
        if (symbols.Count == 0)
            return;
        float[] last = new float[missing == MissingValues.Last ? data.Channels : 0];
        for (int i = 0; i < data.Count; i++)
        {
            Array.Fill(last, float.NaN);
            for (int t = 0; t < data[i].Steps; t++)
            {
                ReadOnlySpan<float> step = data[i].Values.Span.Slice(t * data.Channels, data.Channels);
                if (missing.Takes(step) && symbols.FindUnknownSymbol(step, last) is { } table)
                    throw new ArgumentException($"Channel {table.Channel} of step {t + 1} of sequence {i + 1} of '{data.Name}' "
                        + $"{Refusal(table, step[table.Channel - 1], areKnown)}.", parameter);
                for (int c = 0; c < last.Length; c++)
                    last[c] = float.IsNaN(step[c]) ? last[c] : step[c];
            }
        }
    }

    private static IEnumerable<float> ValuesOf(Sequence sequence, int channel, MissingValues missing)
    {
        ReadOnlyMemory<float> values = missing.ValuesOf(sequence);
        for (int i = channel - 1; i < values.Length; i += sequence.Channels)
            if (!float.IsNaN(values.Span[i]))
                yield return values.Span[i];
    }
}
