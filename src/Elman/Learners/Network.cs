using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Kernels;
using Elman.Learners;
using Elman.Losses;
using Elman.Models;
using Elman.Optimizers;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Training.Objectives;
using Elman.Training;

namespace Elman;

/// <summary>
/// A network for a custom training loop: forward, loss, backward, and an <see cref="Optimizer"/> that updates its weights.
/// <see cref="SequenceEstimator.CreateNetwork"/> draws one, <see cref="SequenceEstimator.TakeOver"/> makes a model of it.
/// </summary>
/// <remarks>
/// <para>
/// The calls build on each other: <see cref="Forward"/> for some sequences, <see cref="Loss()"/> for the outputs,
/// <see cref="Backward()"/> for the gradients of that loss. With the batches that Fit would take, in its order
/// (<see cref="Random"/> shuffles <c>[0, 1, …]</c> once an epoch), its learning rates, and <see cref="ClipGradient"/> where it clips, such
/// a loop gives the weights of <see cref="SequenceEstimator.Fit"/>, bit for bit.
/// </para>
/// <para>One thread at a time; the work is shared among <see cref="TrainingOptions.Threads"/>.</para>
/// </remarks>
/// <example>
/// <code>
/// using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "gru" });
/// using Network network = classifier.CreateNetwork(data);
/// using var optimizer = Optimizer.Adam(network);
/// int[] order = [.. Enumerable.Range(0, data.Count)];
/// for (int epoch = 0; epoch &lt; 100; epoch++)
/// {
///     network.Random.Shuffle(order.AsSpan());
///     foreach (int[] batch in order.Chunk(16))
///     {
///         network.Forward(batch);
///         double loss = network.Loss();
///         network.Backward();
///         optimizer.Step(learningRate: 0.003);
///     }
/// }
/// classifier.TakeOver(network);
/// </code>
/// </example>
public sealed class Network : IDisposable
{
    private readonly TrainingSet _set;
    private readonly FittedModel _start;
    private readonly SequenceModel<float> _model;
    private readonly Objective<float> _objective;
    private readonly Workers _workers;
    private readonly SeededRandom _noise;
    private readonly SymbolDropout? _dropout;
    private readonly long _longest;
    private readonly SequenceBatch<float> _batch = new();
    private readonly ModelTape<float> _tape = new(keepsSteps: true);
    private readonly Parameters<float> _gradients;
    private int[] _indices = [];
    private Stage _stage;
    private ExclusiveUse _use;

    internal Network(TrainingSet set, FittedModel start, TrainingOptions options)
    {
        (_set, _start, _model, Options) = (set, start, start.Model, options);
        _objective = set.Task.CreateObjective(start.MeaningOf(start.Members[0]), set.Data, options);
        _workers = new Workers(options.ResolvedThreads);
        _noise = TrainingState.NoiseOf(options);
        _dropout = SymbolDropout.Of(set.Data);
        _longest = start.Preprocessing.MostStepsOf(set.Data);
        _gradients = new Parameters<float>(_model.Values.Layout);
        Parameters = [.. _model.Values.Layout.Slices.Select(slice => new NetworkParameter(this, slice))];
    }

    /// <summary>How far a pass has come.</summary>
    private enum Stage
    {
        None,
        Forward,
        Judged,
        Backward,
    }

    /// <summary>What shaped it.</summary>
    public TrainingOptions Options { get; }

    /// <summary>How many sequences there are to learn from: a long series that is forecast may have been cut into pieces.</summary>
    public int Sequences => _set.Data.Count;

    /// <summary>What the outputs are called: classes, or targets; empty for a forecast.</summary>
    public IReadOnlyList<string> OutputNames => _start.Names;

    /// <summary>How many numbers it gives for a sequence, or for a step, O.</summary>
    public int OutputCount => _model.Spec.OutputSize;

    /// <summary>Its weights by name, with their gradients.</summary>
    public IReadOnlyList<NetworkParameter> Parameters { get; }

    /// <summary>Draws what the drawing of the weights has left to draw: first of all the order of the data.</summary>
    public SeededRandom Random => _set.Random;

