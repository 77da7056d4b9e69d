using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Elman.Checksums;
using Elman.Fitted;
using Elman.Kernels;
using Elman.Sequences;
using Elman.Training;

namespace Elman;

/// <summary>A sequence that arrives step by step, with the prediction of a model after every step.</summary>
/// <remarks>
/// The answers are those for the whole sequence so far, bit for bit. A step allocates nothing. Thousands of streams may share a model;
/// different ones may be advanced by different threads at once, or many together by
/// <see cref="SequenceEstimator.StepMany(ReadOnlySpan{SequenceSession}, ReadOnlySpan{float})"/>.
/// A stream belongs to what its model had learned when it was opened: fitting the model again, further or again,
/// or disposing it ends its use, and every later call throws. One thread at a time may use a stream; a second one gets an
/// exception. Steps are those that the model was trained on: where these had a fixed length
/// (<see cref="TableColumns.Resampled"/>), <see cref="ResampledSteps"/> makes them.
/// </remarks>
public sealed class SequenceSession : IDisposable
{
    private const uint Mark = 0x33534C45; // "ELS3"
    private const int ChecksumOffset = 28, HeaderSize = 32;

    private readonly FittedModel _fitted;
    private readonly float[] _answer;
    private readonly float[] _outputs; // of a member, on their way to the answer
    private readonly float[] _timed; // a step with the calendar
    private DateTimeOffset? _time; // of the last step, where it was given
    private long _taken; // steps that were not passed over
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

    /// <summary>The number of steps there have been since the sequence began, those that were skipped included.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// What the model says after the last step: the probability of every class, of a regressor the targets, of a forecaster the next steps
    /// <c>[horizon, channels]</c>. Before the first step zeros. A step that is skipped (<see cref="MissingValues.Mask"/>) leaves it;
    /// if none was taken yet, it is the output of an empty sequence: the bias of the output layer.
    /// </summary>
    public ReadOnlySpan<float> Answer => _answer;

    /// <summary>Where each member of the model stands.</summary>
    internal MemberStream[] Members { get; }

    /// <summary>The number of steps there have been that were not skipped.</summary>
    internal long Taken => _taken;

    /// <summary>What the stream belongs to.</summary>
    internal FittedModel FittedModel => _fitted;

    /// <summary>Takes the next step.</summary>
    /// <param name="x">Its values, one a channel, finite; NaN if one is missing, if the model takes that.</param>
    /// <returns><see cref="Answer"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another number of values than the model channels, or one that is
    /// infinite, missing if the model refuses that, or not one of its symbols; or the model uses calendar features.</exception>
    /// <exception cref="OverflowException">The values, now or before, are so large that the model can't compute with them. The stream takes
    /// no further step before <see cref="Reset"/> or <see cref="Restore"/>.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The model has learned since the stream was opened, or another thread uses the stream.
    /// </exception>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> x)
    {
        CheckTime(isGiven: false);
        using Use _ = Begin();
        return Take(x);
    }

    /// <summary>Takes the next step of a model that uses calendar features.</summary>
    /// <param name="x">Its values, as for <see cref="Step(ReadOnlySpan{float})"/>; those of channels that are known in advance are of
    /// <see cref="ForecastOptions.Horizon"/> steps later.</param>
    /// <param name="time">When the step is; its clock is what counts. Later than the step before, unless the stream was restored since.
    /// </param>
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

    /// <summary>Checks that a step is later than the one before.</summary>
    /// <exception cref="ArgumentException">The check fails.</exception>
    internal void CheckAscends(DateTimeOffset time)
    {
        if (time <= _time)
            throw new ArgumentException(FormattableString.Invariant($"Step {Steps + 1} is at {time:O}, and the one before it at {_time:O}")
                + "; times must ascend. Call Reset to start a new sequence.", nameof(time));
    }

    /// <summary>Keeps when the step is that is taken.</summary>
    internal void Keep(DateTimeOffset time) => _time = time;

    /// <summary>Checks that a step has a time where the model needs one.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    internal void CheckTime(bool isGiven)
    {
        if (!isGiven && _fitted.Origin.Covariates.Added > 0)
            throw new ArgumentException("The model uses calendar features; give the time of each step: Step(x, time).");
    }

