namespace Elman;

/// <summary>What of the uppermost layer's outputs <c>y_t</c> a sequence is judged by.</summary>
public enum ReadoutKind
{
    /// <summary>The output after the last step; in a bidirectional model, from the end that of the first step.</summary>
    Last,

    /// <summary>The mean over all steps.</summary>
    Mean,

    /// <summary>Of each unit the greatest output over all steps.</summary>
    Max,

    /// <summary>
    /// A mean over all steps, weighted by learned scores:
    /// <c>Σ α_t·y_t</c>, α = softmax of <c>tanh(y_t·W + b)·v</c> (Z. Yang and others, 2016).
    /// </summary>
    Attention,

    /// <summary>
    /// For each unit the share of steps at which its output is above each of five thresholds, and the mean of its magnitude: <c>6·H</c>
    /// numbers. The thresholds are quantiles of the unit's outputs on the training data. Counts have no gradient, so the output layer is
    /// learned by least squares: of <c>esn</c>, <c>oscillator</c> and <c>delays</c> it is all that learns; layers of other cells learn
    /// before it, by gradients, as those of a model with <see cref="Mean"/>, and stay.
    /// </summary>
    Counts,

    /// <summary>
    /// As <see cref="Counts"/>, with the shares of each half of the sequence: <c>16·H</c> numbers. Needs whole sequences:
    /// such a model can't run on a stream.
    /// </summary>
    CountsHalves,

    /// <summary>
    /// For each unit and each of three thresholds the share of steps at which its output is above, the mean output of these steps (0 if
    /// there is none), the mean of their indices (from 0, in the order in which the direction reads) as a share of the number of steps (−1
    /// if there is none), and the longest run of such steps as a share of the number of steps; for each unit also the mean magnitude, the
    /// greatest and the least output: <c>15·H</c> numbers. Thresholds and output layer as for <see cref="Counts"/>. Can run on a stream.
    /// </summary>
    CountsFull,
}
