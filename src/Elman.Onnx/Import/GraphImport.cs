using Elman.Fitted;
using Elman.Onnx.Import.Models;
using Elman.Onnx.Import.Operators;
using Elman.Onnx.Import.Values;
using Elman.Onnx.Reading;

namespace Elman.Onnx.Import;

/// <summary>Imports a graph of any tool.</summary>
/// <param name="file">The file.</param>
/// <param name="options">What the user knows about it.</param>
internal sealed class GraphImport(ModelBytes file, OnnxLoadOptions options)
{
    /// <summary>How many times its length a file may take for what is computed from its tensors, and for the model.</summary>
    private const int ForConstants = 4, ForModel = 2;

    private readonly List<string> _warnings = [];

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Imports the graph.</summary>
    /// <exception cref="GraphException">It is not that of a model that Elman can express.</exception>
    /// <exception cref="ArgumentException">An option does not match it.</exception>
    public FittedModel Run()
    {
        int opset = GraphCheck.Check(file.Model);
        string output = OutputName();
        var budget = new MemoryBudget(file.Length, ForConstants);
        var external = new ExternalData(file.Folder);
        var tensors = new TensorReader(external, budget);
        var constants = new Dictionary<string, Constant>(StringComparer.Ordinal);
        StackPlan[] plans = [.. OpenLengths.Both.Select(lengths => Walk(
            () => new WalkContext(opset, budget, tensors)
            {
                Constants = constants,
                LinearBeforeReset = options.LinearBeforeReset,
                Producer = file.Model.ProducerName,
            },
            output, lengths))];
        if (plans[0].Outline != plans[1].Outline)
            throw new GraphException("What the graph computes depends on the length of the sequences or their number.");
        StackPlan plan = plans[0];
        OutputChoice choice = OutputChoice.Of(plan.Top, options.Task, Warn);
        IReadOnlyList<string> names = OutputNames.Of(options.Names, file.Model, plan.Top.Width + (choice.IsBinary ? 1 : 0), Warn);
        return new ModelBuilder(plan, new MemoryBudget(file.Length + external.BytesRead, ForModel)).Build(choice, names);
    }

    private StackPlan Walk(Func<WalkContext> start, string output, OpenLengths lengths)
    {
        // The length of an axis may have to be the number of channels that weights are for, which shows on the way.
        while (true)
        {
            WalkContext context = start();
            try
            {
                StackPlan plan = StackPlan.Of(new GraphWalk(file.Model.Graph, context, lengths).ValueOf(output), output, context.Time);
                context.Warnings.ToList().ForEach(Warn);
                WarnOfLength(plan, context.Time!);
                return plan;
            }
            catch (OpenLengthException e)
            {
                if (!lengths.TryNeed(e.Axis, e.Size))
                    throw new GraphException($"Axis {e.Axis} of the input has to have two different lengths.");
            }
        }
    }

    private void WarnOfLength(StackPlan plan, Atom time)
    {
        if (!time.IsAnyLength)
            Warn($"The graph is for sequences of exactly {time.Size} steps (input {Quoted(plan.Input.Name)}). The imported model takes "
                + "sequences of any length.");
    }

    private string OutputName()
    {
        string[] outputs = [.. file.Model.Graph.Output.Select(output => output.Name)];
        if (outputs.Length == 0)
            throw new GraphException("The graph has no output.");
        if (options.Output is { } wanted)
            return outputs.Contains(wanted)
                ? wanted
                : throw new ArgumentException(
                    $"Output is {Quoted(wanted)}; the graph has {string.Join(", ", outputs.Take(8).Select(Quoted))}.", nameof(options));
        if (outputs.Length > 1)
            Warn($"The graph has {outputs.Length} outputs; the imported model gives the first, {Quoted(outputs[0])}. Choose another by "
                + "OnnxLoadOptions.Output.");
        return outputs[0];
    }

    private void Warn(string warning)
    {
        if (!_warnings.Contains(warning))
            _warnings.Add(warning);
    }
}
