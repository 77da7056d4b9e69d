using System.Numerics;
using Elman.Kernels;
using Elman.Losses;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Training.Objectives;

/// <summary>The objective of numbers for each sequence: standardised targets, or for every class whether it applies.</summary>
/// <param name="loss">The loss.</param>
/// <param name="standardization">The standardisation of the targets, or <see langword="null"/> for none.</param>
/// <param name="areClasses">Whether the targets are the classes that apply.</param>
internal sealed class TargetObjective<T>(LossFunction loss, Standardization? standardization, bool areClasses) : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _targets = new(); // [B, O]
    private int _width;

    public override bool HasRightAnswers => areClasses;

    public override void Prepare(SequenceBatch<T> batch, SequenceDataset data, ReadOnlySpan<int> indices)
    {
        _width = data.TargetNames.Count;
        _targets.Resize((long)batch.Count * _width);
        for (int place = 0; place < batch.Count; place++)
        {
            ReadOnlySpan<float> targets = data[indices[batch.Order[place]]].Targets.Span;
            for (int i = 0; i < targets.Length; i++)
                _targets.Span[(place * _width) + i] = T.CreateTruncating(standardization?.Apply(targets[i], i) ?? targets[i]);
        }
    }

    public override LossResult Evaluate(LayerWindow<T> window, ReadOnlySpan<T> outputs, Span<T> gradient) =>
        loss.Evaluate(outputs, _targets.Span, _width, gradient, areClasses);

    public override double Target(SequenceBatch<T> batch, int row, Span<double> target) =>
        TargetOf(_targets.Span.Slice(row * _width, _width), target);

    public override void Dispose()
    {
        _targets.Dispose();
        base.Dispose();
    }
}
