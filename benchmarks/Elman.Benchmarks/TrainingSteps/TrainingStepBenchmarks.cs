using BenchmarkDotNet.Attributes;

namespace Elman.Benchmarks.TrainingSteps;

/// <summary>One training step, Elman beside libtorch, one thread each.</summary>
[MemoryDiagnoser]
public class TrainingStepBenchmarks : IDisposable
{
    private ElmanRival? _elman;
    private TorchRival? _torch;

    /// <summary>The sizes to measure.</summary>
    public static IEnumerable<TrainingShape> Shapes => TrainingShape.All;

    /// <summary>The size under measurement.</summary>
    [ParamsSource(nameof(Shapes))]
    public TrainingShape Shape { get; set; } = TrainingShape.All[0];

    /// <summary>Sets both up, after making sure that they agree.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var problem = new TrainingProblem(Shape);
        Agreement.Require(problem);
        _elman = new ElmanRival(problem);
        _torch = new TorchRival(problem);
    }

    [Benchmark(Baseline = true, Description = "libtorch")]
    public double TrainTorch() => _torch!.TakeStep();

    [Benchmark(Description = "Elman")]
    public double TrainElman() => _elman!.TakeStep();

    /// <inheritdoc cref="IDisposable.Dispose"/>
    [GlobalCleanup]
    public void Dispose()
    {
        _elman?.Dispose();
        _torch?.Dispose();
        GC.SuppressFinalize(this);
    }
}
