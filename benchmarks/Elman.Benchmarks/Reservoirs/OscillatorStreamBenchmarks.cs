using BenchmarkDotNet.Attributes;
using Elman.Fitted;
using Elman.Kernels;
using Elman.Models;
using Elman.Models.Streaming;
using Elman.Readouts;
using Elman.Sequences;
using Elman.Sequences.Stages;

namespace Elman.Benchmarks.Reservoirs;

/// <summary>
/// Time of a step of a stream from the value to the probabilities, with one channel and its difference, and 800 oscillators with counts.
/// </summary>
/// <remarks>
/// The parts of <see cref="Step"/> are separate benchmarks, as far as they can be called alone. Their times do not add up exactly to that
/// of the step, because data are in nearer caches if a part runs alone. In a step, about 200 KB are transferred between the second-level
/// cache and the processor, which limits the speed; measured with 512-bit lanes on Zen 4: 2.1 µs with 2 classes, 3.0 µs with 6.
/// </remarks>
[MemoryDiagnoser]
public unsafe class OscillatorStreamBenchmarks : IDisposable
{
    private const int Units = 800;

    private readonly StageBuffers _room = new();
    private SequenceModel<float>? _model;
    private CountsReadout<float>? _counts;
    private Preprocessing? _preprocessing;
    private SequenceSession? _session;
    private ModelStream<float>? _stream;
    private NativeBuffer<float>? _state;
    private NativeBuffer<float>? _features;
    private NativeBuffer<float>? _answer;
    private float[] _memory = [];
    private long _taken;

    /// <summary>The number of classes.</summary>
    [Params(2, 6)]
    public int Classes { get; set; }

    /// <summary>Creates a model and streams.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var random = new SeededRandom(1);
        _model = new SequenceModel<float>(
            new ModelSpec { Cell = "oscillator", InputSize = 2, Layers = [Units], OutputSize = Classes, Readout = Readout.Counts });
        _model.Initialize(WeightInitialization.Rotation, random);
        _model.Pack(forTraining: false);
        _preprocessing = new Preprocessing(
            MissingValues.Refuse, 1, new Standardization([0.1, 0], [1.5, 0.7]), null, new InputStages(Differences: 1));
        _preprocessing.Reserve(_room);
        _memory = new float[_preprocessing.MemorySize];
        _preprocessing.Begin(_memory);
        string[] classes = [.. Enumerable.Range(0, Classes).Select(c => $"{c}")];
        _session = new SequenceSession(
            new FittedModel([new Member(_model, _preprocessing)], classes, null, null, []), owner: this);
        _stream = new ModelStream<float>(_model);
        _counts = (CountsReadout<float>)_model.Readout;
        _state = new NativeBuffer<float>(_counts.StateSize);
        _features = new NativeBuffer<float>(_counts.FeatureSize);
        _answer = new NativeBuffer<float>(Classes);
    }

    /// <summary>The whole step.</summary>
    [Benchmark(Baseline = true)]
    public void Step() => _session!.Step([0.3f]);

    /// <summary>Difference and standardisation.</summary>
    [Benchmark]
    public void Preprocess()
    {
        Span<float> inputs = stackalloc float[2];
        _preprocessing!.Take([0.3f], new StageStep(_taken++, IsAsked: true), _memory, _room, inputs);
    }

    /// <summary>The oscillators and the counts.</summary>
    [Benchmark]
    public void Count() => _stream!.Step([0.3f, -0.4f]);

    /// <summary>From counts to features.</summary>
    [Benchmark]
    public void Conclude() => _counts!.Conclude(_state!.Start, _features!.Start, 100);

    /// <summary>From features to scores.</summary>
    [Benchmark]
    public void Output() => _model!.Output.Forward(_features!.Start, _answer!.Start, 1);

    /// <inheritdoc cref="IDisposable.Dispose"/>
    [GlobalCleanup]
    public void Dispose()
    {
        _session?.Dispose();
        _stream?.Dispose();
        _state?.Dispose();
        _features?.Dispose();
        _answer?.Dispose();
        _model?.Dispose();
        GC.SuppressFinalize(this);
    }
}
