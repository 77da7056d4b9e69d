namespace Elman.Onnx.Reading;

/// <summary>The messages of the file format, as far as Elman reads it.</summary>
internal enum MessageKind
{
    /// <summary>Not a message.</summary>
    None,

    Model,

    OperatorSet,

    Entry,

    Function,

    Graph,

    SparseTensor,

    Node,

    Attribute,

    Tensor,

    ValueInfo,

    Type,

    TensorType,

    Shape,

    Dimension,
}
