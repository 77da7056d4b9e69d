using Elman.Checkpoints;
using Elman.Fitted;
using Elman.Kernels;
using Elman.Models;
using Elman.Sequences;
using Elman.Sequences.Stages;
using Elman.Training;
using Elman.Training.Tasks;

namespace Elman.Learners;

/// <summary>The checked data for training a model.</summary>
/// <param name="Task">The task.</param>
/// <param name="Data">The training data.</param>
/// <param name="Validation">The validation data, or <see langword="null"/>.</param>
/// <param name="Symbols">The symbol channels.</param>
/// <param name="Random">The random numbers for the weights and for the order of the data.</param>
internal sealed record TrainingSet(
    SequenceTask Task, SequenceDataset Data, SequenceDataset? Validation, SymbolTables Symbols, SeededRandom Random)
{
    /// <summary>Names and settings of the data, and the covariates of a forecaster.</summary>
    public DataOrigin Origin { get; init; } = DataOrigin.None;

    /// <summary>
    /// A model that was chosen and tested on a part of the data: the same members are trained on all data, and its quantiles of errors are
    /// taken over. <see langword="null"/> if the model is chosen in this training.
    /// </summary>
    public FittedModel? Tested { get; init; }

    /// <summary>
    /// The model whose weights, preprocessing and names training starts with; <see langword="null"/> for random initial weights.
    /// </summary>
    public FittedModel? Start { get; init; }

    /// <summary>The place of this training in its checkpoint; <see langword="null"/> without one.</summary>
    public CheckpointScope? Checkpoint { get; init; }

    /// <summary>Returns the same data for a part of a training, such as a fold.</summary>
    /// <param name="name">The name of the part.</param>
    public TrainingSet Part(string name) => this with { Checkpoint = Checkpoint?.Of(name) };

    /// <summary>
    /// The model before training: a copy of <see cref="Start"/>, or one with random weights, with preprocessing fitted to the data.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public FittedModel Begin(TrainingOptions options, CancellationToken cancellationToken)
    {
        FittedModel blank = Blank(options);
        if (Start is not null)
            return blank;
        (SequenceModel<float> model, Preprocessing preprocessing) = (blank.Model, blank.Preprocessing);
        model.Initialize(options.Init, Random, options.Cell.InitialForgetBias, options.Cell.Reservoir with
        { MedianSteps = preprocessing.StepsAfter((long)options.Inputs.Missing.MedianStepsOf(Data)) }, cancellationToken);
        model.Pack(forTraining: false);
        using var workers = new Workers(options.ResolvedThreads);
        MixScales.Set(model, Data, preprocessing, Random, workers, cancellationToken);
        // Thresholds are quantiles of mixed outputs.
        CountThresholds.Set(model, Data, preprocessing, Random, workers, cancellationToken);
        return blank;
    }

    /// <summary>
    /// The model before training whose weights are still to be set: a copy of <see cref="Start"/>, or one with all weights zero.
    /// </summary>
    public FittedModel Blank(TrainingOptions options)
    {
        if (Start is not null)
            return StartingModel.Copy(Start) with { Origin = Origin };
        InputStages stages = options.Inputs.Stages with { Ngrams = options.Inputs.Stages.Ngrams?.Fit(Data, Symbols) };
        var preprocessing = Preprocessing.Fit(Data, options.Inputs.Missing, options.Inputs.Standardize, Symbols, stages);
        ModelSpec spec = options.SpecFor(Data.Channels, Task.OutputSizeOf(Data, options), Task.Kind, Symbols) with { Stages = stages };
        return new FittedModel(
            [new Member(new SequenceModel<float>(spec), preprocessing)], Task.NamesOf(Data),
            options.Inputs.Standardize ? Task.TargetScaleOf(Data) : null, null, [])
        { Origin = Origin };
    }
}
