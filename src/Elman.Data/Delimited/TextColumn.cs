using System.Text;

namespace Elman.Data;

/// <summary>Shared code for text columns in long and in wide form.</summary>
internal static class TextColumn
{
    /// <summary>The maximum length of a name; longer texts are not names.</summary>
    private const int LongestName = 100;

    /// <summary>Returns the provisional number of the symbol in a field; NaN if the field is empty.</summary>
    /// <exception cref="DataFileException">The symbol is too long, or there are too many.</exception>
    public static float Read(TableRows table, int field, VocabularyBuilder symbols, List<float> room)
    {
        room.Clear();
        Add(table, field, symbols, room);
        return room.Count == 0 ? float.NaN : room[0];
    }

    /// <summary>Adds the symbols of the text in a field.</summary>
    /// <exception cref="DataFileException">A symbol is too long, or there are too many.</exception>
    public static void Add(TableRows table, int field, VocabularyBuilder symbols, List<float> numbers)
    {
        try
        {
            symbols.Add(field < table.FieldCount ? Encoding.UTF8.GetString(table[field]) : "", numbers);
        }
        catch (ArgumentException e)
        {
            throw table.Error(field, Uncapitalised(e));
        }
    }

    /// <summary>Returns the vocabularies, and the mapping from the numbers that <see cref="Add"/> returned.</summary>
    /// <param name="symbols">The symbols of each channel; null for numeric channels.</param>
    /// <param name="nameOf">Returns the name of a channel; <see langword="null"/> if channels have no names.</param>
    /// <param name="remarks">Receives warnings about possible mistakes.</param>
    public static (Vocabulary?[] Vocabularies, IReadOnlyList<int>?[] Numbers) Build(
        IReadOnlyList<VocabularyBuilder?> symbols, Func<int, string>? nameOf, Remarks remarks)
    {
        var vocabularies = new Vocabulary?[symbols.Count];
        var numbers = new IReadOnlyList<int>?[symbols.Count];
        for (int c = 0; c < vocabularies.Length; c++)
        {
            if (symbols[c] is not { } ofChannel)
                continue;
            vocabularies[c] = ofChannel.Build(out numbers[c]!);
            if (vocabularies[c]!.Symbols.FirstOrDefault(HasCombiningAccent) is { } symbol)
            {
                remarks.Add("combining accents", $"Text{(nameOf is null ? "" : $" in {Quoted(nameOf(c))}")} has accents that are separate "
                    + $"characters, such as {Shown(symbol)}; a model treats them as different from accented letters. If both occur, "
                    + "write all text in one form (NFC).");
            }
        }
        return (vocabularies, numbers);
    }

    /// <summary>Replaces the provisional numbers of symbols in the values of a sequence by the final ones.</summary>
    /// <param name="values">The values, <c>[steps, channels]</c>.</param>
    /// <param name="numbers">For each channel, the mapping that <see cref="Build"/> returned.</param>
    public static void Number(Span<float> values, IReadOnlyList<int>?[] numbers)
    {
        if (Array.TrueForAll(numbers, ofChannel => ofChannel is null))
            return;
        for (int i = 0; i < values.Length; i++)
            if (numbers[i % numbers.Length] is { } ofChannel && !float.IsNaN(values[i]))
                values[i] = ofChannel[(int)values[i]];
    }

    /// <summary>Creates an exception for a field that should be a number, with advice if it is a date, a name or text.</summary>
    /// <param name="table">The table, at the row.</param>
    /// <param name="field">The field.</param>
    /// <param name="id">The column that distinguishes sequences, if there is one.</param>
    /// <param name="time">The column of times, if there is one.</param>
    public static DataFileException NoNumber(TableRows table, int field, int? id, int? time)
    {
        DataFileException plain = table.NoNumber(field);
        if (!table.IsText(field))
            return plain;
        ReadOnlySpan<byte> text = NumberText.TrimBlanks(table[field]);
        if (NumberText.IsMeantAsNumber(text) || NumberText.IsMissing(text))
            return plain;
        string name = table.NameOf(field), shown = NumberText.Quote(text);
        if (table.HoldsDates(field, null))
            return table.Error(field, $"{shown} is a date, not a value; " + (time is null
                ? $"if the column has the times of the steps, give --time-column {name}."
                : "list the columns of values in --channels."));
        if (time is null && DateGuess.Option(text) is { } option)
            return table.Error(field, $"{shown} is not a number but looks like a date; if the column has the times of the steps, give "
                + $"--time-column {name} and {option}.");
        string whole = Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestName)]);
        if (!whole.EnumerateRunes().Any(Rune.IsLetter) || whole.ToUpperInvariant() is "TRUE" or "FALSE")
            return plain;
        string asId = $"identifies the sequences, give --id-column {name}", asText = $"holds text, give --text {name}";
        // Next to numbers or dates, a name is more likely an id than text.
        bool isName = id is null && text.Length < LongestName && !whole.Any(char.IsWhiteSpace) && HasNumbersBeside(table, field);
        return table.Error(field, $"{NumberText.Explain(text).TrimEnd('.')}; "
            + (isName ? $"if the column {asId}; if it {asText}" : $"if the column {asText}") + $"{table.HintOfHeader}.");
    }

    private static bool HasNumbersBeside(TableRows table, int field)
    {
        for (int other = 0; other < table.FieldCount; other++)
            if (other != field && (table.IsMeantAsNumber(other) || table.HoldsDates(other, null))
                && !(table.Names is { } names && other < names.Length && ColumnNames.IsLabel(names[other])))
                return true;
        return false;
    }

    /// <summary>Returns a message as the end of a sentence that starts with a position.</summary>
    public static string Uncapitalised(ArgumentException e)
    {
        string message = e.WithoutParameter();
        return char.ToLowerInvariant(message[0]) + message[1..];
    }

    /// <summary>Whether a symbol contains a combining accent of Latin, Greek or Cyrillic as a separate character.</summary>
    private static bool HasCombiningAccent(string symbol) => symbol.AsSpan().IndexOfAnyInRange('\u0300', '\u036F') >= 0;

    private static string Shown(string symbol) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"U+{(int)symbol[symbol.AsSpan().IndexOfAnyInRange('\u0300', '\u036F')]:X4}");
}
