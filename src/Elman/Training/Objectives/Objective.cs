using System.Numerics;
using Elman.Layers;
using Elman.Losses;
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

    /// <summary>The mean loss of a window's steps, or where sequences are judged as wholes, of the sequences; and its gradient by the outputs.</summary>
    /// <param name="window">The window, of the batch that was prepared; where sequences are judged as wholes, the last.</param>
    /// <param name="outputs">What the model gave.</param>
    /// <param name="gradient">Takes the gradient, as large.</param>
    public abstract LossResult Evaluate(LayerWindow<T> window, ReadOnlySpan<T> outputs, Span<T> gradient);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
