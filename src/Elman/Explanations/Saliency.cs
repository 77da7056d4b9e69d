namespace Elman;

/// <summary>How a saliency was computed.</summary>
public enum SaliencyMethod
{
    /// <summary>The gradient of the output with respect to an input, times the input (A. Shrikumar and others, 2016). For a linear model
    /// the sum over all inputs is the output minus that for inputs of 0.</summary>
    GradientTimesInput,

    /// <summary>The fall of the output where a window of a channel is replaced by the channel's mean, for models without a
    /// gradient.</summary>
    Occlusion,
}

/// <summary>How much each step and channel of a sequence speaks for an output of a model.</summary>
/// <param name="Method">How it was computed.</param>
/// <param name="Output">The class, target, or of a forecast the step ahead and channel.</param>
/// <param name="ChannelNames">The names of the channels as the model takes them; empty if they have none.</param>
/// <remarks>
/// Inputs of 0 are the means of the training data, if inputs are standardised. For an average of models it is the weighted mean; if one of
/// them has no gradient, all are explained together by occlusion.
/// </remarks>
public sealed record Saliency(SaliencyMethod Method, string Output, IReadOnlyList<string> ChannelNames)
{
    private readonly double[] _values = [];

    internal Saliency(SaliencyMethod method, string output, IReadOnlyList<string> channelNames, double[] values, int channels)
        : this(method, output, channelNames)
    {
        (_values, Channels) = (values, channels);
    }

    /// <summary>The number of channels.</summary>
    public int Channels { get; }

    /// <summary>The number of steps.</summary>
    public int Steps => Channels == 0 ? 0 : _values.Length / Channels;

    /// <summary>What a value of a channel adds to the output: a score of a class, or a number in the units of the data.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="channel">The channel, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step or channel.</exception>
    public double this[int step, int channel]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(channel);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, Channels);
            ArgumentOutOfRangeException.ThrowIfNegative(step);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Steps);
            return _values[(step * Channels) + channel];
        }
    }

    /// <summary>The sum over all steps and channels.</summary>
    public double Total => _values.Sum();
}
