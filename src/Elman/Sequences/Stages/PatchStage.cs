using System.Collections.Immutable;
using System.Text.Json;

namespace Elman.Sequences.Stages;

/// <summary>
/// Makes one step of N steps side by side, which overlap by half: far fewer steps for a model to go through, each of more values.
/// </summary>
/// <remarks>
/// <para>
/// Patch k consists of the steps k·M to k·M + N − 1, M = ⌈N/2⌉, one after the other, <c>[N, I]</c>. Steps behind the last complete patch,
/// and sequences of fewer than N steps, make one more: its missing steps repeat the last one. So T steps make one patch, or 1 + ⌈(T − N)/M⌉
/// where T &gt; N, and every step counts.
/// </para>
/// <para>
/// A stream is answered after each step as the whole sequence so far is. Where that ends in an incomplete patch, the model takes it on a
/// copy of its state, and goes on later from where complete patches have left it. Values are kept as <see langword="float"/>.
/// </para>
/// </remarks>
/// <param name="steps">N, at least 2.</param>
/// <param name="inputs">Which inputs are quantities.</param>
internal sealed class PatchStage(int steps, ImmutableArray<bool> inputs)
    : Stage([.. Enumerable.Repeat(inputs, steps).SelectMany(step => step)])
{
    /// <summary>Its name in a model's file.</summary>
    public const string Name = "patch";

    private readonly int _width = inputs.Length;
    private readonly int _stride = StrideOf(steps);

    /// <remarks>The steps of the patch under way, <c>[N, I]</c>.</remarks>
    public override int MemorySize => OutputSize;

    /// <summary>The distance in steps between the starts of two patches.</summary>
    /// <param name="steps">Steps of a patch.</param>
    public static int StrideOf(int steps) => (steps + 1) / 2;

    public override long StepsAfter(long taken) => taken == 0 ? 0 : CompleteAfter(taken) + (IsComplete(taken) ? 0 : 1);

    public override long CompleteAfter(long taken) => taken < steps ? 0 : 1 + ((taken - steps) / _stride);

    public override bool Take(Span<double> row, Span<float> memory, ReadOnlySpan<double> measures, StageStep step)
    {
        int place = (int)(step.Index < steps ? step.Index : steps - _stride + ((step.Index - steps) % _stride));
        if (step.Index >= steps && place == steps - _stride)
            memory[(_stride * _width)..].CopyTo(memory); // the patch before is complete; the steps that both have move to the front
        for (int i = 0; i < _width; i++)
            memory[(place * _width) + i] = (float)row[i];
        if (place < steps - 1 && !step.IsAsked)
            return false;
        for (int s = 0; s < steps; s++)
            for (int i = 0; i < _width; i++)
                row[(s * _width) + i] = memory[(Math.Min(s, place) * _width) + i];
        return true;
    }

    public override void Write(Utf8JsonWriter json)
    {
        Start(json, Name);
        json.WriteNumber("steps", steps);
        json.WriteEndObject();
    }

    /// <summary>The steps of a patch that <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">They are missing or too few.</exception>
    public static int Read(JsonElement stage) => stage.TryGetProperty("steps", out JsonElement steps) && steps.GetInt32() >= 2
        ? steps.GetInt32()
        : throw new FormatException($"the stage '{Name}' must have 'steps' of at least 2.");

    private bool IsComplete(long taken) => taken >= steps && (taken - steps) % _stride == 0;
}
