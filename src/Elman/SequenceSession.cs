using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Kernels;
using Elman.Sequences;
using Elman.Training;

namespace Elman;

/// <summary>A sequence that arrives step by step, with the prediction of a model after every step.</summary>
/// <remarks>
/// The predictions are those for the whole sequence so far, bit for bit. A step allocates nothing. Thousands of streams may share a model;
/// several threads may advance different streams at the same time, or one call may advance many streams
/// (<see cref="SequenceEstimator.StepMany(ReadOnlySpan{SequenceSession}, ReadOnlySpan{float})"/>).
/// A stream uses the weights that its model had when the stream was opened. After the model is trained again or disposed, every later call
/// throws. One thread at a time may use a stream; a second one gets an exception. Steps must be of the kind that the model was trained on:
/// if those had a fixed length (<see cref="TableColumns.Resampled"/>), <see cref="ResampledSteps"/> makes them.
/// </remarks>
public sealed partial class SequenceSession : IDisposable
{
    private readonly FittedModel _fitted;
    private readonly float[] _answer;
    private readonly float[] _outputs; // the outputs of a member
    private readonly float[] _timed; // a step with its calendar features
    private DateTimeOffset? _time; // of the last step, if it was given
    private long _taken; // the number of steps that were not skipped
    private readonly int _version; // of the weights
    private bool _overflowed;
    private ExclusiveUse _use;

    internal SequenceSession(FittedModel fitted, object owner)
    {
        _version = fitted.BeginReading();
        fitted.Hold(owner);
        _fitted = fitted;
        _answer = new float[fitted.Model.Spec.OutputSize];
        _outputs = new float[_answer.Length];
        Members = [.. fitted.Members.Select(member => new MemberStream(member))];
        _timed = new float[fitted.Origin.Covariates.Added > 0 ? fitted.Channels : 0];
    }

    /// <summary>The number of steps since the sequence began, including skipped ones.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// The prediction after the last step: the probability of every class, the targets of a regressor, or the next steps of a forecaster,
    /// <c>[horizon, channels]</c>. Zeros before the first step. A skipped step (<see cref="MissingValues.Mask"/>) does not change it; if
    /// all steps so far were skipped, it is the output of an empty sequence: the bias of the output layer.
    /// </summary>
    /// <exception cref="OverflowException">The values so far are too large for the model to compute with, so there is no
    /// prediction.</exception>
    public ReadOnlySpan<float> Answer
    {
        get
        {
            ThrowIfOverflowed();
            return _answer;
        }
    }

    /// <summary>The state of each member of the model.</summary>
    internal MemberStream[] Members { get; }

    /// <summary>The number of steps so far that were not skipped.</summary>
    internal long Taken => _taken;

    /// <summary>The model of the stream.</summary>
    internal FittedModel FittedModel => _fitted;

    /// <summary>Advances the stream by one step.</summary>
    /// <param name="x">The values of the step, one per channel, finite; NaN for a missing value, if the model accepts missing
    /// values.</param>
    /// <returns><see cref="Answer"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> does not have one value per channel; a value is infinite, missing although
    /// the model refuses missing values, or an unknown symbol; or the model uses calendar features.</exception>
    /// <exception cref="OverflowException">The values, of this step or an earlier one, are too large for the model to compute with. The
    /// stream takes no further step before <see cref="Reset"/> or <see cref="Restore"/>.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The model was trained after the stream was opened, or the stream is in use.</exception>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> x)
    {
        CheckTime(isGiven: false);
        using Use _ = Begin();
        return Take(x);
    }

    /// <summary>Advances the stream of a model that uses calendar features by one step.</summary>
    /// <param name="x">The values, as for <see cref="Step(ReadOnlySpan{float})"/>; those of channels that are known in advance are the
    /// values <see cref="ForecastOptions.Horizon"/> steps later.</param>
    /// <param name="time">The time of the step; calendar features use its clock time. It must be later than the step before, unless the
    /// stream was restored since.</param>
    /// <returns><see cref="Answer"/>.</returns>
    /// <inheritdoc cref="Step(ReadOnlySpan{float})" path="/exception"/>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> x, DateTimeOffset time)
    {
        CheckTime(isGiven: true);
        using Use _ = Begin();
        CheckAscends(time);
        ReadOnlySpan<float> step = WithCalendar(x, time, _timed);
        Check(step);
        _time = time;
        return Take(step);
    }

