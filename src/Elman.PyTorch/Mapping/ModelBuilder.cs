using Elman.Fitted;
using Elman.Models;
using Elman.PyTorch.Tensors;
using Elman.Readouts;
using Elman.Sequences;

namespace Elman.PyTorch.Mapping;

/// <summary>Makes a model of the modules of a state dictionary.</summary>
internal static class ModelBuilder
{
    /// <summary>The name of the only class of a model that says how probable it is.</summary>
    private const string TrueClass = "1";

    /// <summary>Makes a model.</summary>
    /// <exception cref="ModelFileException">The tensors are not those of a model, or have numbers that are not finite.</exception>
    /// <exception cref="ArgumentException">An option is missing, or does not fit the modules.</exception>
    public static PyTorchImport Build(StateDictionary state, PyTorchLoadOptions options)
    {
        var map = StateMap.Of(state, options);
        ModelSpec spec = SpecOf(state, map, options);
        IReadOnlyList<string> names = NamesOf(map, options);
        var model = new SequenceModel<float>(spec);
        try
        {
            var copy = new WeightImport(state, model, map);
            PyTorchOrigin origin = map.Origin(state) with { Biases = copy.Run() };
            model.Pack(forTraining: false);
            var preprocessing = new Preprocessing(spec.Missing, spec.Channels, symbols: spec.Symbols);
            var fitted = new FittedModel([new Member(model, preprocessing)], names, null, null, []) { PyTorch = origin };
            return new PyTorchImport(
                SequenceEstimator.Of(fitted, options.Load), copy.Tensors,
                Modules.Of(spec, origin, origin.Embedding is null ? [] : [origin.Embedding]), ImportNotes.Of(map, options, names),
                ImportNotes.Warnings(state, copy.Rounded));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static ModelSpec SpecOf(StateDictionary state, StateMap map, PyTorchLoadOptions options)
    {
        RecurrentModule first = map.First;
        if (map.Linear.Rows is < 1 or > ModelSpec.MaxSize)
            throw state.Refused($"Module {map.Linear.Described} has {Amount.Of(map.Linear.Rows, "output")}; a model has 1 to "
                + $"{ModelSpec.MaxSize}.");
        if (map.Embedding is { Rows: < 1 or > SymbolTable.MaxSymbols } table)
            throw state.Refused($"Module {table.Described} has {Amount.Of(table.Rows, "row")}; an embedding has 1 to "
                + $"{SymbolTable.MaxSymbols}.");
        Check(map, options);
        var spec = new ModelSpec
        {
            Cell = first.Gates switch
            {
                1 => new RnnOptions { Activation = options.Activation! },
                3 => new GruOptions(),
                _ => new LstmOptions { Projection = first.HasProjection ? first.StateSize : 0 },
            },
            InputSize = map.Embedding is null ? first.Inputs : 1,
            Symbols = map.Embedding is { } embedding
                ? new SymbolTables([new SymbolTable(1, (int)embedding.Rows, (int)embedding.Columns)])
                : SymbolTables.None,
            Layers = LayerSizes.Create([.. map.Recurrent.SelectMany(module => Enumerable.Repeat(module.Units, module.Layers))]),
            Bidirectional = first.IsBidirectional,
            Readout = options.Task == PyTorchTask.Tag ? Readout.Last : options.Readout!,
            Task = options.Task switch
            {
                PyTorchTask.ClassifyMany => ModelTask.ClassifyMany,
                PyTorchTask.Tag => ModelTask.Tag,
                PyTorchTask.Regress => ModelTask.Regress,
                _ => ModelTask.Classify,
            },
            OutputSize = (int)map.Linear.Rows,
        };
        IReadOnlyList<string> problems = spec.FindProblems();
        return problems.Count == 0 ? spec : throw state.Refused(string.Join(" ", problems));
    }

    /// <summary>Checks the options that the file can't contain.</summary>
    private static void Check(StateMap map, PyTorchLoadOptions options)
    {
        string? problem = options switch
        {
            { Task: PyTorchTask.Tag, Readout: not null } => "Readout is for an output for a sequence; with the task Tag every step has "
                + "one, so leave it out.",
            { Task: not PyTorchTask.Tag, Readout: null } => "A state dictionary does not say what goes on from the recurrent layers to "
                + "nn.Linear: set Readout to Last (h_n), Mean or Max, or the Task to Tag if every step does.",
            { Readout.Kind: not (ReadoutKind.Last or ReadoutKind.Mean or ReadoutKind.Max) } =>
                $"Readout is {options.Readout}; for modules of PyTorch it may be last, mean or max.",
            { Activation: null } when map.First.Gates == 1 => "A state dictionary does not say which nonlinearity its nn.RNN has: set "
                + "Activation to Tanh, the default of PyTorch, or to Relu (--activation in the tool).",
            { Activation: { } activation } when map.First.Gates == 1 && activation.Name != Activation.Tanh.Name
                && activation.Name != Activation.Relu.Name =>
                $"Activation is {activation.Name}; an nn.RNN has tanh or relu.",
            { Activation: not null } when map.First.Gates > 1 => $"Activation is for nn.RNN, and the file has {map.First.Class}; leave it "
                + "out.",
            { Task: PyTorchTask.Classify or PyTorchTask.Tag } when map.Linear.Rows == 1 => "The model has one output, and one class "
                + "would always be right. If it is the score of a class against no class (nn.BCEWithLogitsLoss), set the Task to "
                + "ClassifyMany (--multi-label in the tool); if it is a number, to Regress (--task regress).",
            _ => null,
        };
        if (problem is not null)
            throw new ArgumentException(problem, nameof(options));
    }

    private static IReadOnlyList<string> NamesOf(StateMap map, PyTorchLoadOptions options)
    {
        int outputs = (int)map.Linear.Rows;
        if (options.Names.Count == 0)
            return options.Task == PyTorchTask.ClassifyMany && outputs == 1
                ? [TrueClass]
                : [.. Enumerable.Range(0, outputs).Select(index => FormattableString.Invariant($"{index}"))];
        int different = options.Names.Distinct(StringComparer.Ordinal).Count();
        return options.Names.Count == outputs && different == outputs && options.Names.All(name => !string.IsNullOrEmpty(name))
            ? options.Names
            : throw new ArgumentException($"There are {options.Names.Count} names, {different} of them different; the model has "
                + $"{Amount.Of(outputs, "output")}, which need as many different names that are not empty.", nameof(options));
    }
}