    /// <summary>A step as the model takes it.</summary>
    /// <param name="x">The values.</param>
    /// <param name="time">When the step is.</param>
    /// <param name="step">Takes the values and the calendar.</param>
    /// <exception cref="ArgumentException">There are not as many values as channels.</exception>
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
            return _answer;
        }
        for (int m = 0; m < Members.Length; m++)
            Take(m, Members[m].Step(x, _taken));
        EndStep();
        ThrowIfChanged(); // else the answer may come from weights of two versions
        ThrowIfOverflowed();
        return _answer;
    }

    /// <summary>Takes the symbols of a text as the next steps, one after the other: of a model of one channel, which holds text.</summary>
    /// <param name="text">The text, of at least one symbol. Symbols that the model does not know are all alike to it.</param>
    /// <returns><see cref="Answer"/> after the last of them.</returns>
    /// <exception cref="ArgumentException">The text is empty, or has half of a surrogate pair. The stream has not moved.</exception>
    /// <exception cref="InvalidOperationException">The model takes other channels.</exception>
    /// <exception cref="OverflowException">As for <see cref="Step(ReadOnlySpan{float})"/>.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The model has learned since the stream was opened, or another thread uses the stream.
    /// </exception>
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
    /// <exception cref="InvalidOperationException">The model has learned since the stream was opened, or another thread uses the stream.
    /// </exception>
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

    /// <summary>
    /// Where the sequence stands, to be kept in a file or sent elsewhere: a few kilobytes with a checksum,
    /// which <see cref="Restore"/> takes.
    /// </summary>
    /// <exception cref="OverflowException">The sequence has overflowed the model's arithmetic: nothing can go on from there.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The model has learned since the stream was opened, or another thread uses the stream.
    /// </exception>
    public byte[] Save()
    {
        using Use _ = Begin();
        ThrowIfOverflowed();
        int numbers = Members.Sum(member => member.Size);
        byte[] saved = new byte[HeaderSize + ((numbers + _answer.Length) * sizeof(float))];
        BinaryPrimitives.WriteUInt32LittleEndian(saved, Mark);
        BinaryPrimitives.WriteUInt32LittleEndian(saved.AsSpan(4), _fitted.Fingerprint);
        BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan(8), Steps);
        BinaryPrimitives.WriteInt32LittleEndian(saved.AsSpan(16), numbers);
        BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan(20), _taken);
        Span<float> content = MemoryMarshal.Cast<byte, float>(saved.AsSpan(HeaderSize));
        foreach (MemberStream member in Members)
        {
            member.Save(content);
            content = content[member.Size..];
        }
        _answer.CopyTo(content);
        BinaryPrimitives.WriteUInt32LittleEndian(saved.AsSpan(ChecksumOffset), ChecksumOf(saved));
        return saved;
    }

    /// <summary>Goes on from where a stream of the same model stood.</summary>
    /// <param name="saved">What <see cref="Save"/> gave.</param>
    /// <exception cref="ArgumentException">It is no such thing, is damaged, or belongs to another model.
    /// Then the stream stands where it did.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The model has learned since the stream was opened, or another thread uses the stream.
    /// </exception>
    public void Restore(ReadOnlySpan<byte> saved)
    {
        using Use _ = Begin();
        int numbers = Members.Sum(member => member.Size);
        if (saved.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(saved) != Mark)
            throw new ArgumentException("This is not the saved state of a stream.", nameof(saved));
        if (BinaryPrimitives.ReadUInt32LittleEndian(saved[4..]) != _fitted.Fingerprint)
            throw new ArgumentException("The state was saved by a stream of another model; restore it with that model.", nameof(saved));
        if (BinaryPrimitives.ReadUInt32LittleEndian(saved[ChecksumOffset..]) != ChecksumOf(saved))
            throw new ArgumentException("The saved state of the stream is damaged: its checksum does not match.", nameof(saved));
        long steps = BinaryPrimitives.ReadInt64LittleEndian(saved[8..]);
        long taken = BinaryPrimitives.ReadInt64LittleEndian(saved[20..]);
        bool stepsCanBe = steps >= 0 && taken >= 0
            && (_fitted.Preprocessing.Missing == MissingValues.Mask ? taken <= steps : taken == steps);
        if (!stepsCanBe || BinaryPrimitives.ReadInt32LittleEndian(saved[16..]) != numbers
            || saved.Length != HeaderSize + ((numbers + _answer.Length) * sizeof(float)))
            throw new ArgumentException(
                "The saved state of the stream is damaged: its length or its number of steps is invalid.", nameof(saved));
        Steps = steps;
        _taken = taken;
        _overflowed = false;
        _time = null;
        ReadOnlySpan<float> content = MemoryMarshal.Cast<byte, float>(saved[HeaderSize..]);
        foreach (MemberStream member in Members)
        {
            member.Restore(content, taken);
            content = content[member.Size..];
        }
        content.CopyTo(_answer);
    }

    /// <summary>A second stream that stands where this one does.</summary>
    /// <exception cref="OverflowException">The sequence has overflowed the model's arithmetic.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The model has learned since the stream was opened, or another thread uses the stream.
    /// </exception>
    public SequenceSession Copy()
    {
        using Use _ = Begin();
        var copy = new SequenceSession(_fitted, this);
        copy.Restore(Save());
        copy._time = _time;
        return copy;
    }

    /// <inheritdoc/>
    /// <remarks>A step that another thread takes comes to its end.</remarks>
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

    /// <summary>Begins a use by this thread; the end of the scope ends it.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the stream, or its model has learned since.</exception>
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

    /// <summary>A use by one thread.</summary>
    internal readonly ref struct Use(SequenceSession session)
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => session.End();
    }

    /// <summary>Looks at a step's values before anything moves.</summary>
    /// <exception cref="ArgumentException">They can't be.</exception>
    /// <exception cref="OverflowException">Steps before have overflowed.</exception>
    internal void Check(ReadOnlySpan<float> x)
    {
        ThrowIfOverflowed();
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
        if (Takes(x) && _fitted.Model.Spec.Symbols.FindStranger(
            x, _fitted.Preprocessing.Missing == MissingValues.Last ? Members[0].Memory : []) is { } table)
            throw new ArgumentException(FormattableString.Invariant(
                $"Channel {table.Channel} of step {Steps + 1} {EmbeddingOptions.Refusal(table, x[table.Channel - 1])}."), nameof(x));
    }

    private void CheckLength(ReadOnlySpan<float> x)
    {
        if (x.Length != _fitted.GivenChannels)
            throw new ArgumentException($"A step of this model has {_fitted.GivenChannels} values, not {x.Length}.", nameof(x));
    }

    /// <exception cref="ObjectDisposedException">The stream's model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">It has learned since the stream was opened.</exception>
    private void ThrowIfDisposed()
    {
        if (_fitted.Model.IsDisposed)
            throw new ObjectDisposedException(nameof(SequenceSession), "The model that the stream belongs to has been disposed.");
        if (_fitted.Model.IsReplaced)
            throw new InvalidOperationException("The model has been fitted again since this session was opened; open a new one.");
        ThrowIfChanged();
    }

    /// <exception cref="InvalidOperationException">The model has learned since the stream was opened.</exception>
    internal void ThrowIfChanged() => _fitted.CheckUnchanged(_version, "this session was opened; open a new one.");

    /// <exception cref="OverflowException">An output was infinite or NaN, and so are states that it came from.</exception>
    internal void ThrowIfOverflowed()
    {
        if (_overflowed)
            throw new OverflowException(FormattableString.Invariant($"Up to step {Steps}, the stream had values so large that the model ")
                + "can't compute with them. Check their units, and Reset the stream.");
    }

    /// <summary>Of everything but itself.</summary>
    private static uint ChecksumOf(ReadOnlySpan<byte> saved) => Checksum.Add(Checksum.Add(0, saved[..ChecksumOffset]), saved[HeaderSize..]);

    /// <summary>Whether the model takes a step, rather than passing over it.</summary>
    internal bool Takes(ReadOnlySpan<float> x) => _fitted.Preprocessing.Missing.Takes(x);

    /// <summary>Lets a step go by that the model does not take.</summary>
    internal void PassOver()
    {
        Steps++;
        for (int m = 0; m < Members.Length && _taken == 0; m++)
            Take(m, _fitted.Members[m].Model.EmptyOutput);
    }

    /// <summary>Takes over what a member gives after a step; the members follow each other in their order.</summary>
    internal void Take(int member, ReadOnlySpan<float> outputs)
    {
        _overflowed |= !TensorPrimitives.IsFiniteAll(outputs);
        outputs.CopyTo(_outputs);
        _fitted.Express(_fitted.Members[member], _outputs);
        _fitted.Average(member, _outputs, _answer);
    }

    /// <summary>All members have taken the step.</summary>
    internal void EndStep()
    {
        Steps++;
        _taken++;
    }
}
