using System.Text;

namespace Elman.Data;

/// <summary>What columns of text have in common, in either form.</summary>
internal static class TextColumn
{
    /// <summary>The number of the symbol in a field, as the vocabulary has it so far; NaN where the field is empty.</summary>
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

    /// <summary>The vocabularies of what was read, and what becomes of the numbers that <see cref="Add"/> gave.</summary>
    /// <param name="symbols">What was read of each channel; null where it holds numbers.</param>
    /// <param name="nameOf">What a channel is called; <see langword="null"/> where they have no names.</param>
    /// <param name="remarks">Takes what may be a mistake.</param>
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
                remarks.Add("combining accents", $"Text{(nameOf is null ? "" : $" in '{nameOf(c)}'")} has accents that are characters of "
                    + $"their own, such as {Shown(symbol)}; to a model these are others than letters with their accents. "
                    + "If both occur, write all text in one form (NFC).");
            }
        }
        return (vocabularies, numbers);
    }

    /// <summary>Gives the symbols in the values of a sequence their numbers.</summary>
    /// <param name="values">The values, <c>[steps, channels]</c>.</param>
    /// <param name="numbers">Of each channel those that <see cref="Build"/> gave.</param>
    public static void Number(Span<float> values, IReadOnlyList<int>?[] numbers)
    {
        if (Array.TrueForAll(numbers, ofChannel => ofChannel is null))
            return;
        for (int i = 0; i < values.Length; i++)
            if (numbers[i % numbers.Length] is { } ofChannel && !float.IsNaN(values[i]))
                values[i] = ofChannel[(int)values[i]];
    }

    /// <summary>What is wrong with a field that should have been a number, and what to do if it is text.</summary>
    public static DataFileException NoNumber(TableRows table, int field)
    {
        DataFileException plain = table.NoNumber(field);
        if (!table.IsText(field))
            return plain;
        ReadOnlySpan<byte> text = NumberText.TrimBlanks(table[field]);
        bool hasLetter = Encoding.UTF8.GetString(text).EnumerateRunes().Any(Rune.IsLetter);
        return hasLetter && !NumberText.IsMeantAsNumber(text) && !NumberText.IsMissing(text)
            ? table.Error(field, $"{NumberText.Explain(text).TrimEnd('.')}; if the column holds text, say so (--text "
                + $"{table.NameOf(field)}).")
            : plain;
    }

    /// <summary>A message as the end of a sentence that begins with a place.</summary>
    public static string Uncapitalised(ArgumentException e)
    {
        string message = e.WithoutParameter();
        return char.ToLowerInvariant(message[0]) + message[1..];
    }

    /// <summary>Whether a symbol has an accent of Latin, Greek or Cyrillic that is a character of its own.</summary>
    private static bool HasCombiningAccent(string symbol) => symbol.AsSpan().IndexOfAnyInRange('\u0300', '\u036F') >= 0;

    private static string Shown(string symbol) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"U+{(int)symbol[symbol.AsSpan().IndexOfAnyInRange('\u0300', '\u036F')]:X4}");
}
