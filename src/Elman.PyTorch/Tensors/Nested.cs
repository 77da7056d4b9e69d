using Elman.PyTorch.Pickles;

namespace Elman.PyTorch.Tensors;

/// <summary>Finds the state dictionary in what a pickle holds: the value itself, or an entry of it such as <c>state_dict</c>.</summary>
internal static class Nested
{
    private const int MostNames = 6;

    /// <summary>Returns the only dictionary of tensors.</summary>
    /// <exception cref="FormatException">There is none, or more than one; the message is the end of a sentence.</exception>
    public static List<KeyValuePair<string, TorchTensor>> StateDictionary(object value)
    {
        if (value is TorchTensor)
            throw new FormatException("it holds one tensor instead of a state dictionary");
        if (value is not PickleDictionary root)
            throw new FormatException("it holds no state dictionary; save one with torch.save(model.state_dict(), \"model.pt\")");
        if (root.Entries.Any(entry => entry.Value is TorchTensor))
        {
            KeyValuePair<object, object> other = root.Entries.FirstOrDefault(entry => entry.Value is not TorchTensor || entry.Key is long);
            return other.Key is null
                ? Tensors(root)
                : throw new FormatException($"its entry {Quoted(other.Key.ToString())} is no tensor with a name, but others of the same "
                    + "dictionary are; save the state dictionary alone");
        }
        KeyValuePair<object, object>[] found = [.. root.Entries.Where(entry => entry.Value is PickleDictionary inner
            && inner.Entries.Count > 0 && inner.Entries.TrueForAll(tensor => tensor is { Key: string, Value: TorchTensor }))];
        return found switch
        {
            [{ Value: PickleDictionary only }] => Tensors(only),
            [] => throw new FormatException($"it holds no dictionary of tensors, but {Names(root.Entries)}; save the state dictionary "
                + "with torch.save(model.state_dict(), \"model.pt\")"),
            _ => throw new FormatException($"it holds more than one dictionary of tensors, {Names(found)}; save one of them alone with "
                + "torch.save"),
        };
    }

    private static List<KeyValuePair<string, TorchTensor>> Tensors(PickleDictionary dictionary) =>
        [.. dictionary.Entries.Select(entry => KeyValuePair.Create((string)entry.Key, (TorchTensor)entry.Value))];

    private static string Names(IReadOnlyCollection<KeyValuePair<object, object>> entries) => entries.Count == 0
        ? "nothing"
        : string.Join(", ", entries.Take(MostNames).Select(entry => Quoted(entry.Key.ToString())))
            + (entries.Count > MostNames ? " …" : "");
}
