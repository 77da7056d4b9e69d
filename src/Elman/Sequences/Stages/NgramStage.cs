using System.Collections.Immutable;
using System.Text.Json;

namespace Elman.Sequences.Stages;

/// <summary>
/// Adds to the symbols of a step the rows of the n-grams that end there, and at the last step of those that end the sequence.
/// </summary>
/// <remarks>
/// For each symbol, one after the other: the row of the pair of it and the one before, of the triple with the one before that, and so on;
/// <see cref="None"/> if there is no vector.
/// Where endings are asked for, behind these at the last step the rows of the n-grams that have the end as their last symbol; at all other
/// steps none. Before a sequence begins there is a separate symbol.
/// </remarks>
/// <param name="ngrams">Which.</param>
/// <param name="inputs">Which inputs are quantities; the others are symbols.</param>
internal sealed class NgramStage(Ngrams ngrams, ImmutableArray<bool> inputs)
    : Stage([.. inputs, .. new bool[ngrams.PerChannel * inputs.Count(isQuantity => !isQuantity)]])
{
    /// <summary>What stands instead of a row where an n-gram has no vector.</summary>
    public const int None = -1;

    /// <summary>Its name in a model's file.</summary>
    public const string Name = "ngrams";

    private readonly int[] _symbols = [.. Enumerable.Range(0, inputs.Length).Where(i => !inputs[i])];

    /// <remarks>Of each symbol those before it, one up from 0; 0 before the first.</remarks>
    public override int MemorySize => (ngrams.Longest - 1) * _symbols.Length;

    /// <remarks>Which step is the last is not known before the next one has not come.</remarks>
    public override bool CanStream => !ngrams.HasEndings;

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

    /// <summary>What <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">A number is missing or can't be.</exception>
    public static Ngrams Read(JsonElement stage)
    {
        if (!stage.TryGetProperty("longest", out JsonElement longest) || longest.GetInt32() is < 2 or > Ngrams.MostSymbols)
            throw new FormatException(FormattableString.Invariant(
                $"the stage '{Name}' must have 'longest' from 2 to {Ngrams.MostSymbols}."));
        if (!stage.TryGetProperty("keys", out JsonElement keys))
            throw new FormatException($"the stage '{Name}' has no keys.");
        return new Ngrams(longest.GetInt32(), stage.TryGetProperty("endings", out JsonElement endings) && endings.GetBoolean())
        {
            Keys = new NgramKeys(keys.EnumerateArray().Take(NgramKeys.Most + 1).Select(key => key.GetUInt32())),
        };
    }
}
