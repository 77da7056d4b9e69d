using System.Numerics;
using Elman.Comparison.Problems;
using Elman.Kernels;
using Elman.Models;
using Elman.Optimizers;
using Elman.Packing;
using Elman.Sequences;
using Elman.Training;

namespace Elman.Comparison.Rivals;

/// <summary>Elman: the step that its classifiers use for training.</summary>
internal sealed class ElmanTraining<T> : InProcessRival
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// The learning rate of the check, a power of two. It is so large that the rounding of the weights has a negligible effect on the
    /// gradients computed from them.
    /// </summary>
    private const double CheckRate = 1024;

    private readonly Problem _problem;
    private readonly SequenceModel<T> _model;
    private readonly SequenceBatch<T> _batch;
    private readonly Sgd<T> _optimizer;
    private readonly Workers _workers;
    private readonly TrainStep<T> _step;
    private readonly T[] _start;

    /// <summary>Sets up a problem.</summary>
    public ElmanTraining(string name, Problem problem, int threads)
        : base(name)
    {
        _problem = problem;
        _model = ElmanParts.Model<T>(problem);
        _batch = ElmanParts.Batch<T>(problem);
        _optimizer = new Sgd<T>(_model.Values.Layout, momentum: 0, nesterov: false, KernelCatalog.Default<T>());
        _workers = new Workers(threads);
        _step = new TrainStep<T>(_model, _optimizer, _workers);
        _start = _model.Values.Buffer.Span.ToArray();
    }

    /// <summary>
    /// Runs one step at a large learning rate: the gradients are the changes of the weights divided by the rate. Then all weights are
    /// restored, including those that no rival has.
    /// </summary>
    public override IReadOnlyList<NamedArray<double>> Check()
    {
        double loss = _step.Run(_batch, CheckRate).Loss;
        List<NamedArray<double>> results = [new("loss", [loss])];
        foreach ((ParameterSlice slice, float[] start) in ElmanParts.Pairs(_model, _problem))
        {
            Span<T> end = _model.Values.Span(slice);
            double[] gradient = new double[end.Length];
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] = (start[i] - double.CreateTruncating(end[i])) / CheckRate;
            results.Add(new($"gradient by {slice.Name}", gradient));
        }
        _start.CopyTo(_model.Values.Buffer.Span);
        return results;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _step.Dispose();
        _optimizer.Dispose();
        _workers.Dispose();
        _batch.Dispose();
        _model.Dispose();
    }

    /// <inheritdoc/>
    /// <exception cref="RivalException">The loss is not a number: then the step has no backward pass, and its time would not be
    /// comparable.</exception>
    protected override void Work()
    {
        if (!double.IsFinite(_step.Run(_batch, Problem.LearningRate).Loss))
            throw new RivalException($"{Name}: the loss is no finite number any more, so there was nothing to go back from.");
    }
}
