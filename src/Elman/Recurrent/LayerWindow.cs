using System.Numerics;
using Elman.Sequences;

namespace Elman.Recurrent;

/// <summary>Some steps of a batch as one layer sees them: where it finds its inputs, and where its outputs and the gradients go.</summary>
/// <remarks>Every pointer is to the window's first row. The rows of all steps follow each other as in the batch.</remarks>
internal readonly unsafe struct LayerWindow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The batch: lengths, and how many sequences run at a step.</summary>
    public required SequenceBatch<T> Batch { get; init; }

    /// <summary>The first step.</summary>
    public int FirstStep { get; init; }

    /// <summary>The step after the last.</summary>
    public required int EndStep { get; init; }

    /// <summary><c>[rows, I]</c>.</summary>
    public required T* Inputs { get; init; }

    /// <summary>
    /// <c>[rows, OutputStride]</c>, of which the layer writes H columns; <see langword="null"/> where only the last states are wanted.
    /// </summary>
    public T* Outputs { get; init; }

    /// <summary>From one row of the outputs, and of their gradient, to the next.</summary>
    public nint OutputStride { get; init; }

    /// <summary>
    /// <c>[rows, OutputStride]</c>, backward only: the loss's gradient by the outputs; <see langword="null"/> where none comes by them.
    /// </summary>
    public T* OutputGradient { get; init; }

    /// <summary>
    /// <c>[rows, I]</c>, backward only: the loss's gradient by the inputs, added to; <see langword="null"/> where it is not needed.
    /// </summary>
    public T* InputGradient { get; init; }

    /// <summary>The place of its first row in the batch.</summary>
    public int FirstRow => Batch.RowOf(FirstStep);

    /// <summary>How many rows there are.</summary>
    public int Rows => Batch.RowOf(EndStep) - FirstRow;

    /// <summary>Whether it begins with the batch.</summary>
    public bool IsFirst => FirstStep == 0;

    /// <summary>Whether it ends with the batch.</summary>
    public bool IsLast => EndStep == Batch.Steps;

    /// <summary>How many sequences run at its first step: the first ones of the batch.</summary>
    public int Active => Batch.ActiveAt(FirstStep);

    /// <summary>How many of them, the first ones, go on after its last step. The others end in it.</summary>
    public int ContinuingCount => IsLast ? 0 : Batch.ActiveAt(EndStep);

    /// <summary>All steps of a batch, for the layer that its values go into.</summary>
    public static LayerWindow<T> All(SequenceBatch<T> batch) => new() { Batch = batch, EndStep = batch.Steps, Inputs = batch.Inputs };

    /// <summary>Some of them.</summary>
    public static LayerWindow<T> Of(SequenceBatch<T> batch, int firstStep, int endStep) => new()
    {
        Batch = batch,
        FirstStep = firstStep,
        EndStep = endStep,
        Inputs = batch.Inputs + ((nint)batch.RowOf(firstStep) * batch.Channels),
    };
}
