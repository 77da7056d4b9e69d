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
using Elman.Training;
using Elman.Training.Objectives;

namespace Elman;

/// <summary>
/// A network for a custom training loop: forward, loss, backward, and an <see cref="Optimizer"/> that updates its weights.
/// <see cref="SequenceEstimator.CreateNetwork"/> creates one, <see cref="SequenceEstimator.TakeOver"/> copies its weights into a model.
/// </summary>
/// <remarks>
/// <para>
/// The calls build on each other: <see cref="Forward"/> for some sequences, <see cref="Loss()"/> for the outputs, <see cref="Backward()"/>
/// for the gradients of that loss. With the batches of Fit, in its order (<see cref="Random"/> shuffles <c>[0, 1, …]</c> once an epoch),
/// its learning rates, and <see cref="ClipGradient"/> with its limit, such a loop results in the weights of
/// <see cref="SequenceEstimator.Fit"/>, bit for bit.
/// </para>
/// <para>For one thread at a time; the computation uses <see cref="TrainingOptions.Threads"/> threads.</para>
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

    /// <summary>The stage of a pass.</summary>
    private enum Stage
    {
        None,
        Forward,
        Judged,
        Backward,
    }

    /// <summary>The options with which the network was created.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The number of training sequences. Long series for forecasts may have been cut into pieces.</summary>
    public int Sequences => _set.Data.Count;

    /// <summary>The names of the outputs: classes or targets; empty for a forecast.</summary>
    public IReadOnlyList<string> OutputNames => _start.Names;

    /// <summary>The number of outputs for a sequence or a step, O.</summary>
    public int OutputCount => _model.Spec.OutputSize;

    /// <summary>The parameters by name, with their gradients.</summary>
    public IReadOnlyList<NetworkParameter> Parameters { get; }

    /// <summary>The random generator, in its state after the initialisation of the weights. In Fit it next shuffles the data.</summary>
    public SeededRandom Random => _set.Random;

    /// <summary>The number of rows of the outputs: one for each sequence of the batch, or for each of its steps.</summary>
    public int Rows => _stage == Stage.None ? 0 : _model.Spec.ReadsEveryStep ? _batch.Rows : _batch.Count;

    /// <summary>
    /// The outputs for the batch, <c>[rows, O]</c>: scores of classes, or numbers in standardised units. Valid until the next
    /// <see cref="Forward"/>.
    /// </summary>
    public ReadOnlySpan<float> Outputs => _stage == Stage.None ? [] : _tape.Logits.Span;

    /// <summary>The gradient of the loss with respect to <see cref="Outputs"/>, <c>[rows, O]</c>, after <see cref="Loss()"/>.</summary>
    public ReadOnlySpan<float> OutputGradient => _stage >= Stage.Judged ? _tape.LogitsGradient.Span : [];

    /// <summary>Runs the forward pass for a batch of sequences.</summary>
    /// <param name="sequences">The indices of the sequences in the training data, from 0.</param>
    /// <param name="training">Whether <see cref="TrainingOptions.Dropout"/>, <see cref="TrainingOptions.RecurrentDropout"/> and
    /// <see cref="ModelOptions.Zoneout"/> are random, as in training; otherwise there is no dropout, and zoneout uses its expected
    /// value.</param>
    /// <returns><see cref="Outputs"/>. The rows are in the order of the steps and, within a step, of <see cref="RowAt"/>.</returns>
    /// <exception cref="ArgumentException">There is no sequence, or an index is out of range or listed twice.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the network.</exception>
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

    /// <summary>Returns the sequence, and in models with an output at every step the step, of a row of the outputs.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>The index of the sequence in the training data, and the step of the data, or −1 for a whole sequence.</returns>
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

    /// <summary>Computes the loss (<see cref="TrainingOptions.Loss"/>), the mean over the rows, and its gradient with respect to the
    /// outputs.</summary>
    /// <exception cref="InvalidOperationException">There was no forward pass, or another thread uses the network.</exception>
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

    /// <summary>Runs the backward pass from the gradient of <see cref="Loss()"/>; computes the gradient of each parameter.</summary>
    /// <exception cref="InvalidOperationException">There is no such gradient, or another thread uses the network.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    public void Backward()
    {
        using Use _ = Begin();
        Require(_stage == Stage.Judged, "There is no gradient of the outputs; call Forward and Loss before Backward, once for each.");
        Run();
    }

    /// <summary>The same from a gradient that the caller has computed, in place of <see cref="Loss()"/>.</summary>
    /// <param name="outputGradient">The gradient with respect to <see cref="Outputs"/>, <c>[rows, O]</c>.</param>
    /// <exception cref="ArgumentException">The gradient has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since, or another thread uses the network.</exception>
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

    /// <summary>Scales all gradients by <c>limit/‖g‖</c> if <c>‖g‖ &gt; limit</c> (R. Pascanu and others, 2013).</summary>
    /// <param name="limit">The maximum Euclidean norm, above 0.</param>
    /// <returns>The norm before scaling.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not above 0.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the network.</exception>
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

    /// <summary>The layout of the parameters, for an optimizer.</summary>
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

    /// <summary>Sets the values of a parameter.</summary>
    internal void Set(ParameterSlice slice, ReadOnlySpan<float> values)
    {
        using Use _ = Begin();
        values.CopyTo(_model.Values.Span(slice));
        _stage = Stage.None;
    }

    /// <summary>Takes one step of an optimizer.</summary>
    internal void Update(Optimizer<float> optimizer, double learningRate)
    {
        using Use _ = Begin();
        Require(_stage == Stage.Backward, "There are no new gradients; call Forward, Loss and Backward before Step.");
        optimizer.Step(_model.Values, _gradients, learningRate, _workers);
        _model.LimitRecurrence((int)Math.Min(_longest, int.MaxValue));
        _stage = Stage.None;
    }

    /// <summary>The problem if the current weights can't be used in a model, such as an infinite weight; <see langword="null"/> if there is
    /// none.</summary>
    internal string? Problem()
    {
        using Use _ = Begin();
        return TensorPrimitives.IsFiniteAll<float>(_model.Values.Buffer.Span)
            ? null
            : "A weight of the network is infinite or NaN: training diverged. Try a smaller learning rate, or clip the gradient.";
    }

    /// <summary>Returns a separate model with a copy of the current weights.</summary>
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
