namespace Elman;

/// <summary>
/// Resamples a stream of steps to steps of a fixed length, as <see cref="Resampling.Apply(SequenceDataset)"/> does with whole sequences,
/// for a model that was trained on resampled data.
/// </summary>
/// <remarks>
/// Before each new value, take all steps that are complete before its time (<see cref="TryTake"/>), then <see cref="Add"/> the value. The
/// incomplete step is <see cref="Peek"/>.
/// </remarks>
public sealed class ResampledSteps
{
    private readonly Resampling _resampling;
    private readonly double[] _sums;
    private readonly int[] _counts;
    private TimeSpan _offset;
    private long? _open; // the incomplete step, in intervals since the first midnight

    /// <summary>Starts a sequence.</summary>
    /// <param name="resampling">The length of a step, and the method to combine several values.</param>
    /// <param name="channels">The number of values each step has, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length of a step is not above 0, or <paramref name="channels"/> is below
    /// 1.</exception>
    public ResampledSteps(Resampling resampling, int channels)
    {
        ArgumentNullException.ThrowIfNull(resampling);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(resampling.Interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        _resampling = resampling;
        (_sums, _counts) = (new double[channels], new int[channels]);
    }

    /// <summary>Takes the next step that is complete before a time, if there is one.</summary>
    /// <param name="time">The time of the next value.</param>
    /// <param name="step">Receives the values of the step; NaN for channels without a value.</param>
    /// <param name="start">The start of the step, in the UTC offset of the first time.</param>
    /// <returns>Whether there was such a step.</returns>
    /// <exception cref="ArgumentException">The length of <paramref name="step"/> is not the number of channels.</exception>
    public bool TryTake(DateTimeOffset time, Span<float> step, out DateTimeOffset start)
    {
        start = default;
        if (_open is not { } open || StepOf(time) <= open)
            return false;
        start = Peek(step);
        Array.Clear(_sums);
        Array.Clear(_counts);
        _open = open + 1;
        return true;
    }

    /// <summary>Adds values to the incomplete step.</summary>
    /// <param name="x">The values; NaN for missing ones.</param>
    /// <param name="time">The time of the values.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="x"/> is not the number of channels, or <paramref name="time"/> is
    /// in another step: in an earlier one, or in a later one although complete steps have not been taken.</exception>
    public void Add(ReadOnlySpan<float> x, DateTimeOffset time)
    {
        CheckLength(x.Length, nameof(x));
        if (_open is null)
            (_offset, _open) = (time.Offset, time.DateTime.Ticks / _resampling.Interval.Ticks);
        else if (StepOf(time) != _open)
            throw new ArgumentException($"{time:O} is not in the current step; times must ascend, and complete steps must be taken first.",
                nameof(time));
        for (int c = 0; c < x.Length; c++)
        {
            if (float.IsNaN(x[c]))
                continue;
            bool isLast = _resampling.Value == ResampledValue.Last;
            _sums[c] = isLast ? x[c] : _sums[c] + x[c];
            _counts[c] = isLast ? 1 : _counts[c] + 1;
        }
    }

    /// <summary>The incomplete step with the values so far.</summary>
    /// <param name="step">Receives the values of the step; NaN for channels without a value.</param>
    /// <returns>The start of the step, in the UTC offset of the first time.</returns>
    /// <exception cref="ArgumentException">The length of <paramref name="step"/> is not the number of channels.</exception>
    /// <exception cref="InvalidOperationException">No values have been added.</exception>
    public DateTimeOffset Peek(Span<float> step)
    {
        CheckLength(step.Length, nameof(step));
        long open = _open ?? throw new InvalidOperationException("No values have been added, so there is no step.");
        for (int c = 0; c < step.Length; c++)
            step[c] = _counts[c] == 0 ? float.NaN : (float)(_sums[c] / _counts[c]);
        return new DateTimeOffset(open * _resampling.Interval.Ticks, _offset);
    }

    /// <summary>Starts a new sequence.</summary>
    public void Reset()
    {
        Array.Clear(_sums);
        Array.Clear(_counts);
        _open = null;
    }

    /// <summary>Returns the number of intervals since the first midnight, in the UTC offset of the first time.</summary>
    private long StepOf(DateTimeOffset time) => time.ToOffset(_offset).DateTime.Ticks / _resampling.Interval.Ticks;

    private void CheckLength(int length, string parameter)
    {
        if (length != _sums.Length)
            throw new ArgumentException($"A step has {Amount.Of(_sums.Length, "value")} here, not {length}.", parameter);
    }
}
