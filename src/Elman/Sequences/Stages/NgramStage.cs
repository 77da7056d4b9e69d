using System.Collections.Immutable;
using System.Text.Json;

namespace Elman.Sequences.Stages;

/// <summary>
/// Adds to the symbols of a step the rows of the n-grams that end there; at the last step also those of the n-grams that end with the
/// sequence.
/// </summary>
/// <remarks>
/// For each symbol in turn: the row of its pair with the previous symbol, of its triple with the previous two, and so on;
/// <see cref="None"/>
/// if there is no vector. With endings, these are followed by the rows of the n-grams whose last symbol is the end of the sequence; they
/// are <see cref="None"/> before the last step. A separate symbol stands for the positions before the start of a sequence.
/// </remarks>
/// <param name="ngrams">The n-grams.</param>
/// <param name="inputs">For each input, whether it is a quantity; the others are symbols.</param>
internal sealed class NgramStage(Ngrams ngrams, ImmutableArray<bool> inputs)
    : Stage([.. inputs, .. new bool[ngrams.PerChannel * inputs.Count(isQuantity => !isQuantity)]])
{
    /// <summary>The value in place of a row if an n-gram has no vector.</summary>
    public const int None = -1;

    /// <summary>The name of the stage in a model file.</summary>
    public const string Name = "ngrams";

    private readonly int[] _symbols = [.. Enumerable.Range(0, inputs.Length).Where(i => !inputs[i])];

    /// <remarks>For each symbol channel the previous symbols plus 1; 0 before the first.</remarks>
    public override int MemorySize => (ngrams.Longest - 1) * _symbols.Length;

    /// <remarks>On a stream, it is not known which step is the last.</remarks>
    public override bool CanStream => !ngrams.HasEndings;

    public override bool CanRemember(ReadOnlySpan<float> memory, SymbolTables symbols)
    {
        foreach (float symbol in memory)
            if (!(symbol >= 0 && symbol <= SymbolTable.MaxSymbols && symbol == MathF.Truncate(symbol)))
                return false;
        return true;
    }

    public override bool Take(Span<double> row, Span<float> memory, ReadOnlySpan<double> measures, StageStep step)
    {
        int next = inputs.Length, before = ngrams.Longest - 1;
        Span<int> last = stackalloc int[ngrams.Longest + 1];
        Span<uint> keys = stackalloc uint[ngrams.PerChannel];
        last[0] = Ngrams.End;
        foreach (int symbol in _symbols)
        {
            last[1] = (int)row[symbol] + 1;
            for (int i = 0; i < before; i++)
                last[i + 2] = (int)memory[i];
            ngrams.KeysAt(last, step.IsAsked, keys);
            for (int i = 0; i < keys.Length; i++)
                row[next++] = i < before || step.IsAsked ? ngrams.Keys.RowOf(keys[i]) : None;
            for (int i = 0; i < before; i++)
                memory[i] = last[i + 1];
            memory = memory[before..];
        }
        return true;
    }

    public override void Write(Utf8JsonWriter json)
    {
        Start(json, Name);
        json.WriteNumber("longest", ngrams.Longest);
        if (ngrams.HasEndings)
            json.WriteBoolean("endings", ngrams.HasEndings);
        json.WriteStartArray("keys");
        foreach (uint key in ngrams.Keys.Keys)
            json.WriteNumberValue(key);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads the n-grams that <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">A number is missing or not valid.</exception>
    public static Ngrams Read(JsonElement stage)
    {
        if (!stage.TryGetProperty("longest", out JsonElement longest) || longest.GetInt32() is < 2 or > Ngrams.MostSymbols)
            throw new FormatException(FormattableString.Invariant(
                $"the stage {Quoted(Name)} must have 'longest' from 2 to {Ngrams.MostSymbols}."));
        if (!stage.TryGetProperty("keys", out JsonElement keys))
            throw new FormatException($"the stage {Quoted(Name)} has no keys.");
        return new Ngrams(longest.GetInt32(), stage.TryGetProperty("endings", out JsonElement endings) && endings.GetBoolean())
        {
            Keys = new NgramKeys(keys.EnumerateArray().Take(NgramKeys.Most + 1).Select(key => key.GetUInt32())),
        };
    }
}
