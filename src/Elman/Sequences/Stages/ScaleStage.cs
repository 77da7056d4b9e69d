using System.Collections.Immutable;
using System.Text.Json;

namespace Elman.Sequences.Stages;

/// <summary>
/// Shifts and scales each channel of each sequence to mean 0 and standard deviation 1 over the sequence's own steps; a constant channel
/// becomes 0.
/// </summary>
/// <remarks>
/// Needs whole sequences. Measures the outputs of the previous stage, including filled values. Symbols and indicators are not changed.
/// </remarks>
/// <param name="inputs">For each input, whether it is a quantity.</param>
internal sealed class ScaleStage(ImmutableArray<bool> inputs) : Stage(inputs)
{
    /// <summary>The name of the stage in a model file.</summary>
    public const string Name = "scaleSequences";

    public override int MemorySize => 0;

    /// <remarks>
    /// The number of steps; for each value the mean; for each value the sum of squared distances from it, finally the standard deviation.
    /// </remarks>
    public override int MeasureSize => 1 + (2 * OutputSize);

    public override bool CanStream => false;

    public override void Measure(ReadOnlySpan<double> row, Span<double> measures)
    {
        long count = (long)++measures[0];
        for (int i = 0; i < OutputSize; i++)
            Moments.Add(row[i], count, ref measures[1 + i], ref measures[1 + OutputSize + i]);
    }

    public override void Conclude(Span<double> measures)
    {
        for (int i = 0; i < OutputSize; i++)
            measures[1 + OutputSize + i] = Moments.Deviation(measures[1 + i], measures[1 + OutputSize + i], (long)measures[0]);
    }

    public override bool Take(Span<double> row, Span<float> memory, ReadOnlySpan<double> measures, StageStep step)
    {
        for (int i = 0; i < OutputSize; i++)
            if (Outputs[i])
                row[i] = measures[1 + OutputSize + i] == 0 ? 0 : (row[i] - measures[1 + i]) / measures[1 + OutputSize + i];
        return true;
    }

    public override void Write(Utf8JsonWriter json)
    {
        Start(json, Name);
        json.WriteEndObject();
    }
}
