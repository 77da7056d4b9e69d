using Elman.Comparison.Problems;

namespace Elman.Comparison.Rows;

/// <summary>What is done.</summary>
internal enum Operation
{
    /// <summary>A training step: forward, softmax cross-entropy, backward, plain SGD.</summary>
    Training,

    /// <summary>Forward, to the logits.</summary>
    Inference,

    /// <summary>One step of one sequence, the state carried over.</summary>
    Streaming,
}

/// <summary>Who does it.</summary>
internal enum Rival
{
    /// <summary>Elman in float.</summary>
    Elman,

    /// <summary>Elman in double.</summary>
    ElmanDouble,

    /// <summary>
    /// Elman in float, given as many real steps in sequences of one length: what a ragged batch would cost if raggedness cost nothing.
    /// </summary>
    ElmanLevelled,

    /// <summary>Elman's LSTM in float, of as many units as the row's cell.</summary>
    ElmanLstm,

    /// <summary>libtorch; sequences of different lengths filled up with zeros.</summary>
    Torch,

    /// <summary>libtorch with packed sequences.</summary>
    TorchPacked,

    /// <summary>ONNX Runtime.</summary>
    OnnxRuntime,

    /// <summary>NumPy, in double.</summary>
    NumPy,
}

/// <summary>A row of the comparison: one piece of work and who does it.</summary>
/// <param name="Group">The table that it belongs to.</param>
/// <param name="Operation">What is done.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Shape">The size.</param>
/// <param name="Threads">Threads for each rival.</param>
/// <param name="Rivals">Who does it, Elman first.</param>
internal sealed record Row(Group Group, Operation Operation, Cell Cell, Shape Shape, int Threads, IReadOnlyList<Rival> Rivals)
{
    /// <summary>Steps of each sequence, longest first; by default all the shape's.</summary>
    public IReadOnlyList<int> Lengths { get; init; } = Problems.Lengths.Equal(Shape.Batch, Shape.Steps);

    /// <summary>What <c>--only</c> looks into.</summary>
    public string Name => $"{Group.Name}/{Cell}/{Shape}/{Threads}t";

    /// <summary>
    /// Floating-point operations of the recurrent layer's products: forward <c>2·G·H·(I + H)</c> for every real step of every
    /// sequence, and for a training step three times that, since backward needs the gradients by the state and by the weights;
    /// twice for a cell without recurrent weights.
    /// </summary>
    public double Flops => (Operation != Operation.Training ? 1 : Cell.HasRecurrentWeights ? 3 : 2) * Shape.Flops(Cell, RealSteps);

    /// <summary>Whether Elman works in double here.</summary>
    public bool IsDouble => Rivals[0] == Rival.ElmanDouble;

    private long RealSteps => Operation == Operation.Streaming ? 1 : Lengths.Sum(n => (long)n);
}