    /// <summary>Advances the stream by a step that has the values of all inputs, calendar features too.</summary>
    internal ReadOnlySpan<float> StepArranged(ReadOnlySpan<float> x)
    {
        using Use _ = Begin();
        return Take(x);
    }

    /// <summary>Checks that a step is later than the one before.</summary>
    /// <exception cref="ArgumentException">The check fails.</exception>
    internal void CheckAscends(DateTimeOffset time)
    {
        if (time <= _time)
            throw new ArgumentException(FormattableString.Invariant($"Step {Steps + 1} is at {time:O}, and the one before it at {_time:O}")
                + "; times must ascend. Call Reset to start a new sequence.", nameof(time));
    }

    /// <summary>Stores the time of the current step.</summary>
    internal void Keep(DateTimeOffset time) => _time = time;

    /// <summary>Checks that a step has a time if the model needs one.</summary>
    /// <exception cref="ArgumentException">The step has no time.</exception>
    internal void CheckTime(bool isGiven)
    {
        if (!isGiven && _fitted.Origin.Covariates.Added > 0)
            throw new ArgumentException("The model uses calendar features; give the time of each step: Step(x, time).");
    }

    /// <summary>Returns the step in the form in which the model takes it: the values, then the calendar features.</summary>
    /// <param name="x">The values.</param>
    /// <param name="time">The time of the step.</param>
    /// <param name="step">Receives the values and the calendar features.</param>
    /// <exception cref="ArgumentException">The number of values differs from the number of channels.</exception>
    internal ReadOnlySpan<float> WithCalendar(ReadOnlySpan<float> x, DateTimeOffset time, Span<float> step)
    {
        CheckLength(x);
        if (step.IsEmpty)
            return x;
        _fitted.Origin.Covariates.AddTo(x, time, step);
        return step;
    }

    private ReadOnlySpan<float> Take(ReadOnlySpan<float> x)
    {
        Check(x);
        if (!Takes(x))
        {
            PassOver();
            ThrowIfOverflowed();
            return _answer;
        }
        for (int m = 0; m < Members.Length; m++)
            Take(m, Members[m].Step(x, _taken));
        EndStep();
        ThrowIfChanged(); // otherwise the prediction may come from weights of two versions
        ThrowIfOverflowed();
        return _answer;
    }

