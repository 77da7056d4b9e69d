using System.Collections.Immutable;
using System.Text.Json;

namespace Elman.Sequences.Stages;

/// <summary>
/// Adds the first differences of the quantities of a step, and optionally the second differences; or replaces the values with the first
/// differences.
/// </summary>
/// <remarks>
/// <c>d_t = x_t − x_{t−1}</c> and <c>e_t = d_t − d_{t−1}</c>, both 0 at the first step, of values rounded to <see langword="float"/>. The
/// input values come first, then d of every quantity, in order, and then e of every quantity. If <paramref name="isAlone"/>, d of a
/// quantity replaces its value instead. The previous step is the last one that was not skipped.
/// </remarks>
/// <param name="order">1 for d alone, 2 for d and e.</param>
/// <param name="isAlone">Whether first differences replace the values.</param>
/// <param name="inputs">For each input, whether it is a quantity.</param>
internal sealed class DifferenceStage(int order, bool isAlone, ImmutableArray<bool> inputs)
    : Stage([.. inputs, .. Enumerable.Repeat(true, (isAlone ? order - 1 : order) * inputs.Count(isQuantity => isQuantity))])
{
    /// <summary>The name of the stage in a model file.</summary>
    public const string Name = "differences";

    private readonly int _inputs = inputs.Length;
    private readonly int[] _quantities = [.. Enumerable.Range(0, inputs.Length).Where(i => inputs[i])];

    /// <remarks>The last value of each quantity, and for second differences the value before it.</remarks>
    public override int MemorySize => order * _quantities.Length;

    public override bool Take(Span<double> row, Span<float> memory, ReadOnlySpan<double> measures, StageStep step)
    {
        int count = _quantities.Length, seconds = isAlone ? _inputs : _inputs + count;
        for (int i = 0; i < count; i++)
        {
            float now = (float)row[_quantities[i]], last = step.Index == 0 ? now : memory[i];
            double first = (double)now - last;
            row[isAlone ? _quantities[i] : _inputs + i] = first;
            if (order == 2)
            {
                float beforeLast = step.Index == 0 ? now : memory[count + i];
                row[seconds + i] = first - ((double)last - beforeLast);
                memory[count + i] = last;
            }
            memory[i] = now;
        }
        return true;
    }

    public override void Write(Utf8JsonWriter json)
    {
        Start(json, Name);
        json.WriteNumber("order", order);
        if (isAlone)
            json.WriteBoolean("alone", isAlone);
        json.WriteEndObject();
    }

    /// <summary>Reads whether differences replace the values, as <see cref="Write"/> wrote it.</summary>
    /// <exception cref="FormatException">The value is neither true nor false.</exception>
    public static bool ReadIsAlone(JsonElement stage) => stage.TryGetProperty("alone", out JsonElement alone)
        && (alone.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? alone.GetBoolean()
            : throw new FormatException($"the stage {Quoted(Name)} has 'alone' {alone.GetRawText()}; it must be true or false."));

    /// <summary>Reads the order that <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">There is no valid order.</exception>
    public static int Read(JsonElement stage) => stage.TryGetProperty("order", out JsonElement order) && order.GetInt32() is 1 or 2
        ? order.GetInt32()
        : throw new FormatException($"the stage {Quoted(Name)} must have 'order' 1 or 2.");
}
