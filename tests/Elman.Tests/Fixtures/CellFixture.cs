using Elman.Cells;
using Elman.Models;
using Elman.Tests.Cells;

namespace Elman.Tests.Fixtures;

/// <summary>
/// A model of any cell, a batch, and the results of PyTorch (<c>torch_cells.py</c>) (also <c>autograd_cells.py</c>) or NumPy
/// (<c>cell_variants.py</c>, <c>echo_state.py</c>, <c>oscillator.py</c>) in double precision.
/// </summary>
/// <remarks>
/// The inputs and initial weights are exact in float. If gates are limited, no sum of any update is within 10⁻⁵ of the limit, so float and
/// double are on the same side of it.
/// </remarks>
internal sealed class CellFixture
{
    /// <summary>The number of updates in <see cref="Trained"/> and <see cref="Losses"/>.</summary>
    public const int Updates = 10;

    /// <summary>The learning rate of these updates.</summary>
    public const double LearningRate = 0.125;

    private static CellOptions CellOf(Case shape) => CellOptions.FromString(shape.Cell)
        .Set(nameof(GruOptions.GruReset), Enum.Parse<GruReset>(shape.GruReset, ignoreCase: true))
        .Set(nameof(LstmOptions.Peepholes), shape.Peepholes)
        .Set(nameof(LstmOptions.CoupledGates), shape.CoupledGates)
        .Set(nameof(LstmOptions.GateClip), shape.GateClip)
        .Set(nameof(LstmOptions.GateActivation), Activation.Parse(shape.GateActivation))
        .Set(nameof(LstmOptions.CandidateActivation), Activation.Parse(shape.CandidateActivation))
        .Set(nameof(LstmOptions.OutputActivation), Activation.Parse(shape.OutputActivation))
        .Set(nameof(LstmOptions.LayerNorm), shape.LayerNorm)
        .Set(nameof(EsnOptions.LeakRate), shape.LeakRate ?? new EsnOptions().LeakRate);

    private CellFixture(Case shape, FixtureResults expected)
    {
        Name = shape.Name;
        Lengths = shape.Lengths;
        Tensors = shape.Tensors;
        Spec = new ModelSpec
        {
            Cell = CellOf(shape),
            InputSize = shape.Features,
            Layers = [shape.Nodes],
            OutputSize = shape.Outputs,
        };

        var numbers = new SplitMix64(shape.Seed);
        Initial = Tensors.ToDictionary(tensor => tensor.Name, tensor => numbers.Even(tensor.Bound, tensor.Count));
        Sequences = [.. Lengths.Select(steps => numbers.Even(4, steps * shape.Features))];
        Labels = numbers.Below(shape.Outputs, Lengths.Length);

        Logits = expected.Take(Lengths.Length * shape.Outputs);
        LastState = expected.Take(Lengths.Length * shape.Nodes);
        LastMemory = HasMemory ? expected.Take(Lengths.Length * shape.Nodes) : [];
        Loss = expected.Take(1)[0];
        Gradients = TakeTensors();
        Trained = TakeTensors();
        Losses = expected.Take(Updates);

        Dictionary<string, double[]> TakeTensors() => Tensors.ToDictionary(tensor => tensor.Name, tensor => expected.Take(tensor.Count));
    }

    /// <summary>Every fixture, in the order of the scripts.</summary>
    public static IReadOnlyList<CellFixture> All { get; } = [.. Load("torch_cells"), .. Load("cell_variants"), .. Load("autograd_cells"),
        .. Load("echo_state"), .. Load("oscillator")];

    /// <summary>The names of all fixtures, as theory data.</summary>
    public static TheoryData<string> Names => [.. All.Select(fixture => fixture.Name)];

    /// <summary>The names of all fixtures whose cell has a second state in addition to its output.</summary>
    public static TheoryData<string> NamesWithMemory => [.. All.Where(fixture => fixture.HasMemory).Select(fixture => fixture.Name)];

    /// <summary>The index, cell and sizes, such as <c>19-gru-f5-n33-o4-b7-s1to25</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the cell has a second state vector: an LSTM's c, an LRU's imaginary part.</summary>
    public bool HasMemory => !Spec.Cell.IsReservoir && Spec.Cell.Accept(new StateCounter()) > 1;

    /// <summary>The model.</summary>
    public ModelSpec Spec { get; }

    /// <summary>The tensors of the weights, in the order of a model file.</summary>
    public IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>The weights before the first update, by name.</summary>
    public IReadOnlyDictionary<string, double[]> Initial { get; }

    /// <summary>The number of steps of each sequence [batch], unordered.</summary>
    public int[] Lengths { get; }

    /// <summary>Each sequence [steps, features].</summary>
    public IReadOnlyList<double[]> Sequences { get; }

    /// <summary>The class of each sequence [batch].</summary>
    public int[] Labels { get; }

    /// <summary>The logits of the initial weights [batch, outputs].</summary>
    public double[] Logits { get; }

    /// <summary>h after the last step of each sequence, of the initial weights [batch, nodes].</summary>
    public double[] LastState { get; }

    /// <summary>c after the last step of each sequence [batch, nodes], for an LSTM.</summary>
    public double[] LastMemory { get; }

    /// <summary>The mean cross-entropy of the initial weights.</summary>
    public double Loss { get; }

    /// <summary>The gradients of <see cref="Loss"/>, by name.</summary>
    public IReadOnlyDictionary<string, double[]> Gradients { get; }

    /// <summary>The weights after the last update, by name.</summary>
    public IReadOnlyDictionary<string, double[]> Trained { get; }

    /// <summary>The loss before each update [updates].</summary>
    public double[] Losses { get; }

    /// <summary>Returns the fixture with a name.</summary>
    public static CellFixture Get(string name) => All.Single(fixture => fixture.Name == name);

    private static CellFixture[] Load(string script)
    {
        var expected = new FixtureResults($"{script}.bin");
        CellFixture[] all = [.. FixtureResults.Cases<Case>($"{script}.json").Select(shape => new CellFixture(shape, expected))];
        Assert.Equal(0, expected.Left);
        return all;
    }

    /// <summary>A tensor of the weights.</summary>
    /// <param name="Name">The name in a model file.</param>
    /// <param name="Shape">The dimensions, row-major.</param>
    /// <param name="Bound">The bound of the initial numbers, which are in [−bound, bound).</param>
    internal sealed record Tensor(string Name, int[] Shape, double Bound)
    {
        /// <summary>The number of elements.</summary>
        public int Count => Shape.Aggregate(1, (product, length) => product * length);
    }

    private sealed record Case(
        string Name, string Cell, int Features, int Nodes, int Outputs, int[] Lengths, ulong Seed, Tensor[] Tensors,
        string GruReset = "after", bool Peepholes = false, bool CoupledGates = false, double GateClip = double.PositiveInfinity,
        string GateActivation = "sigmoid", string CandidateActivation = "tanh", string OutputActivation = "tanh",
        bool LayerNorm = false, double? LeakRate = null);

    private sealed class StateCounter : IRecurrentCellVisitor<int>
    {
        public int Visit<TCell>(TCell cell)
            where TCell : unmanaged, IRecurrentCell => TCell.StateCount;
    }
}
