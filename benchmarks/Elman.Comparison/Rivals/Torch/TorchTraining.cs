using Elman.Comparison.Problems;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elman.Comparison.Rivals;

/// <summary>
/// libtorch through TorchSharp: forward, its cross-entropy, backward, its SGD. All tensors that a step creates are freed at the end of the
/// step, as its users do.
/// </summary>
internal sealed class TorchTraining : InProcessRival
{
    private readonly TorchClassifier _classifier;
    private readonly CrossEntropyLoss _loss = nn.CrossEntropyLoss();
    private readonly optim.Optimizer _optimizer;
    private readonly Tensor _labels; // [B]
    private double _lastLoss;

    /// <summary>Sets up a problem.</summary>
    public TorchTraining(string name, Problem problem, int threads, TorchBatching batching)
        : base(name)
    {
        _classifier = new TorchClassifier(problem, threads, batching);
        _optimizer = optim.SGD(_classifier.Parameters, Problem.LearningRate);
        _labels = tensor(problem.Labels.Select(label => (long)label).ToArray());
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedArray<double>> Check()
    {
        Work();
        IEnumerable<NamedArray<double>> gradients = _classifier.Gradients().Named
            .Select(weight => new NamedArray<double>($"gradient by {weight.Name}", [.. weight.Values.Select(value => (double)value)]));
        return [new("loss", [_lastLoss]), .. gradients];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _optimizer.Dispose();
        _loss.Dispose();
        _labels.Dispose();
        _classifier.Dispose();
    }

    /// <inheritdoc/>
    protected override void Work()
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        Tensor loss = _loss.call(_classifier.Logits(), _labels);
        loss.backward();
        _optimizer.step();
        _lastLoss = loss.item<float>();
    }
}
