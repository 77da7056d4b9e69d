using Elman.Comparison.Onnx;
using Elman.Comparison.Problems;
using Microsoft.ML.OnnxRuntime;

namespace Elman.Comparison.Rivals;

/// <summary>ONNX Runtime: forward, with input and output bound beforehand.</summary>
internal sealed class OnnxInference : InProcessRival
{
    private readonly OnnxSession _session;
    private readonly float[] _logits;
    private readonly OrtValue _x, _y;
    private readonly OrtIoBinding _binding;

    /// <summary>Sets up a problem.</summary>
    public OnnxInference(string name, Problem problem, int threads)
        : base(name)
    {
        Shape shape = problem.Shape;
        _session = new OnnxSession(OnnxModel.Classifier(problem), threads);
        _logits = new float[shape.Batch * Shape.Classes];
        _x = OnnxSession.Tensor(problem.TimeMajor(), shape.Steps, shape.Batch, shape.Inputs);
        _y = OnnxSession.Tensor(_logits, 1, shape.Batch, Shape.Classes);
        _binding = _session.Bind([("x", _x)], [("logits", _y)]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedArray<double>> Check()
    {
        Work();
        return [new("logits", [.. _logits.Select(value => (double)value)])];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _binding.Dispose();
        _x.Dispose();
        _y.Dispose();
        _session.Dispose();
    }

    /// <inheritdoc/>
    protected override void Work() => _session.Run(_binding);
}
