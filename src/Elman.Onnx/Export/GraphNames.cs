namespace Elman.Onnx.Export;

/// <summary>Gives every value of a graph, and of the graphs inside it, a name of its own that says where it belongs.</summary>
internal sealed class GraphNames
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The part of the model that is written now, the prefix of new names, such as <c>rnn.0/</c>.</summary>
    public string Scope { get; set; } = "";

    /// <summary>Returns a new name.</summary>
    /// <param name="what">What the value is, such as the operator that computes it.</param>
    public string Next(string what)
    {
        string name = Scope + what;
        int count = _counts.GetValueOrDefault(name);
        _counts[name] = count + 1;
        return count == 0 ? name : FormattableString.Invariant($"{name}_{count}");
    }
}
