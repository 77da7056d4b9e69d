namespace Elman.Onnx;

/// <summary>Settings of an export to ONNX.</summary>
public sealed record OnnxSaveOptions
{
    /// <summary>The oldest and the newest version of the operators that can be written.</summary>
    internal const int OldestOpset = 17, NewestOpset = 22;

    /// <summary>The default settings.</summary>
    public static OnnxSaveOptions Default { get; } = new();

    /// <summary>The version of the ONNX operators, 17 to 22. Older runtimes need an older one; models with n-grams need 18.</summary>
    public int Opset { get; init; } = NewestOpset;

    /// <summary>
    /// Whether the graph takes one step at a time, with its states as inputs and outputs, instead of whole sequences. Needs a model that
    /// can run on a stream (<see cref="SequenceEstimator.CanStream"/>).
    /// </summary>
    public bool IsStreaming { get; init; }
}