    /// <summary>Advances the stream by the symbols of a text, one step each. The model must have a single channel, which holds
    /// text.</summary>
    /// <param name="text">The text, of at least one symbol. All unknown symbols are treated as the same one.</param>
    /// <returns><see cref="Answer"/> after the last symbol.</returns>
    /// <exception cref="ArgumentException">The text is empty, or has half of a surrogate pair. The stream has not advanced.</exception>
    /// <exception cref="InvalidOperationException">The model has other channels.</exception>
    /// <exception cref="OverflowException">As for <see cref="Step(ReadOnlySpan{float})"/>.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The model was trained after the stream was opened, or the stream is in use.</exception>
    public ReadOnlySpan<float> Step(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_fitted.Origin.Vocabularies is not [{ } vocabulary])
            throw new InvalidOperationException("The model does not take a single channel of text; give the values of a step.");
        float[] numbers = vocabulary.Encode(text);
        if (numbers.Length == 0)
            throw new ArgumentException("The text has no symbols; it needs at least one.", nameof(text));
        using Use _ = Begin();
        foreach (float number in numbers)
            Step([number]);
        return _answer;
    }

    /// <summary>Starts a new sequence.</summary>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The model was trained after the stream was opened, or the stream is in use.</exception>
    public void Reset()
    {
        using Use _ = Begin();
        Steps = 0;
        _taken = 0;
        _overflowed = false;
        _time = null;
        foreach (MemberStream member in Members)
            member.Reset();
        _answer.AsSpan().Clear();
    }

    /// <inheritdoc/>
    /// <remarks>A step that another thread has begun still completes.</remarks>
    public void Dispose()
    {
        if (_use.Close())
            Free();
    }

    private void Free()
    {
        foreach (MemberStream member in Members)
            member.Dispose();
        _fitted.Release();
    }

    /// <summary>Begins exclusive use by this thread; the end of the scope ends it.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the stream, or its model was trained after the stream was
    /// opened.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    internal Use Begin()
    {
        _use.Enter(this);
        try
        {
            ThrowIfDisposed();
        }
        catch
        {
            End();
            throw;
        }
        return new Use(this);
    }

    /// <summary>Ends a use by this thread.</summary>
    internal void End()
    {
        if (_use.Leave())
            Free();
    }

    /// <summary>Exclusive use by one thread.</summary>
    internal readonly ref struct Use(SequenceSession session)
    {
        /// <summary>Ends the use.</summary>
        public void Dispose() => session.End();
    }

    /// <summary>Checks the values of a step before any stream advances.</summary>
    /// <param name="x">The values.</param>
    /// <param name="stream">The index of the stream among several, from 0.</param>
    /// <exception cref="ArgumentException">A value is not valid.</exception>
    /// <exception cref="OverflowException">An earlier step has overflowed.</exception>
    internal void Check(ReadOnlySpan<float> x, int? stream = null)
    {
        ThrowIfOverflowed(stream);
        if (x.Length != _fitted.Channels)
            CheckLength(x);
        for (int c = 0; c < x.Length; c++)
        {
            if (float.IsFinite(x[c]) || (float.IsNaN(x[c]) && _fitted.Preprocessing.Missing != MissingValues.Refuse))
                continue;
            string but = float.IsNaN(x[c]) ? "; the model was trained with Missing at Refuse" : "";
            throw new ArgumentException(
                FormattableString.Invariant($"Channel {c + 1} of step {Steps + 1} is {x[c]}; every value must be finite{but}."), nameof(x));
        }
        if (Takes(x) && _fitted.Model.Spec.Symbols.FindUnknownSymbol(
            x, _fitted.Preprocessing.Missing == MissingValues.Last ? Members[0].Memory : []) is { } table)
            throw new ArgumentException(FormattableString.Invariant(
                $"Channel {table.Channel} of step {Steps + 1} {EmbeddingOptions.Refusal(table, x[table.Channel - 1])}."), nameof(x));
    }

    private void CheckLength(ReadOnlySpan<float> x)
    {
        if (x.Length != _fitted.GivenChannels)
            throw new ArgumentException($"A step of this model has {Amount.Of(_fitted.GivenChannels, "value")}, not "
                + $"{x.Length}.", nameof(x));
    }

    /// <exception cref="ObjectDisposedException">The stream's model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The model was trained after the stream was opened.</exception>
    private void ThrowIfDisposed()
    {
        if (_fitted.Model.IsDisposed)
            throw new ObjectDisposedException(nameof(SequenceSession), "The model that the stream belongs to has been disposed.");
        if (_fitted.Model.IsReplaced)
            throw new InvalidOperationException("The model has been fitted again since this session was opened; open a new one.");
        ThrowIfChanged();
    }

    /// <exception cref="InvalidOperationException">The model was trained after the stream was opened.</exception>
    internal void ThrowIfChanged() => _fitted.CheckUnchanged(_version, "this session was opened; open a new one.");

    /// <summary>Checks that all predictions so far were finite.</summary>
    /// <param name="stream">The index of the stream among several, from 0.</param>
    /// <exception cref="OverflowException">An output or a prediction was infinite or NaN.</exception>
    internal void ThrowIfOverflowed(int? stream = null)
    {
        if (_overflowed)
            throw new OverflowException(FormattableString.Invariant(
                $"Up to step {Steps}, {(stream is { } index ? $"stream {index + 1}" : "the stream")} had values so large that the model ")
                + "can't compute with them. Check their units, and Reset the stream.");
    }

    /// <summary>Whether the model takes a step instead of skipping it.</summary>
    internal bool Takes(ReadOnlySpan<float> x) => _fitted.Preprocessing.Missing.Takes(x);

    /// <summary>Skips a step.</summary>
    internal void PassOver()
    {
        Steps++;
        for (int m = 0; m < Members.Length && _taken == 0; m++)
            Take(m, _fitted.Members[m].Model.EmptyOutput);
    }

    /// <summary>Adds the outputs of a member after a step; called for the members in their order.</summary>
    internal void Take(int member, ReadOnlySpan<float> outputs)
    {
        _overflowed |= !TensorPrimitives.IsFiniteAll(outputs);
        outputs.CopyTo(_outputs);
        _fitted.Express(_fitted.Members[member], _outputs);
        _fitted.Average(member, _outputs, _answer);
        _overflowed |= !TensorPrimitives.IsFiniteAll<float>(_answer); // the units of the data may be larger than those of the outputs
    }

    /// <summary>Called after all members have taken the step.</summary>
    internal void EndStep()
    {
        Steps++;
        _taken++;
    }
}
