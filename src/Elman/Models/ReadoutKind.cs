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

    /// <summary>A mean over all steps, weighted by learned scores: <c>Σ α_t·y_t</c>, α = softmax of <c>tanh(y_t·W + b)·v</c> (Z. Yang and others, 2016).</summary>
    Attention,
}
