using Elman.Fitted;
using Elman.Models;
using Elman.Onnx.Import.Values;
using Elman.Onnx.Reading;
using Elman.Persistence;
using Elman.Sequences;

namespace Elman.Onnx.Import.Models;

/// <summary>Makes Elman's model of what was found in a graph.</summary>
/// <param name="plan">What was found.</param>
/// <param name="budget">The memory that may be taken.</param>
internal sealed class ModelBuilder(StackPlan plan, MemoryBudget budget)
{
    private readonly LinearMap _output = plan.Top.Map ?? LinearMap.Identity(plan.Top.Width, budget);

    /// <summary>Creates the model.</summary>
    /// <param name="choice">Its task.</param>
    /// <param name="names">The names of its outputs.</param>
    /// <exception cref="GraphException">Elman has no such model.</exception>
    public FittedModel Build(OutputChoice choice, IReadOnlyList<string> names)
    {
        LinearMap? inputMap = plan.Layers[0].InputMap;
        Standardization? standardization = plan.Input.Table is null ? StandardizationOf(inputMap) : null;
        if (standardization is not null || inputMap is { IsMatrix: false } && IsNothing(inputMap))
            inputMap = null;
        ModelSpec spec = Spec(choice, inputMap, names.Count);
        if (spec.FindProblems() is { Count: > 0 } problems)
            throw new GraphException($"Elman has no such model: {string.Join(' ', problems)}");
        budget.Take(new MemberFile(spec).LeastBytes(), 1, "The model");
        SequenceModel<float> model = Create(spec);
        try
        {
            Fill(model, inputMap, choice.IsBinary);
            model.Pack(forTraining: false);
            var preprocessing = new Preprocessing(MissingValues.Refuse, spec.Channels, standardization, symbols: spec.Symbols);
            return new FittedModel([new Member(model, preprocessing)], names, TargetScale: null, Summary: null, History: []);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static SequenceModel<float> Create(ModelSpec spec)
    {
        try
        {
            return new SequenceModel<float>(spec);
        }
        catch (ArgumentException)
        {
            throw new GraphException($"Its layers of {spec.Layers} units are larger than Elman's can be.");
        }
    }

    private ModelSpec Spec(OutputChoice choice, LinearMap? inputMap, int outputs)
    {
        int channels = plan.Input.Table is not null ? 1 : inputMap?.Inputs ?? plan.Layers[0].Forward.Inputs;
        return new ModelSpec
        {
            Cell = CellChoice.Of(plan.Layers),
            InputSize = channels,
            Symbols = plan.Input.Table is { } table
                ? new SymbolTables([new SymbolTable(1, checked((int)Math.Min(table.Shape[0], int.MaxValue)), (int)table.Shape[1])])
                : SymbolTables.None,
            Layers = [.. plan.Layers.Select(layer => layer.Forward.Units)],
            Bidirectional = plan.Layers[0].Backward is not null,
            Merge = plan.Layers[0].Merge,
            Readout = plan.Pool switch { Pool.Mean => Readout.Mean, Pool.Max => Readout.Max, _ => Readout.Last },
            Task = choice.Task,
            OutputSize = outputs,
        };
    }

    private void Fill(SequenceModel<float> model, LinearMap? inputMap, bool isBinary)
    {
        var filler = new LayerFiller(model, budget);
        if (plan.Input.Table is { } table)
            table.Floats(budget).CopyTo(filler.Span("embedding.1.w"));
        for (int layer = 0; layer < plan.Layers.Length; layer++)
        {
            LayerPlan from = plan.Layers[layer];
            LinearMap? map = layer == 0 ? inputMap : from.InputMap;
            string prefix = FormattableString.Invariant($"rnn.{layer}");
            filler.Fill(prefix, from.Forward, map);
            if (from.Backward is not null)
                filler.Fill($"{prefix}.reverse", from.Backward, map);
        }
        FillOutput(filler.Span("output.w"), filler.Span("output.b"), isBinary ? 1 : 0);
    }

    /// <summary>Copies the output layer, to the columns from a given one on; columns before have weights 0.</summary>
    private void FillOutput(Span<float> w, Span<float> b, int first)
    {
        int columns = b.Length;
        for (int i = 0; i < _output.Inputs; i++)
        {
            if (_output.Matrix is { } matrix)
                matrix.AsSpan(i * _output.Outputs, _output.Outputs).CopyTo(w[((i * columns) + first)..]);
            else
                w[(i * columns) + first + i] = (float)_output.Scale[i];
        }
        for (int o = 0; o < _output.Outputs; o++)
            b[first + o] = (float)_output.Shift[o];
    }

    /// <summary>Returns factors above 0 and shifts of the channels as a standardisation; <see langword="null"/> for others.</summary>
    private static Standardization? StandardizationOf(LinearMap? map)
    {
        if (map is null or { IsMatrix: true } || IsNothing(map) || map.Scale.Any(factor => !(factor > 0) || !float.IsNormal((float)factor)))
            return null;
        double[] means = [.. map.Shift.Select((shift, c) => -shift / map.Scale[c])];
        double[] deviations = [.. map.Scale.Select(factor => 1 / factor)];
        return means.Concat(deviations).All(number => float.IsFinite((float)number)) ? new(means, deviations) : null;
    }

    private static bool IsNothing(LinearMap map) => map.Scale.All(factor => factor == 1) && map.Shift.All(shift => shift == 0);
}
