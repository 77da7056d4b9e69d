using System.Numerics;
using Elman.Losses;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Training.Objectives;

/// <summary>The targets of a model for a batch, and its loss.</summary>
internal abstract class Objective<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether predictions are classes, so that correct ones can be counted.</summary>
    public abstract bool HasRightAnswers { get; }

    /// <summary>Prepares the targets of a batch, if the batch does not have them.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="data">The data set of the batch.</param>
    /// <param name="indices">The indices of its sequences.</param>
    public virtual void Prepare(SequenceBatch<T> batch, SequenceDataset data, ReadOnlySpan<int> indices)
    {
    }

    /// <summary>
    /// The mean loss over the steps of a window, or over sequences if there is one target per sequence; and its gradient with respect to
    /// the outputs.
    /// </summary>
    /// <param name="window">The window of the prepared batch; for one target per sequence, the last window.</param>
    /// <param name="outputs">The outputs of the model.</param>
    /// <param name="gradient">Receives the gradient, of the same size.</param>
    public abstract LossResult Evaluate(LayerWindow<T> window, ReadOnlySpan<T> outputs, Span<T> gradient);

    /// <summary>The targets of a row for least squares: numbers, or for each class 1 or 0.</summary>
    /// <param name="batch">The prepared batch.</param>
    /// <param name="row">The row.</param>
    /// <param name="target">Receives the numbers of all outputs; NaN if unknown.</param>
    /// <returns>The weight of the row; 0 if none of its targets is known.</returns>
    public abstract double Target(SequenceBatch<T> batch, int row, Span<double> target);

    /// <summary>The same for a class label: 1 for this class, 0 for the others.</summary>
    protected static double TargetOf(int label, LossFunction loss, Span<double> target)
    {
        if (label < 0)
            return 0;
        target.Clear();
        target[label] = 1;
        return loss.ClassWeights.Length == 0 ? 1 : loss.ClassWeights[label];
    }

    /// <summary>The same for numbers.</summary>
    protected static double TargetOf(ReadOnlySpan<T> targets, Span<double> target)
    {
        bool isKnown = false;
        for (int i = 0; i < targets.Length; i++)
        {
            target[i] = double.CreateTruncating(targets[i]);
            isKnown |= !T.IsNaN(targets[i]);
        }
        return isKnown ? 1 : 0;
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
