using Elman.Models;

namespace Elman.Tests.Fixtures;

/// <summary>
/// A small model, data, and the loss of PyTorch (<c>torch_training.py</c>, double precision) at every step of training with each optimizer.
/// </summary>
internal sealed class TrainingFixture
{
    private readonly Case _shape;

    private TrainingFixture(Case shape, FixtureResults expected)
    {
        _shape = shape;
        Losses = [.. shape.Runs.Select(_ => expected.Take(shape.Steps))];
        var numbers = new SplitMix64(shape.Seed);
        Initial = shape.Tensors.ToDictionary(tensor => tensor.Name, tensor => numbers.Even(tensor.Bound, tensor.Count));
        float[][] values = [.. shape.Lengths.Select(steps => numbers.Even(2, steps * shape.Features).Select(x => (float)x).ToArray())];
        int[] labels = numbers.Below(shape.Outputs, shape.Lengths.Length);
        Data = new SequenceDataset(
            shape.Features, Enumerable.Range(0, shape.Outputs).Select(c => $"class {c}"),
            values.Select((x, i) => new Sequence(x, shape.Features, labels[i])), shape.Name);

        var batches = new List<int[]>();
        while (batches.Count < shape.Steps)
            batches.AddRange(labels.Select((_, i) => (Place: numbers.NextBits(), Index: i)).OrderBy(pair => pair.Place)
                .Select(pair => pair.Index).Chunk(shape.Batch));
        Batches = batches;
    }

    public static IReadOnlyList<TrainingFixture> All { get; } = Load();

    /// <summary>The names of all fixtures with the index of each of their runs, as theory data.</summary>
    public static TheoryData<string, int> Runs => Theory(All);

    /// <summary>The runs whose batch is all data, so that the order of the data has no influence.</summary>
    public static TheoryData<string, int> FullBatchRuns => Theory(All.Where(fixture => fixture._shape.Batch == fixture.Data.Count));

    public ModelSpec Spec => new()
    {
        Cell = _shape.Cell,
        InputSize = _shape.Features,
        Layers = [.. Enumerable.Repeat(_shape.Nodes, _shape.Depth)],
        Bidirectional = _shape.Bidirectional,
        Readout = Readout.Parse(_shape.Readout),
        OutputSize = _shape.Outputs,
    };

    /// <summary>The weights before the first step, by name.</summary>
    public IReadOnlyDictionary<string, double[]> Initial { get; }

    public SequenceDataset Data { get; }

    /// <summary>The sequences of the batch of each step.</summary>
    public IReadOnlyList<int[]> Batches { get; }

    /// <summary>For each run the loss of each step, before its update.</summary>
    public IReadOnlyList<double[]> Losses { get; }

    public static TrainingFixture Get(string name) => All.Single(fixture => fixture._shape.Name == name);

    /// <summary>Returns the training options of a run: a constant rate, no clipping, channels not standardised.</summary>
    public TrainingOptions Options(int run)
    {
        Run chosen = _shape.Runs[run];
        var options = new TrainingOptions
        {
            Optimizer = Enum.Parse<OptimizerKind>(chosen.Optimizer, ignoreCase: true),
            LearningRate = chosen.LearningRate,
            Schedule = LearningRateSchedule.Constant,
            Clip = double.PositiveInfinity,
            Batch = _shape.Batch,
            Epochs = _shape.Steps * _shape.Batch / Data.Count,
            Threads = 1,
        };
        options = chosen.Momentum is { } momentum ? options with { Momentum = momentum } : options;
        return chosen.WeightDecay is { } decay ? options with { WeightDecay = decay } : options;
    }

    private static TheoryData<string, int> Theory(IEnumerable<TrainingFixture> fixtures)
    {
        var data = new TheoryData<string, int>();
        foreach (TrainingFixture fixture in fixtures)
            for (int run = 0; run < fixture.Losses.Count; run++)
                data.Add(fixture._shape.Name, run);
        return data;
    }

    private static TrainingFixture[] Load()
    {
        var expected = new FixtureResults("torch_training.bin");
        TrainingFixture[] all = [.. FixtureResults.Cases<Case>("torch_training.json")
            .Select(shape => new TrainingFixture(shape, expected))];
        Assert.Equal(0, expected.Left);
        return all;
    }

    private sealed record Case(
        string Name, string Cell, int Features, int Nodes, int Depth, bool Bidirectional, string Readout, int Outputs, int[] Lengths,
        int Batch, int Steps, ulong Seed, Run[] Runs, CellFixture.Tensor[] Tensors);

    private sealed record Run(string Optimizer, double LearningRate, double? Momentum, double? WeightDecay);
}
