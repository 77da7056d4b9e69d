namespace Elman.Keras.Hdf5;

/// <summary>A message of an object header, which describes one property of a group or a dataset.</summary>
/// <param name="Type">The kind of property: one of the constants.</param>
/// <param name="IsShared">Whether it only refers to a message elsewhere.</param>
/// <param name="At">The position of its content.</param>
/// <param name="Length">The length of its content.</param>
internal readonly record struct Hdf5Message(int Type, bool IsShared, long At, long Length)
{
    /// <summary>The dimensions of a dataset.</summary>
    public const int Dataspace = 0x01;

    /// <summary>The links of a group in a heap of their own.</summary>
    public const int LinkInfo = 0x02;

    /// <summary>The type of the elements of a dataset.</summary>
    public const int Datatype = 0x03;

    /// <summary>A link of a group.</summary>
    public const int Link = 0x06;

    /// <summary>The other files that hold the elements of a dataset.</summary>
    public const int ExternalFiles = 0x07;

    /// <summary>The place of the elements of a dataset.</summary>
    public const int Layout = 0x08;

    /// <summary>The filters, such as compression, of a dataset.</summary>
    public const int Filters = 0x0B;

    /// <summary>The place of further messages.</summary>
    public const int Continuation = 0x10;

    /// <summary>The links of a group in a tree.</summary>
    public const int SymbolTable = 0x11;
}
