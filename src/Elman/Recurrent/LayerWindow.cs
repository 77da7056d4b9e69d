using System.Numerics;
using Elman.Sequences;

namespace Elman.Recurrent;

/// <summary>A window of steps of a batch for one layer: pointers to its inputs, outputs and gradients.</summary>
/// <remarks>Every pointer is to the window's first row. Rows are in the order of the batch.</remarks>
internal readonly unsafe struct LayerWindow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The batch, with the lengths and the number of active sequences at a step.</summary>
    public required SequenceBatch<T> Batch { get; init; }

    /// <summary>The first step.</summary>
    public int FirstStep { get; init; }

    /// <summary>The step after the last.</summary>
    public required int EndStep { get; init; }

    /// <summary>The inputs, <c>[rows, I]</c>.</summary>
    public required T* Inputs { get; init; }

    /// <summary>
    /// The outputs, <c>[rows, OutputStride]</c>, of which the layer writes W columns; <see langword="null"/> if only the last states are
    /// needed.
    /// </summary>
    public T* Outputs { get; init; }

    /// <summary>The distance from one row of the outputs, and of their gradient, to the next.</summary>
    public nint OutputStride { get; init; }

    /// <summary>
    /// <c>[rows, OutputStride]</c>, backward only: the gradient of the loss with respect to the outputs; <see langword="null"/> if there is
    /// none.
    /// </summary>
    public T* OutputGradient { get; init; }

    /// <summary>
    /// <c>[rows, I]</c>, backward only: the gradient of the loss with respect to the inputs, which is added to; <see langword="null"/> if
    /// it is not needed.
    /// </summary>
    public T* InputGradient { get; init; }

    /// <summary>The place of its first row in the batch.</summary>
    public int FirstRow => Batch.RowOf(FirstStep);

    /// <summary>The number of rows.</summary>
    public int Rows => Batch.RowOf(EndStep) - FirstRow;

    /// <summary>Whether it begins at the first step of the batch.</summary>
    public bool IsFirst => FirstStep == 0;

    /// <summary>Whether it ends at the last step of the batch.</summary>
    public bool IsLast => EndStep == Batch.Steps;

    /// <summary>The number of active sequences at its first step: the first ones of the batch.</summary>
    public int Active => Batch.ActiveAt(FirstStep);

    /// <summary>The number of sequences, the first ones, that continue after its last step. The others end in it.</summary>
    public int ContinuingCount => IsLast ? 0 : Batch.ActiveAt(EndStep);

    /// <summary>Returns a window of all steps of a batch, for the first layer.</summary>
    public static LayerWindow<T> All(SequenceBatch<T> batch) => new() { Batch = batch, EndStep = batch.Steps, Inputs = batch.Inputs };

    /// <summary>Returns a window of some steps of a batch, for the first layer.</summary>
    public static LayerWindow<T> Of(SequenceBatch<T> batch, int firstStep, int endStep) => new()
    {
        Batch = batch,
        FirstStep = firstStep,
        EndStep = endStep,
        Inputs = batch.Inputs + ((nint)batch.RowOf(firstStep) * batch.Channels),
    };
}
