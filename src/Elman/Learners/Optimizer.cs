using Elman.Kernels;
using Elman.Optimizers;
using Elman.Training;

namespace Elman;

/// <summary>Updates the weights of a <see cref="Network"/> from their gradients, and stores the moments of earlier gradients.</summary>
public sealed class Optimizer : IDisposable
{
    private readonly Network _network;
    private readonly Optimizer<float> _optimizer;

    private Optimizer(Network network, Optimizer<float> optimizer) => (_network, _optimizer) = (network, optimizer);

    /// <summary>
    /// Stochastic gradient descent: plain <c>w −= η·g</c>; with momentum μ <c>v = μ·v + g, w −= η·v</c>; with Nesterov's look-ahead
    /// <c>w −= η·(g + μ·v)</c> (I. Sutskever and others, 2013).
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="momentum">μ, from 0 up to but not including 1.</param>
    /// <param name="nesterov">Whether to use Nesterov's look-ahead.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="momentum"/> is out of range.</exception>
    public static Optimizer Sgd(Network network, double momentum = 0, bool nesterov = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (momentum is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "It may be 0 up to, but not including, 1.");
        return new(network, new Sgd<float>(network.Layout, momentum, nesterov, KernelCatalog.Default<float>()));
    }

    /// <summary>Adam (D. Kingma and J. Ba, 2015), or with a decay above 0 AdamW (I. Loshchilov and F. Hutter, 2019).</summary>
    /// <param name="network">The network.</param>
    /// <param name="weightDecay">λ: each step multiplies every weight by 1 − η·λ; finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weightDecay"/> is out of range.</exception>
    public static Optimizer Adam(Network network, double weightDecay = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!(weightDecay >= 0 && double.IsFinite(weightDecay)))
            throw new ArgumentOutOfRangeException(nameof(weightDecay), weightDecay, "It must be a finite number of at least 0.");
        return new(network, weightDecay == 0
            ? new Adam<float>(network.Layout, KernelCatalog.Default<float>())
            : new Adam<float>(network.Layout, KernelCatalog.Default<float>(), weightDecay));
    }

    /// <summary>Creates the optimizer that the network's options name: <see cref="TrainingOptions.Optimizer"/> and its options.</summary>
    /// <param name="network">The network.</param>
    public static Optimizer Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(network, OptimizerFactory.Create<float>(network.Options, network.Layout));
    }

    /// <summary>Updates the weights from the gradients of <see cref="Network.Backward()"/>.</summary>
    /// <param name="learningRate">η, finite and at least 0.</param>
    /// <remarks>The recurrent weights of <c>indrnn</c> are clipped to the range in which gradients don't explode, as in
    /// <see cref="SequenceEstimator.Fit"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">There are no gradients since the last update, or another thread uses the
    /// network.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    public void Step(double learningRate)
    {
        if (!(learningRate >= 0 && double.IsFinite(learningRate)))
            throw new ArgumentOutOfRangeException(nameof(learningRate), learningRate, "It must be a finite number of at least 0.");
        _network.Update(_optimizer, learningRate);
    }

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();
}
