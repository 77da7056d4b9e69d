using Elman.Packing;

namespace Elman;

/// <summary>A weight matrix or a bias of a <see cref="Network"/>, by name.</summary>
/// <remarks>The spans are views of the network's memory: don't keep them beyond its <see cref="Network.Dispose"/>.</remarks>
public sealed class NetworkParameter
{
    private readonly Network _network;
    private readonly ParameterSlice _slice;

    internal NetworkParameter(Network network, ParameterSlice slice) => (_network, _slice) = (network, slice);

    /// <summary>The name, as in model files: for example <c>rnn.0.wx</c>.</summary>
    public string Name => _slice.Name;

    /// <summary>Its dimensions, row-major; the gates of a cell lie side by side.</summary>
    public IReadOnlyList<int> Shape => _slice.Shape;

    /// <summary>How many numbers it has.</summary>
    public int Count => _slice.Count;

    /// <summary>The numbers.</summary>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    public ReadOnlySpan<float> Values => _network.ValuesOf(_slice);

    /// <summary>The gradient of the loss by them, after <see cref="Network.Backward()"/>; zeros before the first.</summary>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    public ReadOnlySpan<float> Gradient => _network.GradientOf(_slice);

    /// <summary>Replaces the values: with the result of a custom update, or with weights from elsewhere.</summary>
    /// <param name="values">As many, in the same order.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses it.</exception>
    public void Set(ReadOnlySpan<float> values)
    {
        if (values.Length != Count)
            throw new ArgumentException($"'{Name}' has {Count} numbers, not {values.Length}.", nameof(values));
        _network.Set(_slice, values);
    }
}
