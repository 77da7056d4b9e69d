using Elman.Comparison.Problems;
using Elman.Kernels;
using Elman.Models;
using Elman.Sequences;

namespace Elman.Comparison.Rivals;

/// <summary>Elman: the forward pass that its classifiers use for predictions.</summary>
internal sealed class ElmanInference : InProcessRival
{
    private readonly SequenceModel<float> _model;
    private readonly SequenceBatch<float> _batch;
    private readonly ModelTape<float> _tape = new(keepsSteps: false);
    private readonly Workers _workers;

    /// <summary>Sets up a problem.</summary>
    public ElmanInference(string name, Problem problem, int threads)
        : base(name)
    {
        _model = ElmanParts.Model<float>(problem);
        _model.Pack(forTraining: false);
        _batch = ElmanParts.Batch<float>(problem);
        _workers = new Workers(threads);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedArray<double>> Check()
    {
        Work();
        double[] logits = new double[_batch.Count * Shape.Classes]; // in the order of the problem, not of the batch
        for (int place = 0; place < _batch.Count; place++)
            for (int c = 0; c < Shape.Classes; c++)
                logits[(_batch.Order[place] * Shape.Classes) + c] = _tape.Logits.Span[(place * Shape.Classes) + c];
        return [new("logits", logits)];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _workers.Dispose();
        _tape.Dispose();
        _batch.Dispose();
        _model.Dispose();
    }

    /// <inheritdoc/>
    protected override void Work() => _model.Forward(_batch, _tape, _workers);
}
