using Elman.Comparison.Problems;
using static TorchSharp.torch;

namespace Elman.Comparison.Rivals;

/// <summary>libtorch through TorchSharp: forward in inference mode.</summary>
internal sealed class TorchInference : InProcessRival
{
    private readonly TorchClassifier _classifier;

    /// <summary>Sets up a problem.</summary>
    public TorchInference(string name, Problem problem, int threads, TorchBatching batching)
        : base(name) => _classifier = new TorchClassifier(problem, threads, batching);

    /// <inheritdoc/>
    public override IReadOnlyList<NamedArray<double>> Check()
    {
        using var mode = inference_mode(true);
        using var scope = NewDisposeScope();
        return [new("logits", [.. TorchWeights.Numbers(_classifier.Logits()).Select(value => (double)value)])];
    }

    /// <inheritdoc/>
    public override double Run(int repetitions)
    {
        using var mode = inference_mode(true);
        return base.Run(repetitions);
    }

    /// <inheritdoc/>
    public override void Dispose() => _classifier.Dispose();

    /// <inheritdoc/>
    protected override void Work()
    {
        using var scope = NewDisposeScope();
        _ = _classifier.Logits();
    }
}
