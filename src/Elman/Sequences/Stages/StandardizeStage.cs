using System.Collections.Immutable;

namespace Elman.Sequences.Stages;

/// <summary>Shifts and scales the first values with the measurements of the training data. The values after them are not changed.</summary>
/// <param name="standardization">The standardisation.</param>
/// <param name="inputs">For each input, whether it is a quantity.</param>
internal sealed class StandardizeStage(Standardization standardization, ImmutableArray<bool> inputs) : Stage(inputs)
{
    private readonly int _count = standardization.Means.Count;

    public override int MemorySize => 0;

    public override bool Take(Span<double> row, Span<float> memory, ReadOnlySpan<double> measures, StageStep step)
    {
        for (int i = 0; i < _count; i++)
            row[i] = standardization.Apply(row[i], i);
        return true;
    }
}