    /// <summary>How many rows the outputs have: one for each sequence of the batch, or for each of its steps.</summary>
    public int Rows => _stage == Stage.None ? 0 : _model.Spec.ReadsEveryStep ? _batch.Rows : _batch.Count;

    /// <summary>
    /// What it gave for the batch, <c>[rows, O]</c>: scores of classes, or numbers in the units in which it learns. Valid until the next
    /// <see cref="Forward"/>.
    /// </summary>
    public ReadOnlySpan<float> Outputs => _stage == Stage.None ? [] : _tape.Logits.Span;

    /// <summary>The gradient of the loss by them, <c>[rows, O]</c>, after <see cref="Loss()"/>.</summary>
    public ReadOnlySpan<float> OutputGradient => _stage >= Stage.Judged ? _tape.LogitsGradient.Span : [];

    /// <summary>Runs sequences forward.</summary>
    /// <param name="sequences">Which, by their places in the training data from 0.</param>
    /// <param name="training">Whether <see cref="TrainingOptions.Dropout"/>, <see cref="TrainingOptions.RecurrentDropout"/> and
    /// <see cref="ModelOptions.Zoneout"/> draw what they drop; otherwise nothing is dropped, and zoneout keeps its share.</param>
    /// <returns><see cref="Outputs"/>. The rows are in the order of the steps and, within a step, of <see cref="RowAt"/>.</returns>
    /// <exception cref="ArgumentException">There is no sequence, one that the data do not have, or one twice.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses it.</exception>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<int> sequences, bool training = true)
    {
        using Use _ = Begin();
        if (sequences.IsEmpty)
            throw new ArgumentException("A batch needs at least one sequence.", nameof(sequences));
        foreach (int sequence in sequences)
            if ((uint)sequence >= (uint)_set.Data.Count)
                throw new ArgumentException(
                    $"There is no sequence {sequence}; the data have {_set.Data.Count}, counted from 0.", nameof(sequences));
        _indices = sequences.ToArray();
        _stage = Stage.None;
        SymbolDropout? dropout = training ? _dropout : null;
        _batch.Fill(_set.Data, _indices, _start.Preprocessing, dropout, dropout is null ? 0 : _noise.NextUInt64());
        _objective.Prepare(_batch, _set.Data, _indices);
        _model.DrawNoise(_batch, _tape, training ? Options.DropoutRates : default, training ? _noise : new SeededRandom(0));
        _model.Pack(forTraining: true, _workers);
        _model.Forward(_batch, _tape, _workers);
        _stage = Stage.Forward;
        return Outputs;
    }

