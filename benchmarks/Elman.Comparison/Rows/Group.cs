namespace Elman.Comparison.Rows;

/// <summary>Rows that belong into one table.</summary>
/// <param name="Name">How the names of its rows begin.</param>
/// <param name="Title">The table's heading.</param>
/// <param name="Text">What the table shows.</param>
/// <param name="RanksLibraries">Whether its rivals are libraries that do the same work, so that the faster of them is what counts.</param>
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
        "stream", "Streaming", "One sequence, one step at a time, the state carried over; the time is that of a step.",
        RanksLibraries: true);

    /// <summary>Training on sequences of different lengths.</summary>
    public static Group RaggedTraining { get; } = new(
        "ragged/train",
        "Ragged batches, training step",
        "64 sequences of 10 to 1000 steps, lengths drawn log-uniformly. Padding is computed by no library's choice, "
            + "so all GFLOP/s count real steps only. "
        + "\"Elman, equal lengths\" has as many real steps in sequences of one length.");

    /// <summary>Forward passes over sequences of different lengths.</summary>
    public static Group RaggedInference { get; } = new(
        "ragged/infer", "Ragged batches, inference", "The same batch, forward only.");

    /// <summary>Training steps of stacks.</summary>
    public static Group StackTraining { get; } = new(
        "stack/train", "Stacks, training step",
        "Two layers, each of which reads both ways: 2x2. The output layer sees the last outputs of both directions.");

    /// <summary>Forward passes of stacks.</summary>
    public static Group StackInference { get; } = new(
        "stack/infer", "Stacks, inference", "The same models, forward only.");

    /// <summary>Training steps of stacks on sequences of different lengths.</summary>
    public static Group StackRagged { get; } = new(
        "stack/ragged", "Stacks on ragged batches, training step",
        "The same on 64 sequences of 10 to 1000 steps, which libtorch takes packed.");

    /// <summary>Cells whose gates see the input alone, beside the LSTM.</summary>
    public static Group InputGated { get; } = new(
        "minimal",
        "Cells whose gates see the input alone, training step",
        "Sequences of 1000 steps, beside Elman's own LSTM of as many units; judged by the last output, or by the mean of all (mean). "
        + "An `lru` computes outputs from its states only where they are read; GFLOP/s leave that out.");

    /// <summary>Longer and longer sequences.</summary>
    public static Group GrowingSteps { get; } = new(
        "growth/steps", "Growth with the number of steps", "Training step.");

    /// <summary>Larger and larger batches.</summary>
    public static Group GrowingBatch { get; } = new(
        "growth/batch", "Growth with the batch", "Training step.");

    /// <summary>More and more units.</summary>
    public static Group GrowingHidden { get; } = new(
        "growth/hidden", "Growth with the number of units", "Training step.");

    /// <summary>Training steps in double.</summary>
    public static Group Double { get; } = new(
        "double", "Training step in double", "Beside a classifier written from scratch in NumPy.");
}
