namespace Elman.PyTorch.Pickles;

/// <summary>The value <c>None</c>.</summary>
internal sealed class PickleNone
{
    private PickleNone()
    {
    }

    /// <summary>The only instance.</summary>
    public static PickleNone Value { get; } = new();
}

/// <summary>A tuple.</summary>
/// <param name="items">Its values.</param>
internal sealed class PickleTuple(object[] items)
{
    /// <summary>Its values.</summary>
    public object[] Items => items;
}

/// <summary>A list.</summary>
internal sealed class PickleList
{
    /// <summary>Its values.</summary>
    public List<object> Items { get; } = [];
}

/// <summary>A dictionary, in the order in which its entries were added.</summary>
internal sealed class PickleDictionary
{
    private readonly HashSet<object> _keys = [];

    /// <summary>Its entries; a key is a <see langword="string"/> or a <see langword="long"/>.</summary>
    public List<KeyValuePair<object, object>> Entries { get; } = [];

    /// <summary>Adds an entry, if its key is new.</summary>
    public bool TryAdd(object key, object value)
    {
        if (!_keys.Add(key))
            return false;
        Entries.Add(new(key, value));
        return true;
    }
}

/// <summary>A name of Python code. It is never run: the reader knows some names, and what they would make.</summary>
/// <param name="Module">The module.</param>
/// <param name="Name">The name in it.</param>
internal sealed record PickleGlobal(string Module, string Name);

/// <summary>A storage: the numbers of one or several tensors, in a file of the archive.</summary>
/// <param name="Key">The name of the file in the folder <c>data</c>.</param>
/// <param name="ElementType">The type of its numbers, as in safetensors.</param>
/// <param name="Count">Their number.</param>
internal sealed record TorchStorage(string Key, string ElementType, long Count);

/// <summary>A tensor: a view of a storage.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Offset">The index of its first number in the storage.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Strides">For each dimension the distance of two neighbours in the storage.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides);
