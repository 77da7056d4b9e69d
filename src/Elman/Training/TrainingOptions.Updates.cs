namespace Elman;

/// <content>The optimizer and the learning rate.</content>
public sealed partial record TrainingOptions
{
    private const double DefaultWeightDecay = 0.01;

    /// <summary>The optimizer. Default Adam.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>
    /// Momentum of <see cref="OptimizerKind.Sgd"/> and <see cref="OptimizerKind.Nesterov"/>, from 0 up to but not including 1;
    /// the others have none. Default 0.9.
    /// </summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>
    /// λ of <see cref="OptimizerKind.AdamW"/>: before each step every parameter, biases included, is multiplied by 1 − η·λ, where η is the
    /// learning rate of the step (I. Loshchilov and F. Hutter, 2019). At least 0, and its product with <see cref="LearningRate"/> below 1.
    /// Only for <see cref="OptimizerKind.AdamW"/>. Default 0.01.
    /// </summary>
    public double WeightDecay { get; init; } = DefaultWeightDecay;

    /// <summary>
    /// The learning rate that training starts with, above 0. Default <see langword="null"/>: 0.002 for Adam and AdamW, 0.02 for the others.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>How the learning rate changes during training. Default cosine.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>
    /// Gradient clipping: the maximum norm, above 0; longer gradients are scaled down to it. Infinity for no limit. Default 1.
    /// </summary>
    public double Clip { get; init; } = 1;

    /// <summary>The learning rate that training starts with: <see cref="LearningRate"/>, or the optimizer's own.</summary>
    public double ResolvedLearningRate => LearningRate ?? (Optimizer is OptimizerKind.Adam or OptimizerKind.AdamW ? 0.002 : 0.02);

    private IEnumerable<string> FindUpdateProblems()
    {
        if (Optimizer == OptimizerKind.Nesterov && !(Momentum > 0))
            yield return "Nesterov looks ahead along the momentum: Momentum must be above 0.";
        if (Optimizer != OptimizerKind.AdamW && WeightDecay != DefaultWeightDecay && !IsReservoir)
            yield return $"WeightDecay is for AdamW, but Optimizer is {Optimizer}; leave it at its default, or choose AdamW.";
        else if (Optimizer == OptimizerKind.AdamW && double.IsFinite(WeightDecay) && ResolvedLearningRate * WeightDecay >= 1)
            yield return FormattableString.Invariant($"WeightDecay is {WeightDecay}; times the learning rate {ResolvedLearningRate} it ")
                + "must be below 1, the whole of a weight. Choose a smaller one.";
    }
}
