namespace Elman.Onnx.Reading;

/// <summary>What the bytes of a field with a length hold, and so what they take as objects.</summary>
internal enum FieldContent
{
    /// <summary>A field that Elman does not read: nothing is kept of it.</summary>
    Unread,

    /// <summary>A message.</summary>
    Nested,

    /// <summary>A text or a string of bytes.</summary>
    Bytes,

    /// <summary>Numbers of a fixed length.</summary>
    FixedNumbers,

    /// <summary>Integers of variable length: one byte can become eight.</summary>
    Integers,
}

/// <summary>A field of a message.</summary>
/// <param name="Content">What it holds.</param>
/// <param name="Kind">The kind of its message, if it is one.</param>
internal readonly record struct MessageField(FieldContent Content, MessageKind Kind = MessageKind.None)
{
    /// <summary>Returns the field of a message with a number of the format.</summary>
    public static MessageField Of(MessageKind message, int number) => (message, number) switch
    {
        (MessageKind.Model, 7) => Message(MessageKind.Graph),
        (MessageKind.Model, 8) => Message(MessageKind.OperatorSet),
        (MessageKind.Model, 14) => Message(MessageKind.Entry),
        (MessageKind.Model, 25) => Message(MessageKind.Function),
        (MessageKind.Model, 2 or 3 or 4 or 6) => Bytes,
        (MessageKind.OperatorSet or MessageKind.Function, 1 or 10) => Bytes,
        (MessageKind.Entry, 1 or 2) => Bytes,
        (MessageKind.Graph, 1) => Message(MessageKind.Node),
        (MessageKind.Graph, 5) => Message(MessageKind.Tensor),
        (MessageKind.Graph, 11 or 12 or 13) => Message(MessageKind.ValueInfo),
        (MessageKind.Graph, 15) => Message(MessageKind.SparseTensor),
        (MessageKind.Graph, 2 or 10) => Bytes,
        (MessageKind.SparseTensor, 1) => Message(MessageKind.Tensor),
        (MessageKind.Node, 5) => Message(MessageKind.Attribute),
        (MessageKind.Node, 1 or 2 or 3 or 4 or 6 or 7) => Bytes,
        (MessageKind.Attribute, 5) => Message(MessageKind.Tensor),
        (MessageKind.Attribute, 6) => Message(MessageKind.Graph),
        (MessageKind.Attribute, 7) => new(FieldContent.FixedNumbers),
        (MessageKind.Attribute, 8) => new(FieldContent.Integers),
        (MessageKind.Attribute, 1 or 4 or 9 or 21) => Bytes,
        (MessageKind.Tensor, 13) => Message(MessageKind.Entry),
        (MessageKind.Tensor, 4 or 10) => new(FieldContent.FixedNumbers),
        (MessageKind.Tensor, 1 or 5 or 7 or 11) => new(FieldContent.Integers),
        (MessageKind.Tensor, 6 or 8 or 9) => Bytes,
        (MessageKind.ValueInfo, 2) => Message(MessageKind.Type),
        (MessageKind.ValueInfo, 1 or 3) => Bytes,
        (MessageKind.Type, 1) => Message(MessageKind.TensorType),
        (MessageKind.TensorType, 2) => Message(MessageKind.Shape),
        (MessageKind.Shape, 1) => Message(MessageKind.Dimension),
        (MessageKind.Dimension, 2) => Bytes,
        _ => default,
    };

    private static MessageField Bytes => new(FieldContent.Bytes);

    private static MessageField Message(MessageKind kind) => new(FieldContent.Nested, kind);
}
