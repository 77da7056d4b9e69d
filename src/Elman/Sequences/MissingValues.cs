namespace Elman;

/// <summary>What a model does where a value is missing: NaN in memory, an empty field or <c>?</c> in a file.</summary>
/// <remarks>Infinities are no missing values; they are refused whatever is chosen.</remarks>
public enum MissingValues
{
    /// <summary>Missing values are refused, with the place of the first.</summary>
    Refuse,

    /// <summary>
    /// A step of which a value is missing is passed over: the state is carried over it, and it takes no part in pooling or in the loss.
    /// Answers are those for the sequence without such steps; where there is one for every step, that of the last step that was taken.
    /// </summary>
    Mask,

    /// <summary>The last value of the channel in its sequence; before the first, the training mean.</summary>
    Last,

    /// <summary>The channel's mean in the training data.</summary>
    Mean,

    /// <summary>
    /// On a straight line between the channel's values before and after, at either end of the sequence the nearest; in a sequence without
    /// one, the training mean. Needs whole sequences.
    /// </summary>
    Linear,

    /// <summary>
    /// The training mean; beside each channel the model also gets whether it was seen, 1 or 0, and how long ago it was seen last before
    /// this step, <c>log₄(1 + steps)</c> (after Z. Che and others, 2018). So each channel has three inputs.
    /// </summary>
    Indicate,
}
