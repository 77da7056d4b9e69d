using Elman.Models;
using Elman.Sequences;

namespace Elman;

// From options to a model, and back.
public sealed partial record TrainingOptions
{
    /// <summary>The options that shape a model, as they were; the others at their defaults.</summary>
    internal static TrainingOptions From(ModelSpec spec) => new TrainingOptions().With(spec);

    /// <summary>These options, with those that shape a model as they were when a model was made.</summary>
    internal TrainingOptions With(ModelSpec spec) => this with
    {
        Cell = spec.Cell.WithThose(option => !option.ShapesModel, Cell.Name == spec.Cell.Name ? Cell : spec.Cell),
        Layers = spec.Layers,
        Bidirectional = spec.Bidirectional,
        Merge = spec.Merge,
        Residual = spec.Residual,
        Zoneout = spec.Zoneout,
        Readout = spec.Readout,
        Horizon = spec.Horizon,
        Missing = spec.Missing,
        ScaleSequences = spec.Stages.ScaleSequences,
        Differences = spec.Stages.Differences,
        DifferencesAlone = spec.Stages.DifferencesAlone,
        Patch = spec.Stages.Patch,
        Ngrams = spec.Stages.Ngrams?.Longest ?? 0,
        Endings = spec.Stages.Ngrams?.HasEndings ?? false,
        Embed = [.. spec.Symbols.Select(table => new Embedding(table.Channel, table.Size))],
    };

    /// <summary>The model that is trained.</summary>
    /// <param name="channels">Channels of the data.</param>
    /// <param name="outputSize">Numbers that it gives.</param>
    /// <param name="task">What it is asked.</param>
    /// <param name="symbols">The channels of symbols.</param>
    internal ModelSpec SpecFor(int channels, int outputSize, ModelTask task = ModelTask.Classify, SymbolTables? symbols = null) => new()
    {
        Symbols = symbols ?? SymbolTables.None,
        Task = task,
        Horizon = task == ModelTask.Forecast ? Horizon : 1,
        Cell = Cell.ShapeAlone,
        InputSize = (int)Math.Min(Stages.InputsOf(Missing, channels, symbols?.Count ?? 0), int.MaxValue),
        Missing = Missing,
        Stages = Stages,
        Layers = Layers,
        Bidirectional = Bidirectional,
        Merge = Merge,
        Residual = Residual,
        Zoneout = Zoneout,
        Readout = Readout,
        OutputSize = outputSize,
    };
}
