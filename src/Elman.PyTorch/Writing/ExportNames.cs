using Elman.Fitted;
using Elman.Models;
using Elman.Sequences;

namespace Elman.PyTorch.Writing;

/// <summary>The names of the modules of a model that was not imported.</summary>
internal static class ExportNames
{
    private const string Recurrent = "rnn", Linear = "linear", Embedding = "embedding";

    /// <summary>Returns the names: one recurrent module for each run of layers with the same number of units.</summary>
    public static PyTorchOrigin Of(ModelSpec spec)
    {
        var runs = new List<int>(); // the numbers of layers
        for (int k = 0; k < spec.Layers.Count; k++)
        {
            if (k > 0 && spec.Layers[k] == spec.Layers[k - 1])
                runs[^1]++;
            else
                runs.Add(1);
        }
        return new PyTorchOrigin(
            [.. runs.Select((layers, i) => new PyTorchRecurrentModule(Numbered(Recurrent, i, runs.Count), layers, HasBias: true))],
            new PyTorchLinearModule(Linear, HasBias: true), spec.Symbols.Count == 1 ? Embedding : null);
    }

    /// <summary>Returns the names of the embeddings, in the order of their channels.</summary>
    public static IReadOnlyList<string> Embeddings(SymbolTables symbols, PyTorchOrigin origin) => origin.Embedding is { } only
        ? [only]
        : [.. symbols.Select((_, i) => Numbered(Embedding, i, symbols.Count))];

    private static string Numbered(string name, int index, int count) =>
        count == 1 ? name : FormattableString.Invariant($"{name}{index + 1}");
}
