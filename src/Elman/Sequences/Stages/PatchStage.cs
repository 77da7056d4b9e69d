using System.Collections.Immutable;
using System.Text.Json;

namespace Elman.Sequences.Stages;

/// <summary>
/// Concatenates N steps to one, a patch; patches overlap by half. The model runs over far fewer steps, with more values in each.
/// </summary>
/// <remarks>
/// <para>
/// Patch k consists of the steps k·M to k·M + N − 1, M = ⌈N/2⌉, concatenated, <c>[N, I]</c>. Steps after the last complete patch, and
/// sequences of fewer than N steps, form one more patch; its missing steps repeat the last one. So T steps form one patch, or 1 + ⌈(T −
/// N)/M⌉ patches if T &gt; N, and every step is used.
/// </para>
/// <para>
/// On a stream, the prediction after each step is that for the sequence so far. If that ends in an incomplete patch, the model runs it on a
/// copy of its state, and later continues from the state after the complete patches. Values are kept as <see langword="float"/>.
/// </para>
/// </remarks>
/// <param name="steps">N, at least 2.</param>
/// <param name="inputs">For each input, whether it is a quantity.</param>
internal sealed class PatchStage(int steps, ImmutableArray<bool> inputs)
    : Stage([.. Enumerable.Repeat(inputs, steps).SelectMany(step => step)])
{
    /// <summary>The name of the stage in a model file.</summary>
    public const string Name = "patch";

    private readonly int _width = inputs.Length;
    private readonly int _stride = StrideOf(steps);

    /// <remarks>The steps of the current patch, <c>[N, I]</c>.</remarks>
    public override int MemorySize => OutputSize;

    /// <summary>The distance in steps between the starts of two patches.</summary>
    /// <param name="steps">The number of steps of a patch.</param>
    public static int StrideOf(int steps) => (steps + 1) / 2;

    public override long StepsAfter(long taken) => taken == 0 ? 0 : CompleteAfter(taken) + (IsComplete(taken) ? 0 : 1);

    public override long CompleteAfter(long taken) => taken < steps ? 0 : 1 + ((taken - steps) / _stride);

    public override bool Take(Span<double> row, Span<float> memory, ReadOnlySpan<double> measures, StageStep step)
    {
        int place = (int)(step.Index < steps ? step.Index : steps - _stride + ((step.Index - steps) % _stride));
        if (step.Index >= steps && place == steps - _stride)
            memory[(_stride * _width)..].CopyTo(memory); // the steps that both patches share move to the front
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

    /// <summary>Reads the number of steps of a patch that <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The number is missing or too small.</exception>
    public static int Read(JsonElement stage) => stage.TryGetProperty("steps", out JsonElement steps) && steps.GetInt32() >= 2
        ? steps.GetInt32()
        : throw new FormatException($"the stage {Quoted(Name)} must have 'steps' of at least 2.");

    private bool IsComplete(long taken) => taken >= steps && (taken - steps) % _stride == 0;
}
