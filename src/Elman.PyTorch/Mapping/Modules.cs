using System.Globalization;
using Elman.Fitted;
using Elman.Models;

namespace Elman.PyTorch.Mapping;

/// <summary>Writes the modules of a model in Python.</summary>
internal static class Modules
{
    /// <summary>Returns one line for each module, such as <c>rnn = nn.GRU(3, 16, batch_first=True)</c>.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="origin">The names of the modules.</param>
    /// <param name="embeddings">The names of the embeddings, in the order of their channels.</param>
    public static IReadOnlyList<string> Of(ModelSpec spec, PyTorchOrigin origin, IReadOnlyList<string> embeddings)
    {
        var lines = new List<string>();
        for (int i = 0; i < embeddings.Count; i++)
            lines.Add(Invariant($"{Shown(embeddings[i])} = nn.Embedding({spec.Symbols[i].Symbols}, {spec.Symbols[i].Size})"));
        int k = 0;
        foreach (PyTorchRecurrentModule module in origin.Recurrent)
        {
            lines.Add(Invariant($"{Shown(module.Name)} = {ClassOf(spec.Cell)}({spec.InputsOf(k)}, {spec.Layers[k]}")
                + (module.Layers > 1 ? Invariant($", num_layers={module.Layers}") : "")
                + (spec.Cell is RnnOptions { Activation: var activation } ? $", nonlinearity='{activation.Name}'" : "")
                + (module.HasBias ? "" : ", bias=False")
                + ", batch_first=True"
                + (spec.Bidirectional ? ", bidirectional=True" : "")
                + (spec.Cell.ProjectionSize > 0 ? Invariant($", proj_size={spec.Cell.ProjectionSize}") : "") + ")");
            k += module.Layers;
        }
        lines.Add(Invariant($"{Shown(origin.Linear.Name)} = nn.Linear({spec.WidthOf(spec.Layers.Count - 1)}, {spec.OutputSize}")
            + (origin.Linear.HasBias ? ")" : ", bias=False)"));
        return lines;
    }

    /// <summary>The class of a cell in PyTorch.</summary>
    public static string ClassOf(CellOptions cell) => cell switch { RnnOptions => "nn.RNN", GruOptions => "nn.GRU", _ => "nn.LSTM" };

    private static string Shown(string module) => module.Length == 0 ? "self" : MessageText.Shown(module);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