    /// <summary>Which sequence, and of those that answer at every step which step of it, a row of the outputs is for.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The sequence's place in the training data, and the step of the data, or −1 for a sequence as a whole.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public (int Sequence, int Step) RowAt(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        if (!_model.Spec.ReadsEveryStep)
            return (_indices[_batch.Order[row]], -1);
        int step = 0;
        while (step + 1 < _batch.Steps && _batch.RowOf(step + 1) <= row)
            step++;
        int place = row - _batch.RowOf(step);
        return (_indices[_batch.Order[place]], _batch.DataStep(step, place));
    }

    /// <summary>The loss that was chosen (<see cref="TrainingOptions.Loss"/>), the mean over the rows; leaves its gradient by the outputs.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing went forward, or another thread uses the network.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    public double Loss()
    {
        using Use _ = Begin();
        Require(_stage != Stage.None, "Nothing went forward yet; call Forward before Loss.");
        _tape.LogitsGradient.Resize(_tape.Logits.Length);
        LossResult result = _objective.Evaluate(LayerWindow<float>.All(_batch), _tape.Logits.Span, _tape.LogitsGradient.Span);
        _stage = Stage.Judged;
        return result.Loss;
    }

    /// <summary>Runs the batch backward from the gradient that <see cref="Loss()"/> left; gives each parameter its gradient.</summary>
    /// <exception cref="InvalidOperationException">There is no such gradient, or another thread uses the network.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    public void Backward()
    {
        using Use _ = Begin();
        Require(_stage == Stage.Judged, "There is no gradient of the outputs; call Forward and Loss before Backward, once for each.");
        Run();
    }

    /// <summary>The same from a gradient that the caller computed, instead of a loss.</summary>
    /// <param name="outputGradient">The gradient by <see cref="Outputs"/>, <c>[rows, O]</c>.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    /// <exception cref="InvalidOperationException">Nothing went forward since, or another thread uses the network.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    public void Backward(ReadOnlySpan<float> outputGradient)
    {
        using Use _ = Begin();
        Require(_stage is Stage.Forward or Stage.Judged, "Nothing went forward since the last Backward; call Forward before it.");
        if (outputGradient.Length != _tape.Logits.Length)
            throw new ArgumentException(
                $"The outputs are {_tape.Logits.Length} numbers; their gradient has {outputGradient.Length}.", nameof(outputGradient));
        _tape.LogitsGradient.Resize(_tape.Logits.Length);
        outputGradient.CopyTo(_tape.LogitsGradient.Span);
        Run();
    }

    /// <summary>Scales all gradients by <c>limit/‖g‖</c> where <c>‖g‖ &gt; limit</c> (R. Pascanu and others, 2013).</summary>
    /// <param name="limit">The greatest Euclidean norm that passes, above 0.</param>
    /// <returns>The norm before.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not above 0.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses it.</exception>
    public double ClipGradient(double limit)
    {
        if (!(limit > 0))
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "The limit must be above 0.");
        using Use _ = Begin();
        return GradientClipping.ByNorm(_gradients, limit);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_use.Close())
            Free();
    }

    /// <summary>An optimizer's layout.</summary>
    internal ParameterLayout Layout => _model.Values.Layout;

    /// <summary>The values of a parameter.</summary>
    internal ReadOnlySpan<float> ValuesOf(ParameterSlice slice)
    {
        ObjectDisposedException.ThrowIf(_use.IsClosed, this);
        return _model.Values.Span(slice);
    }

    /// <summary>The gradient of a parameter.</summary>
    internal ReadOnlySpan<float> GradientOf(ParameterSlice slice)
    {
        ObjectDisposedException.ThrowIf(_use.IsClosed, this);
        return _gradients.Span(slice);
    }

    /// <summary>Puts values into a parameter.</summary>
    internal void Set(ParameterSlice slice, ReadOnlySpan<float> values)
    {
        using Use _ = Begin();
        values.CopyTo(_model.Values.Span(slice));
        _stage = Stage.None;
    }

    /// <summary>One update by an optimizer.</summary>
    internal void Update(Optimizer<float> optimizer, double learningRate)
    {
        using Use _ = Begin();
        Require(_stage == Stage.Backward, "There are no new gradients; call Forward, Loss and Backward before Step.");
        optimizer.Step(_model.Values, _gradients, learningRate, _workers);
        _model.LimitRecurrence((int)Math.Min(_longest, int.MaxValue));
        _stage = Stage.None;
    }

    /// <summary>What can't be used about its weights as they are.</summary>
    internal string? Problem()
    {
        using Use _ = Begin();
        return TensorPrimitives.IsFiniteAll<float>(_model.Values.Buffer.Span)
            ? null
            : "A weight of the network is infinite or NaN: training diverged. Try a smaller learning rate, or clip the gradient.";
    }

    /// <summary>A model of its own with the weights as they are.</summary>
    internal FittedModel Copy()
    {
        using Use _ = Begin();
        FittedModel copy = StartingModel.Copy(_start) with { Origin = _start.Origin };
        if (_dropout is not null)
            UnseenSymbols.Settle(copy.Model, _dropout);
        copy.Model.Pack(forTraining: false);
        return copy;
    }

    private void Run()
    {
        _gradients.Buffer.Clear();
        _model.Backward(_batch, _tape, _gradients, _workers);
        _stage = Stage.Backward;
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
            throw new InvalidOperationException(problem);
    }

    private Use Begin()
    {
        _use.Enter(this);
        return new Use(this);
    }

    private void Free()
    {
        _batch.Dispose();
        _tape.Dispose();
        _gradients.Dispose();
        _objective.Dispose();
        _workers.Dispose();
        _model.Dispose();
    }

    private readonly ref struct Use(Network network)
    {
        public void Dispose()
        {
            if (network._use.Leave())
                network.Free();
        }
    }
}
