using Elman.Comparison.Problems;

namespace Elman.Comparison.Rows;

/// <summary>The kind of work.</summary>
internal enum Operation
{
    /// <summary>A training step: forward, softmax cross-entropy, backward, plain SGD.</summary>
    Training,

    /// <summary>Forward, to the logits.</summary>
    Inference,

    /// <summary>One step of one sequence, with the state carried over.</summary>
    Streaming,
}

/// <summary>The library that does the work, and its form.</summary>
internal enum Rival
{
    /// <summary>Elman in float.</summary>
    Elman,

    /// <summary>Elman in double.</summary>
    ElmanDouble,

    /// <summary>
    /// Elman in float, with the same number of real steps in sequences of nearly equal length: the cost of a ragged batch without the cost
    /// of different lengths.
    /// </summary>
    ElmanLevelled,

    /// <summary>The LSTM of Elman in float, with the same number of units as the cell of the row.</summary>
    ElmanLstm,

    /// <summary>libtorch; sequences of different lengths are padded with zeros.</summary>
    Torch,

    /// <summary>libtorch with packed sequences.</summary>
    TorchPacked,

    /// <summary>ONNX Runtime.</summary>
    OnnxRuntime,

    /// <summary>NumPy, in double.</summary>
    NumPy,
}

/// <summary>A row of the comparison: one piece of work and its rivals.</summary>
/// <param name="Group">The table that it belongs to.</param>
/// <param name="Operation">The kind of work.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Shape">The size.</param>
/// <param name="Threads">The number of threads of each rival.</param>
/// <param name="Rivals">The rivals, Elman first.</param>
internal sealed record Row(Group Group, Operation Operation, Cell Cell, Shape Shape, int Threads, IReadOnlyList<Rival> Rivals)
{
    /// <summary>The number of steps of each sequence, longest first; by default that of the shape for all sequences.</summary>
    public IReadOnlyList<int> Lengths { get; init; } = Problems.Lengths.Equal(Shape.Batch, Shape.Steps);

    /// <summary>The name of the row, in which <c>--only</c> searches.</summary>
    public string Name => $"{Group.Name}/{Cell}/{Shape}/{Threads}t";

    /// <summary>
    /// The number of floating-point operations of the recurrent layer's products: forward <c>2·G·H·(I + H)</c> for every real step of every
    /// sequence, and three times that for a training step, since backward needs the gradients by the state and by the weights; twice for a
    /// cell without recurrent weights.
    /// </summary>
    public double Flops => (Operation != Operation.Training ? 1 : Cell.HasRecurrentWeights ? 3 : 2) * Shape.Flops(Cell, RealSteps);

    /// <summary>Whether Elman works in double here.</summary>
    public bool IsDouble => Rivals[0] == Rival.ElmanDouble;

    private long RealSteps => Operation == Operation.Streaming ? 1 : Lengths.Sum(n => (long)n);
}
