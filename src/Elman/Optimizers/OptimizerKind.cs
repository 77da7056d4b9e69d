namespace Elman;

/// <summary>The optimizer: how weights are updated from gradients.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (D. Kingma and J. Ba, 2015).</summary>
    Adam,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Stochastic gradient descent with Nesterov's momentum.</summary>
    Nesterov,

    /// <summary>
    /// Adam with decoupled weight decay (I. Loshchilov and F. Hutter, 2019); see <see cref="TrainingOptions.WeightDecay"/>.
    /// </summary>
    AdamW,
}
