namespace Elman;

/// <summary>The treatment of missing values: NaN in memory, an empty field or <c>?</c> in a file.</summary>
/// <remarks>Infinities are not missing values; they are always refused.</remarks>
public enum MissingValues
{
    /// <summary>Missing values are refused, with the position of the first.</summary>
    Refuse,

    /// <summary>
    /// A step with a missing value is skipped: the state is carried over it, and it is not part of pooling or of the loss. Predictions are
    /// those for the sequence without such steps; a model with a prediction for every step repeats the last one.
    /// </summary>
    Mask,

    /// <summary>The last value of the channel in its sequence; before the first value, the training mean.</summary>
    Last,

    /// <summary>The channel's mean in the training data.</summary>
    Mean,

    /// <summary>
    /// Linear interpolation between the channel's neighbouring values; the nearest value at either end of the sequence; the training mean
    /// in a sequence without values. Needs whole sequences.
    /// </summary>
    Linear,

    /// <summary>
    /// The training mean, and two more inputs per channel: whether the value was observed, 1 or 0, and the time since the last observed
    /// value, <c>log₄(1 + steps)</c> (after Z. Che and others, 2018). So each channel has three inputs.
    /// </summary>
    Indicate,
}
