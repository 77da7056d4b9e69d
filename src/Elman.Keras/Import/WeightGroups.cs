using Elman.Keras.Archive;
using Elman.Keras.Configuration;
using Elman.Keras.Hdf5;

namespace Elman.Keras.Import;

/// <summary>Finds the arrays of each layer in <c>model.weights.h5</c>.</summary>
/// <remarks>
/// Keras 3 names the group of a layer by its class, with a number where the class occurs again (<c>lstm</c>, <c>lstm_1</c>), whatever the
/// layer's own name. Files whose groups have the layers' own names are read too. If both fit and differ, the file is refused.
/// </remarks>
internal sealed class WeightGroups
{
    private const string Root = "layers";

    private readonly Hdf5File _file;
    private readonly Dictionary<KerasLayer, string> _groups;

    private WeightGroups(Hdf5File file, Dictionary<KerasLayer, string> groups) => (_file, _groups) = (file, groups);

    /// <summary>Finds the groups of all layers.</summary>
    /// <exception cref="ModelFileException">An array is missing or has another shape, a group belongs to no layer, or the names are
    /// ambiguous.</exception>
    public static WeightGroups Of(Hdf5File file, LayerChain chain, ModelPlan plan, KerasSource source)
    {
        WeightNeed[] needs = [.. WeightNeed.Of(plan)];
        var byClass = new WeightGroups(file, ByClass(chain.All));
        var byName = new WeightGroups(file, chain.All.ToDictionary(layer => layer, layer => layer.Name));
        string? problem = byClass.ProblemOf(needs), problemByName = byName.ProblemOf(needs);
        if (problem is not null && problemByName is not null)
            throw source.Error($"The weights do not fit the description of the model: {problem}. Save the model again with Keras 3.");
        if (problem is null && problemByName is null && needs.Any(need => byClass._groups[need.Layer] != byName._groups[need.Layer]))
            throw source.Error("The names of the layers are those of other layers' weights, so it is not certain which weights belong to "
                + "which layer. Rename the layers and save the model again.");
        WeightGroups found = problem is null ? byClass : byName;
        found.CheckArrays(needs, source);
        return found;
    }

    /// <summary>Returns the arrays of a group of a layer in the order of their numbers.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="path">The path of the group below that of the layer.</param>
    public IReadOnlyList<Hdf5Array> Arrays(KerasLayer layer, string path)
    {
        string vars = PathOf(layer, path);
        return [.. Enumerable.Range(0, _file.Members(vars)!.Count)
            .Select(i => _file.Array(FormattableString.Invariant($"{vars}/{i}")))];
    }

    /// <summary>The name of a class as part of a path: <c>SimpleRNN</c> becomes <c>simple_rnn</c>.</summary>
    private static string SnakeCase(string className)
    {
        var name = new System.Text.StringBuilder();
        for (int i = 0; i < className.Length; i++)
        {
            char c = className[i];
            bool isWordStart = i > 0 && char.IsAsciiLetterUpper(c)
                && ((i + 1 < className.Length && char.IsAsciiLetterLower(className[i + 1])) || char.IsAsciiLetterLower(className[i - 1]));
            name.Append(isWordStart ? "_" : "").Append(char.ToLowerInvariant(c));
        }
        return name.ToString();
    }

    private static Dictionary<KerasLayer, string> ByClass(IReadOnlyList<KerasLayer> layers)
    {
        var groups = new Dictionary<KerasLayer, string>();
        var used = new Dictionary<string, int>();
        foreach (KerasLayer layer in layers)
        {
            string name = SnakeCase(layer.ClassName);
            int before = used.GetValueOrDefault(name);
            used[name] = before + 1;
            groups[layer] = before == 0 ? name : FormattableString.Invariant($"{name}_{before}");
        }
        return groups;
    }

    private string PathOf(KerasLayer layer, string path) =>
        string.Join('/', new[] { Root, _groups[layer], path.TrimEnd('/'), "vars" }.Where(part => part.Length > 0));

    /// <summary>Returns why the arrays do not fit, as the end of a sentence without its point; <see langword="null"/> if they do.</summary>
    private string? ProblemOf(IReadOnlyList<WeightNeed> needs)
    {
        foreach (WeightNeed need in needs)
        {
            string path = PathOf(need.Layer, need.Path);
            if (_file.Members(path) is not { } members)
                return $"{need.Layer.Label} has no weights at {Quoted(path)}";
            if (!members.Order(StringComparer.Ordinal).SequenceEqual(Enumerable.Range(0, need.Shapes.Count).Select(i => $"{i}")))
                return $"{Quoted(path)} of {need.Layer.Label} has {Amount.Of(members.Count, "array")} instead of {need.Shapes.Count}";
            for (int i = 0; i < need.Shapes.Count; i++)
            {
                Hdf5Array array = _file.Array(FormattableString.Invariant($"{path}/{i}"));
                if (!array.Shape.SequenceEqual(need.Shapes[i]))
                    return $"{Quoted(array.Path)} of {need.Layer.Label} is [{string.Join(", ", array.Shape)}] instead of "
                        + $"[{string.Join(", ", need.Shapes[i])}]";
            }
        }
        string? other = (_file.Members(Root) ?? []).Except(_groups.Values).FirstOrDefault();
        return other is null ? null : $"{Quoted($"{Root}/{other}")} belongs to no layer";
    }

    private void CheckArrays(IReadOnlyList<WeightNeed> needs, KerasSource source)
    {
        foreach (WeightNeed need in needs)
            foreach ((int i, Hdf5Array array) in Arrays(need.Layer, need.Path).Index())
            {
                bool isCount = need.Layer.ClassName == "Normalization" && i == NormalizationPlan.CountIndex; // it is not used
                if (!isCount && !array.Type.IsNumber && !(array.Type.Kind == Hdf5Kind.TwoBytes && need.IsBFloat))
                    throw source.Error($"{Quoted(array.Path)} of {need.Layer.Label} has elements of {Amount.Of(array.Type.Size, "byte")} "
                        + "that are not floating-point numbers. Save the model before quantising it.");
            }
    }
}
