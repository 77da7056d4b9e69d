using Elman.Models;
using Elman.Sequences;

namespace Elman;

// From options to a model, and back.
public sealed partial record TrainingOptions
{
    /// <summary>Returns the options that shaped a model; the others have their defaults.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="standardizes">Whether its inputs are standardised.</param>
    internal static TrainingOptions From(ModelSpec spec, bool standardizes = true) =>
        new TrainingOptions { Inputs = new() { Standardize = standardizes } }.With(spec);

    /// <summary>Returns these options with the ones that shape a model taken from a model.</summary>
    internal TrainingOptions With(ModelSpec spec) => this with
    {
        Cell = spec.Cell.WithThose(option => !option.ShapesModel, Cell.Name == spec.Cell.Name ? Cell : spec.Cell),
        Model = new()
        {
            Layers = spec.Layers,
            Bidirectional = spec.Bidirectional,
            Merge = spec.Merge,
            Residual = spec.Residual,
            Zoneout = spec.Zoneout,
            Readout = spec.Readout,
        },
        Inputs = Inputs with
        {
            Missing = spec.Missing,
            ScaleSequences = spec.Stages.ScaleSequences,
            Differences = spec.Stages.Differences,
            DifferencesAlone = spec.Stages.DifferencesAlone,
            Patch = spec.Stages.Patch,
            Embed = [.. spec.Symbols.Select(table => new Embedding(table.Channel, table.Size))],
            Ngrams = spec.Stages.Ngrams?.Longest ?? 0,
            Endings = spec.Stages.Ngrams?.HasEndings ?? false,
        },
        Forecast = Forecast with { Horizon = spec.Horizon },
    };

    /// <summary>The specification of the model to train.</summary>
    /// <param name="channels">The number of channels of the data.</param>
    /// <param name="outputSize">The number of outputs.</param>
    /// <param name="task">The task of the model.</param>
    /// <param name="symbols">The symbol channels.</param>
    internal ModelSpec SpecFor(int channels, int outputSize, ModelTask task = ModelTask.Classify, SymbolTables? symbols = null) => new()
    {
        Symbols = symbols ?? SymbolTables.None,
        Task = task,
        Horizon = task == ModelTask.Forecast ? Forecast.Horizon : 1,
        Cell = Cell.ShapeAlone,
        InputSize = (int)Math.Min(Inputs.Stages.InputsOf(Inputs.Missing, channels, symbols?.Count ?? 0), int.MaxValue),
        Missing = Inputs.Missing,
        Stages = Inputs.Stages,
        Layers = ResolvedLayers,
        Bidirectional = Model.Bidirectional,
        Merge = Model.Merge,
        Residual = Model.Residual,
        Zoneout = Model.Zoneout,
        Readout = Model.Readout,
        OutputSize = outputSize,
    };
}
