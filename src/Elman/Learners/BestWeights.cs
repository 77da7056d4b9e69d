using Elman.Models;
using Elman.Packing;

namespace Elman.Learners;

/// <summary>Keeps the weights of the epoch with the lowest validation loss.</summary>
internal sealed class BestWeights(SequenceModel<float> model) : IDisposable
{
    private Parameters<float>? _weights;

    /// <summary>The validation loss of that epoch; infinity before the first.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>The stored weights; <see langword="null"/> before the first epoch.</summary>
    public Parameters<float>? Weights => _weights;

    /// <summary>The epoch whose weights are stored; 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>Checks the weights after an epoch and stores them if they are the best so far.</summary>
    /// <returns>Whether they are the best so far.</returns>
    public bool Keep(int epoch, double loss)
    {
        if (!(loss < Loss))
            return false;
        _weights ??= new Parameters<float>(model.Values.Layout);
        _weights.CopyFrom(model.Values);
        (Epoch, Loss) = (epoch, loss);
        return true;
    }

    /// <summary>Sets the stored weights to those of an earlier process.</summary>
    public void Set(int epoch, double loss, ReadOnlySpan<float> weights)
    {
        _weights ??= new Parameters<float>(model.Values.Layout);
        weights.CopyTo(_weights.Buffer.Span);
        (Epoch, Loss) = (epoch, loss);
    }

    /// <summary>Copies the stored weights back into the model, if there are any.</summary>
    public void Restore()
    {
        if (_weights is not null)
            model.Values.CopyFrom(_weights);
    }

    /// <inheritdoc/>
    public void Dispose() => _weights?.Dispose();
}
