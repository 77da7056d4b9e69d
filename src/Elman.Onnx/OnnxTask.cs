namespace Elman.Onnx;

/// <summary>The task of an imported model.</summary>
public enum OnnxTask
{
    /// <summary>
    /// What the end of the graph says: softmax for one class of a sequence, or of every step; sigmoid for independent classes, of a
    /// single output for two classes; numbers for a regression.
    /// </summary>
    FromGraph,

    /// <summary>One class for a sequence. The graph may end in scores, as most models of PyTorch do.</summary>
    Classify,

    /// <summary>Any number of classes for a sequence, independent of each other. The graph may end in scores.</summary>
    ClassifyMany,

    /// <summary>A class for every step. The graph may end in scores.</summary>
    Tag,

    /// <summary>Numbers for a sequence.</summary>
    Regress,
}
