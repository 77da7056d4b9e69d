namespace Elman;

/// <summary>Everything about a classifier that is chosen rather than learned. Immutable: change it with <c>with</c>.</summary>
/// <remarks>The tool's options have the same names; both read their defaults from here.</remarks>
public sealed record TrainingOptions
{
    /// <summary>The recurrent cell: <c>rnn</c>, the simple recurrent network. Default <c>rnn</c>.</summary>
    public string Cell { get; init; } = "rnn";

    /// <summary>The names that <see cref="Cell"/> may have.</summary>
    public static IReadOnlyList<string> CellNames { get; } = [.. Layers.CellCatalog.All.Select(c => c.Name)];

    /// <summary>Units of the recurrent layer, 1 to 16,383. Default 96.</summary>
    public int Hidden { get; init; } = 96;

    /// <summary>The recurrent layer's activation. Default tanh.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>How often the training data are gone through, at least 1. Default 100.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Sequences a training step, at least 1. Default 16.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>How a gradient moves the weights. Default Adam.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Momentum of <see cref="OptimizerKind.Sgd"/> and <see cref="OptimizerKind.Nesterov"/>, from 0 up to but not including 1; Adam does without. Default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>The learning rate that training starts with, above 0. Default <see langword="null"/>: 0.002 for Adam, 0.02 for the others.</summary>
    public double? LearningRate { get; init; }

    /// <summary>How the learning rate changes during training. Default cosine.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>The greatest norm of a gradient, above 0; longer ones are scaled down to it. Infinity for no limit. Default 1.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>What the weights are before training. Default rotation.</summary>
    public WeightInitialization Init { get; init; } = WeightInitialization.Rotation;

    /// <summary>
    /// The share of the training data to hold out for validation, from 0 (none) up to but not including 1, drawn from each class alike.
    /// With it, the weights of the epoch with the lowest validation loss are kept. Default 0.
    /// </summary>
    public double Validation { get; init; }

    /// <summary>After how many epochs without a lower validation loss training stops; 0 for never. Has no effect without validation. Default 20.</summary>
    public int Patience { get; init; } = 20;

    /// <summary>Whether every channel is shifted and scaled to mean 0 and deviation 1 over the training data. Default true.</summary>
    public bool Standardize { get; init; } = true;

    /// <summary>Fixes every random choice: the same seed and data give the same model, bit for bit. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads that work, at most 1,024; 0 for one a processor. The result does not depend on it. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>Everything that is wrong with these options, one sentence each; empty where they are fine.</summary>
    public IReadOnlyList<string> FindProblems()
    {
        var problems = new List<string>();
        Require(Layers.CellCatalog.Find(Cell) is not null, $"Cell '{Cell}' is not known; it may be {string.Join(", ", CellNames)}.");
        Require(Hidden is >= 1 and <= Models.ModelSpec.MaxHidden, $"Hidden is {Hidden}; it may be 1 to {Models.ModelSpec.MaxHidden}.");
        Require(Activation is not null, $"Activation is missing.");
        Require(Epochs >= 1, $"Epochs is {Epochs}; it must be at least 1.");
        Require(Batch >= 1, $"Batch is {Batch}; it must be at least 1.");
        Require(Enum.IsDefined(Optimizer), $"Optimizer is {Optimizer}, which is not one.");
        Require(Momentum is >= 0 and < 1, $"Momentum is {Momentum}; it may be 0 up to, but not including, 1.");
        Require(Optimizer != OptimizerKind.Nesterov || Momentum > 0, $"Nesterov looks ahead along the momentum: Momentum must be above 0.");
        Require(LearningRate is null or (> 0 and < double.PositiveInfinity), $"LearningRate is {LearningRate}; it must be a finite number above 0.");
        Require(Enum.IsDefined(Schedule), $"Schedule is {Schedule}, which is not one.");
        Require(Clip > 0, $"Clip is {Clip}; it must be above 0, or infinity for no limit.");
        Require(Enum.IsDefined(Init), $"Init is {Init}, which is not one.");
        Require(Validation is >= 0 and < 1, $"Validation is {Validation}; it may be 0 up to, but not including, 1.");
        Require(Patience >= 0, $"Patience is {Patience}; it must be at least 0.");
        Require(Threads is >= 0 and <= 1024, $"Threads is {Threads}; it may be 0 to 1024.");
        return problems;

        void Require(bool holds, FormattableString problem)
        {
            if (!holds)
                problems.Add(FormattableString.Invariant(problem));
        }
    }

    /// <summary>The learning rate that training starts with: <see cref="LearningRate"/>, or the optimizer's own.</summary>
    public double ResolvedLearningRate => LearningRate ?? (Optimizer == OptimizerKind.Adam ? 0.002 : 0.02);

    /// <summary>How many threads work: <see cref="Threads"/>, or the number of processors where that is 0.</summary>
    internal int ResolvedThreads => Threads == 0 ? Environment.ProcessorCount : Threads;
}
