namespace Elman.Comparison.Rows;

/// <summary>Rows that form one table.</summary>
/// <param name="Name">The prefix of the names of its rows.</param>
/// <param name="Title">The heading of the table.</param>
/// <param name="Text">The text that explains the table.</param>
/// <param name="RanksLibraries">Whether the summary also compares with the fastest of the other libraries.</param>
internal sealed record Group(string Name, string Title, string Text, bool RanksLibraries = false)
{
    /// <summary>Training steps of all sizes.</summary>
    public static Group Training { get; } = new(
        "train", "Training step", "Forward, softmax cross-entropy, backward, SGD. Rows are I,H,batch,steps.");

    /// <summary>Forward passes of all sizes.</summary>
    public static Group Inference { get; } = new(
        "infer", "Inference", "Forward to the logits of a whole batch.", RanksLibraries: true);

    /// <summary>Sequences step by step.</summary>
    public static Group Streaming { get; } = new(
        "stream", "Streaming", "One sequence, one step at a time, with the state carried over. The time is per step.",
        RanksLibraries: true);

    /// <summary>Training on sequences of different lengths.</summary>
    public static Group RaggedTraining { get; } = new(
        "ragged/train",
        "Ragged batches, training step",
        "64 sequences of 10 to 1000 steps, lengths drawn log-uniformly. GFLOP/s counts real steps only, for all libraries. "
        + "\"Elman, equal lengths\" has the same number of real steps in sequences of one length.");

    /// <summary>Forward passes over sequences of different lengths.</summary>
    public static Group RaggedInference { get; } = new(
        "ragged/infer", "Ragged batches, inference", "The same batch, forward only.");

    /// <summary>Training steps of stacks.</summary>
    public static Group StackTraining { get; } = new(
        "stack/train", "Stacks, training step",
        "Two bidirectional layers: 2x2. The output layer sees the last outputs of both directions.");

    /// <summary>Forward passes of stacks.</summary>
    public static Group StackInference { get; } = new(
        "stack/infer", "Stacks, inference", "The same models, forward only.");

    /// <summary>Training steps of stacks on sequences of different lengths.</summary>
    public static Group StackRagged { get; } = new(
        "stack/ragged", "Stacks on ragged batches, training step",
        "The same on 64 sequences of 10 to 1000 steps; libtorch gets packed sequences.");

    /// <summary>Cells without recurrent weights, compared with the LSTM.</summary>
    public static Group InputGated { get; } = new(
        "minimal",
        "Cells without recurrent weights, training step",
        "Sequences of 1000 steps, compared with Elman's own LSTM with the same number of units. The readout is the last output or the "
        + "mean of all outputs (mean). An `lru` computes outputs only for steps that are read; GFLOP/s does not count them.");

    /// <summary>A growing number of steps.</summary>
    public static Group GrowingSteps { get; } = new(
        "growth/steps", "Growth with the number of steps", "Training step.");

    /// <summary>A growing batch size.</summary>
    public static Group GrowingBatch { get; } = new(
        "growth/batch", "Growth with the batch", "Training step.");

    /// <summary>A growing number of units.</summary>
    public static Group GrowingHidden { get; } = new(
        "growth/hidden", "Growth with the number of units", "Training step.");

    /// <summary>Training steps in double.</summary>
    public static Group Double { get; } = new(
        "double", "Training step in double", "Compared with a classifier written from scratch in NumPy.");
}
