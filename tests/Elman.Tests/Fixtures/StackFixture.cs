using Elman.Models;
using Elman.Tests.Cells;

namespace Elman.Tests.Fixtures;

/// <summary>A stack, a ragged batch, and the results of PyTorch (<c>torch_stacks.py</c>) in double precision.</summary>
internal sealed class StackFixture
{
    private StackFixture(Case shape, FixtureResults expected)
    {
        Name = shape.Name;
        Tensors = shape.Tensors;
        Spec = new ModelSpec
        {
            Cell = CellOptions.FromString(shape.Cell).Set(nameof(LstmOptions.Projection), shape.Projection),
            InputSize = shape.Features,
            Layers = [.. Enumerable.Repeat(shape.Nodes, shape.Depth)],
            Bidirectional = shape.Bidirectional,
            Readout = Readout.Parse(shape.Readout),
            OutputSize = shape.Outputs,
        };
        var numbers = new SplitMix64(shape.Seed);
        Initial = Tensors.ToDictionary(tensor => tensor.Name, tensor => numbers.Even(tensor.Bound, tensor.Count));
        Sequences = [.. shape.Lengths.Select(steps => numbers.Even(4, steps * shape.Features))];
        Labels = numbers.Below(shape.Outputs, shape.Lengths.Length);

        int layers = shape.Depth * (shape.Bidirectional ? 2 : 1), memories = shape.Lengths.Length * shape.Nodes,
            states = shape.Projection == 0 ? memories : shape.Lengths.Length * shape.Projection;
        Logits = expected.Take(shape.Lengths.Length * shape.Outputs);
        LastStates = [.. Enumerable.Range(0, layers).Select(_ => expected.Take(states))];
        LastMemories = shape.Cell == "lstm" ? [.. Enumerable.Range(0, layers).Select(_ => expected.Take(memories))] : [];
        Loss = expected.Take(1)[0];
        Gradients = Tensors.ToDictionary(tensor => tensor.Name, tensor => expected.Take(tensor.Count));
    }

    /// <summary>Every fixture, in the order of the script.</summary>
    public static IReadOnlyList<StackFixture> All { get; } = Load();

    /// <summary>The names of all fixtures, as theory data.</summary>
    public static TheoryData<string> Names => [.. All.Select(fixture => fixture.Name)];

    /// <summary>The index, cell and shape, such as <c>30-lstm-2x5-bi-mean-b3-s4</c>.</summary>
    public string Name { get; }

    /// <summary>The model.</summary>
    public ModelSpec Spec { get; }

    /// <summary>The tensors of the weights, in the order of a model file.</summary>
    public IReadOnlyList<CellFixture.Tensor> Tensors { get; }

    /// <summary>The weights, by name.</summary>
    public IReadOnlyDictionary<string, double[]> Initial { get; }

    /// <summary>Each sequence [steps, features].</summary>
    public IReadOnlyList<double[]> Sequences { get; }

    /// <summary>The class of each sequence [batch].</summary>
    public int[] Labels { get; }

    /// <summary>The scores [batch, outputs].</summary>
    public double[] Logits { get; }

    /// <summary>
    /// For each layer and direction, h after the step that it reads last [batch, nodes]; with a projection, [batch, projected size].
    /// </summary>
    public IReadOnlyList<double[]> LastStates { get; }

    /// <summary>For each layer and direction of an LSTM, c after the step that it reads last.</summary>
    public IReadOnlyList<double[]> LastMemories { get; }

    /// <summary>The mean cross-entropy.</summary>
    public double Loss { get; }

    /// <summary>The gradients of the loss, by name.</summary>
    public IReadOnlyDictionary<string, double[]> Gradients { get; }

    /// <summary>Returns the fixture with a name.</summary>
    public static StackFixture Get(string name) => All.Single(fixture => fixture.Name == name);

    private static StackFixture[] Load()
    {
        var expected = new FixtureResults("torch_stacks.bin");
        StackFixture[] all = [.. FixtureResults.Cases<Case>("torch_stacks.json").Select(shape => new StackFixture(shape, expected))];
        Assert.Equal(0, expected.Left);
        return all;
    }

    private sealed record Case(
        string Name, string Cell, int Features, int Nodes, int Depth, bool Bidirectional, string Readout, int Outputs, int[] Lengths,
        ulong Seed, CellFixture.Tensor[] Tensors, int Projection = 0);
}
