using Elman.Comparison.Problems;
using Elman.Models;
using Elman.Models.Streaming;

namespace Elman.Comparison.Rivals;

/// <summary>Elman: one sequence, step by step.</summary>
internal sealed class ElmanStream : InProcessRival
{
    private readonly Problem _problem;
    private readonly SequenceModel<float> _model;
    private readonly ModelStream<float> _stream;
    private readonly StepInputs _inputs;

    /// <summary>Sets up a problem.</summary>
    public ElmanStream(string name, Problem problem)
        : base(name)
    {
        _problem = problem;
        _model = ElmanParts.Model<float>(problem);
        _model.Pack(forTraining: false);
        _stream = new ModelStream<float>(_model);
        _inputs = new StepInputs(problem);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedArray<double>> Check()
    {
        _stream.Reset();
        for (int t = 0; t < _problem.Shape.Steps; t++)
            Work();
        return [StepInputs.Output(_stream.Output)];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _stream.Dispose();
        _model.Dispose();
    }

    /// <inheritdoc/>
    protected override void Work() => _stream.Step(_inputs.Next());
}
