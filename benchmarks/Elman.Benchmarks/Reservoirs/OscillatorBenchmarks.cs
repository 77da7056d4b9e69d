using BenchmarkDotNet.Attributes;
using Elman.Cells;
using Elman.Kernels;
using Elman.Models;
using Elman.Models.Streaming;
using Elman.Sequences;

namespace Elman.Benchmarks.Reservoirs;

/// <summary>
/// Time of oscillators with counts: for whole sequences, and for steps of a stream, whose parts <see cref="OscillatorStreamBenchmarks"/>
/// measures separately.
/// </summary>
/// <remarks>
/// The arithmetic per unit and step: I multiply-adds for the inputs, 4 for the recurrence, 4 more in the half of the units that have a
/// second stage, 2 for the output, 5 comparisons with additions, and an addition of the magnitude. <see cref="OperationsOf"/> counts 1 for
/// each of them (a comparison with its addition counts as one), so the share of the peak of multiply-adds is operations ÷ (time · lanes per
/// second).
/// </remarks>
[MemoryDiagnoser]
public class OscillatorBenchmarks : IDisposable
{
    private const int Units = 800;

    private SequenceModel<float>? _model;
    private SequenceBatch<float>? _batch;
    private ModelTape<float>? _tape;
    private ModelStream<float>? _stream;
    private Workers? _workers;
    private float[] _step = [];

    /// <summary>The numbers of sequences, steps and inputs.</summary>
    [Params("64x8x2", "64x8x4", "300x60x2", "1x10000x2", "64x100x40")]
    public string Shape { get; set; } = "";

    /// <summary>The number of threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>The number of operations per unit and step, averaged over all units.</summary>
    public static int OperationsOf(int inputs) => inputs + 4 + 2 + 2 + 5 + 1;

    /// <summary>Creates a model and sequences.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        int[] sizes = [.. Shape.Split('x').Select(int.Parse)];
        var random = new SeededRandom(1);
        _model = new SequenceModel<float>(
            new ModelSpec { Cell = "oscillator", InputSize = sizes[2], Layers = [Units], OutputSize = 2, Readout = Readout.Counts });
        _model.Initialize(WeightInitialization.Rotation, random, reservoir: ReservoirShape.Default with { MedianSteps = sizes[1] });
        _model.Pack(forTraining: false);
        _workers = new Workers(Threads);
        _tape = new ModelTape<float>(keepsSteps: false);
        _batch = new SequenceBatch<float>();
        _batch.Fill(
            [.. Enumerable.Range(0, sizes[0] * sizes[1] * sizes[2]).Select(_ => (float)random.NextNormal())], sizes[0], sizes[1], sizes[2]);
        _stream = new ModelStream<float>(_model);
        _step = [.. Enumerable.Range(0, sizes[2]).Select(_ => (float)random.NextNormal())];
    }

    /// <summary>The whole batch, from inputs to predictions.</summary>
    [Benchmark]
    public void Sequences() => _model!.Forward(_batch!, _tape!, _workers!);

    /// <summary>A step of a stream, without its prediction.</summary>
    [Benchmark]
    public void Step() => _stream!.Step(_step);

    /// <summary>A step of a stream, with its prediction.</summary>
    [Benchmark]
    public void StepAndAnswer()
    {
        _stream!.Step(_step);
        _stream.Logits();
    }

    /// <inheritdoc cref="IDisposable.Dispose"/>
    [GlobalCleanup]
    public void Dispose()
    {
        _stream?.Dispose();
        _batch?.Dispose();
        _tape?.Dispose();
        _model?.Dispose();
        _workers?.Dispose();
        GC.SuppressFinalize(this);
    }
}
