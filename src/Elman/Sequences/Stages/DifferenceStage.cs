using System.Collections.Immutable;
using System.Text.Json;

namespace Elman.Sequences.Stages;

/// <summary>
/// Adds to the values of a step how much each quantity has changed since the step before, and where asked how much that change has; or puts
/// the first of these instead of the values.
/// </summary>
/// <remarks>
/// <c>d_t = x_t − x_{t−1}</c> and <c>e_t = d_t − d_{t−1}</c>, both 0 at the first step, of values rounded to <see langword="float"/>. The
/// values that come in stay where they are; behind them stand d of every quantity, in their order, and then e of every quantity. Where
/// differences are alone, d of a quantity stands instead of it instead. The step before is the last that was taken.
/// </remarks>
/// <param name="order">1 for d alone, 2 for d and e.</param>
/// <param name="isAlone">Whether first differences stand instead of the values.</param>
/// <param name="inputs">Which inputs are quantities.</param>
internal sealed class DifferenceStage(int order, bool isAlone, ImmutableArray<bool> inputs)
    : Stage([.. inputs, .. Enumerable.Repeat(true, (isAlone ? order - 1 : order) * inputs.Count(isQuantity => isQuantity))])
{
    /// <summary>Its name in a model's file.</summary>
    public const string Name = "differences";

    private readonly int _inputs = inputs.Length;
    private readonly int[] _quantities = [.. Enumerable.Range(0, inputs.Length).Where(i => inputs[i])];

    /// <remarks>Of each quantity the last value, and for second differences the one before.</remarks>
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

    /// <summary>Whether differences are alone, as <see cref="Write"/> wrote it.</summary>
    /// <exception cref="FormatException">It says something else than true or false.</exception>
    public static bool ReadIsAlone(JsonElement stage) => stage.TryGetProperty("alone", out JsonElement alone)
        && (alone.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? alone.GetBoolean()
            : throw new FormatException($"the stage '{Name}' has 'alone' {alone.GetRawText()}; it must be true or false."));

    /// <summary>The order that <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">There is none that can be.</exception>
    public static int Read(JsonElement stage) => stage.TryGetProperty("order", out JsonElement order) && order.GetInt32() is 1 or 2
        ? order.GetInt32()
        : throw new FormatException($"the stage '{Name}' must have 'order' 1 or 2.");
}
