using System.Numerics;
using Elman.Losses;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>What a model is to give for a batch, and how far off it is.</summary>
internal abstract class Objective<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether answers are right or wrong, so that they can be counted.</summary>
    public abstract bool HasRightAnswers { get; }

    /// <summary>Lays out what the batch's sequences are to give, where the batch itself does not have it.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="data">What it was filled from.</param>
    /// <param name="indices">Which of its sequences.</param>
    public virtual void Prepare(SequenceBatch<T> batch, SequenceDataset data, ReadOnlySpan<int> indices)
    {
    }

    /// <summary>
    /// The mean loss of a window's steps, or where sequences are judged as wholes, of the sequences; and its gradient by the outputs.
    /// </summary>
    /// <param name="window">The window, of the batch that was prepared; where sequences are judged as wholes, the last.</param>
    /// <param name="outputs">What the model gave.</param>
    /// <param name="gradient">Takes the gradient, as large.</param>
    public abstract LossResult Evaluate(LayerWindow<T> window, ReadOnlySpan<T> outputs, Span<T> gradient);

    /// <summary>What a row of outputs is to be, as numbers for least squares: targets, or for each class 1 or 0.</summary>
    /// <param name="batch">The batch that was prepared.</param>
    /// <param name="row">The row.</param>
    /// <param name="target">Takes the numbers, as many as there are outputs; NaN where one is not known.</param>
    /// <returns>What the row counts; 0 where nothing of it is known.</returns>
    public abstract double Target(SequenceBatch<T> batch, int row, Span<double> target);

    /// <summary>The same of a class: 1 for it, 0 for the others.</summary>
    protected static double TargetOf(int label, LossFunction loss, Span<double> target)
    {
        if (label < 0)
            return 0;
        target.Clear();
        target[label] = 1;
        return loss.ClassWeights.Length == 0 ? 1 : loss.ClassWeights[label];
    }

    /// <summary>The same of numbers.</summary>
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
