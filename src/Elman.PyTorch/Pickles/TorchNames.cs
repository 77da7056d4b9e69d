namespace Elman.PyTorch.Pickles;

/// <summary>The names of Python code that a state dictionary uses, and what they make. All others are refused by their name.</summary>
internal static class TorchNames
{
    private const int MostDimensions = 16;
    private const int MostArguments = 7; // the last one is metadata, which no weight has
    private const string StorageSuffix = "Storage";

    private static readonly PickleGlobal _dictionary = new("collections", "OrderedDict"),
        _tensor = new("torch._utils", "_rebuild_tensor_v2"), _parameter = new("torch._utils", "_rebuild_parameter");

    private static readonly Dictionary<string, string> _elementTypes = new(StringComparer.Ordinal)
    {
        ["Float"] = "F32",
        ["Double"] = "F64",
        ["Half"] = "F16",
        ["BFloat16"] = "BF16",
        ["Long"] = "I64",
        ["Int"] = "I32",
        ["Short"] = "I16",
        ["Char"] = "I8",
        ["Byte"] = "U8",
        ["Bool"] = "BOOL",
    };

    /// <summary>Returns a name, if it is one of those that are known.</summary>
    /// <exception cref="FormatException">It is not known.</exception>
    public static PickleGlobal Known(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        return global == _dictionary || global == _tensor || global == _parameter || TypeOf(global) is not null
            ? global
            : throw new FormatException($"it holds {QuotedText($"{module}.{name}")}, which is more than tensors and dictionaries; "
                + "nothing in a file is run here. Save the tensors alone: torch.save(model.state_dict(), \"model.pt\")");
    }

    /// <summary>Returns the storage of a persistent identifier.</summary>
    /// <exception cref="FormatException">It is none of a storage.</exception>
    public static TorchStorage Storage(object identifier) =>
        identifier is PickleTuple { Items: ["storage", PickleGlobal type, string key, string, long count, .. var rest] }
        && Array.TrueForAll(rest, item => item is PickleNone) && TypeOf(type) is { } elementType && count >= 0
        ? new TorchStorage(key, elementType, count)
        : throw new FormatException("its pickle refers to something other than the storage of a tensor");

    /// <summary>Returns what a function makes of its arguments.</summary>
    /// <exception cref="FormatException">The arguments are not those of the function.</exception>
    public static object Made(PickleGlobal function, IReadOnlyList<object> given)
    {
        if (function == _dictionary && given.Count == 0)
            return new PickleDictionary();
        if (function == _parameter && given is [TorchTensor tensor, bool, PickleDictionary])
            return tensor;
        if (function == _tensor && given is [TorchStorage storage, long offset, PickleTuple shape, PickleTuple strides, bool,
            PickleDictionary, ..] && given.Count <= MostArguments)
            return Tensor(storage, offset, Numbers(shape), Numbers(strides));
        throw new FormatException($"it calls {QuotedText($"{function.Module}.{function.Name}")} with arguments that are not those of a "
            + "state dictionary");
    }

    private static TorchTensor Tensor(TorchStorage storage, long offset, long[] shape, long[] strides)
    {
        string size = $"[{string.Join(", ", shape)}]";
        if (strides.Length != shape.Length || offset < 0 || shape.Any(length => length < 0) || strides.Any(stride => stride < 0))
            throw new FormatException($"a tensor {size} in it has strides or an offset that do not fit it");
        try
        {
            long count = shape.Aggregate(1L, (product, length) => checked(product * length));
            long last = shape.Zip(strides).Aggregate(offset, (sum, next) => checked(sum + ((next.First - 1) * next.Second)));
            if (count > storage.Count || (count > 0 && last >= storage.Count))
                throw new FormatException($"a tensor {size} in it has more numbers than its storage, which has {storage.Count}");
        }
        catch (OverflowException e)
        {
            throw new FormatException($"a tensor in it has the shape {size}, which overflows", e);
        }
        return new TorchTensor(storage, offset, shape, strides);
    }

    private static long[] Numbers(PickleTuple tuple) =>
        tuple.Items.Length <= MostDimensions && Array.TrueForAll(tuple.Items, item => item is long)
            ? [.. tuple.Items.Select(item => (long)item)]
            : throw new FormatException($"a tensor in it has sizes that are not at most {MostDimensions} whole numbers");

    private static string? TypeOf(PickleGlobal global) =>
        global.Module == "torch" && global.Name.EndsWith(StorageSuffix, StringComparison.Ordinal)
            ? _elementTypes.GetValueOrDefault(global.Name[..^StorageSuffix.Length])
            : null;
}
