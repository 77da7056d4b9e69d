namespace Elman.PyTorch;

/// <summary>What the outputs of a PyTorch model mean, which its state dictionary does not say.</summary>
public enum PyTorchTask
{
    /// <summary>Scores of classes, of which one applies to a sequence: softmax and cross-entropy (<c>nn.CrossEntropyLoss</c>).</summary>
    Classify,

    /// <summary>Scores of classes of which any number applies to a sequence, or of a single class: σ and binary cross-entropy
    /// (<c>nn.BCEWithLogitsLoss</c>).</summary>
    ClassifyMany,

    /// <summary>Scores of classes at every step, of which one applies to the step: softmax and cross-entropy.</summary>
    Tag,

    /// <summary>Numbers for a sequence.</summary>
    Regress,
}
