namespace Elman.Keras;

/// <summary>The meaning of the outputs of a Dense layer without an activation.</summary>
public enum KerasOutput
{
    /// <summary>Scores of classes if the model was compiled with a cross-entropy with <c>from_logits=True</c>, otherwise numbers.</summary>
    Auto,

    /// <summary>Numbers: the model becomes a regressor.</summary>
    Numbers,

    /// <summary>
    /// Scores of classes: several for softmax, unless the model was compiled with <c>BinaryCrossentropy(from_logits=True)</c>, which means
    /// independent classes; one for a sigmoid, the score of the second of two classes.
    /// </summary>
    Classes,
}
