using System.Text.Json;

namespace Elman.Cli.Reports;

/// <summary>Reports the text channels of data and of models.</summary>
internal static class TextReport
{
    /// <summary>The number of most frequent symbols that are shown.</summary>
    private const int Shown = 12;

    /// <summary>The maximum share of unknown symbols; above it, a warning is printed.</summary>
    private const double MostUnknown = 0.01;

    /// <summary>Whether a channel, from 0, holds text.</summary>
    public static bool IsText(this SequenceDataset data, int channel) =>
        data.Vocabularies.Count > channel && data.Vocabularies[channel] is not null;

    /// <summary>Writes the text channels of data.</summary>
    public static void Write(Terminal terminal, SequenceDataset data, IReadOnlyList<string> names) =>
        Write(terminal, data.Vocabularies, data.Channels == 1 && data.Columns?.Texts is [var column, ..] ? [column] : names, "");

    /// <summary>Writes the text channels of a model.</summary>
    public static void Write(Terminal terminal, SequenceEstimator model) => Write(
        terminal, model.Vocabularies, ColumnReport.Channels(model.ChannelNames, model.Channels), " known");

    /// <summary>Writes JSON: for each text channel its symbols with their counts; nothing if there is none.</summary>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<Vocabulary?> vocabularies)
    {
        if (vocabularies.Count == 0)
            return;
        json.WriteStartArray("text");
        for (int c = 0; c < vocabularies.Count; c++)
        {
            if (vocabularies[c] is not { } vocabulary)
                continue;
            json.WriteStartObject();
            json.WriteNumber("channel", c + 1);
            json.WriteString("tokens", NameOf(vocabulary.Tokens));
            json.WriteStartObject("symbols");
            foreach ((string symbol, long count) in vocabulary.Symbols.Zip(vocabulary.Counts))
                json.WriteNumber(symbol, count);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Warns if many symbols of the data are unknown to a model.</summary>
    public static void WarnOfUnknown(Terminal terminal, SequenceEstimator model, SequenceDataset data)
    {
        if (model.Vocabularies.Count == 0)
            return;
        IReadOnlyDictionary<string, long> unknown = model.FindUnknownSymbols(data);
        long all = data.TotalSteps * data.Vocabularies.Count(vocabulary => vocabulary is not null), strange = unknown.Values.Sum();
        if (strange <= MostUnknown * all)
            return;
        string examples = string.Join(", ", unknown.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(3).Select(pair => $"{Visible(pair.Key)} ({Figures.Count(pair.Value)})"));
        terminal.Warn($"{Figures.Count(strange)} of {Figures.Count(all, "symbol")} of {data.Name} "
            + $"({Figures.Percent((double)strange / all)}) are unknown to the model, such as {examples}; it treats them all alike. "
            + "Train it with such text.");
    }

    private static void Write(Terminal terminal, IReadOnlyList<Vocabulary?> vocabularies, IReadOnlyList<string> names, string known)
    {
        for (int c = 0; c < vocabularies.Count; c++)
        {
            if (vocabularies[c] is not { } vocabulary)
                continue;
            string frequent = string.Join(' ', vocabulary.Symbols.Zip(vocabulary.Counts).OrderByDescending(pair => pair.Second)
                .ThenBy(pair => pair.First, StringComparer.Ordinal).Take(Shown).Select(pair => Visible(pair.First)));
            int once = vocabulary.Counts.Count(count => count == 1);
            Lines.Write(terminal, $"Text in channel {names[c]}: {Figures.Count(vocabulary.Symbols.Count)} different "
                + $"{NameOf(vocabulary.Tokens)}{known}, the most frequent {frequent}; "
                + $"{Figures.Count(once)} {(once == 1 ? "occurs" : "occur")} once");
        }
    }

    private static string NameOf(TextTokens tokens) => tokens switch
    {
        TextTokens.Characters => "characters",
        TextTokens.Words => "words",
        _ => "symbols",
    };

    /// <summary>Returns a symbol in readable form: control characters and blanks as their numbers.</summary>
    private static string Visible(string symbol)
    {
        string cut = symbol.Length > 20 ? symbol[..20] + "…" : symbol;
        return string.Concat(cut.EnumerateRunes().Select(rune =>
            System.Text.Rune.IsControl(rune) || System.Text.Rune.IsWhiteSpace(rune)
                ? FormattableString.Invariant($"U+{rune.Value:X4}") : rune.ToString()));
    }
}
