using Elman.Packing;

namespace Elman;

/// <summary>A weight matrix or a bias of a <see cref="Network"/>, by name.</summary>
/// <remarks>The spans are views of the network's memory: don't use them after its <see cref="Network.Dispose"/>.</remarks>
public sealed class NetworkParameter
{
    private readonly Network _network;
    private readonly ParameterSlice _slice;

    internal NetworkParameter(Network network, ParameterSlice slice) => (_network, _slice) = (network, slice);

    /// <summary>The name, as in model files: for example <c>rnn.0.wx</c>.</summary>
    public string Name => _slice.Name;

    /// <summary>The dimensions, row-major; the gates of a cell are concatenated along the last one.</summary>
    public IReadOnlyList<int> Shape => _slice.Shape;

    /// <summary>The number of values.</summary>
    public int Count => _slice.Count;

    /// <summary>The values.</summary>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    public ReadOnlySpan<float> Values => _network.ValuesOf(_slice);

    /// <summary>The gradient of the loss with respect to the values, after <see cref="Network.Backward()"/>; zeros before the first
    /// backward pass.</summary>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    public ReadOnlySpan<float> Gradient => _network.GradientOf(_slice);

    /// <summary>Replaces the values: with the result of a custom update, or with weights from elsewhere.</summary>
    /// <param name="values">The new values: <see cref="Count"/> of them, in the same order.</param>
    /// <exception cref="ArgumentException">The number of values differs from <see cref="Count"/>.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the network.</exception>
    public void Set(ReadOnlySpan<float> values)
    {
        if (values.Length != Count)
            throw new ArgumentException($"{Quoted(Name)} has {Count} numbers, not {values.Length}.", nameof(values));
        _network.Set(_slice, values);
    }
}
