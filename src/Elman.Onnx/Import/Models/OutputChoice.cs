using Elman.Models;
using Elman.Onnx.Import.Values;
using Elman.Onnx.Reading;

namespace Elman.Onnx.Import.Models;

/// <summary>The task of a model and the form of its output layer.</summary>
/// <param name="Task">The task.</param>
/// <param name="IsBinary">Whether the graph has one score, of the second of two classes; that of the first is then 0.</param>
internal readonly record struct OutputChoice(ModelTask Task, bool IsBinary)
{
    /// <summary>Finds the task from the end of a graph.</summary>
    /// <param name="top">The graph's output.</param>
    /// <param name="wanted">What the user says.</param>
    /// <param name="warn">Receives what the user should know.</param>
    /// <exception cref="GraphException">Both don't match, or Elman has no such task.</exception>
    public static OutputChoice Of(Flow top, OnnxTask wanted, Action<string> warn)
    {
        bool isEveryStep = top.HasSteps;
        OutputChoice found = (top.Head, isEveryStep, top.Width) switch
        {
            (Head.Softmax or Head.LogSoftmax or Head.ArgMax, _, 1) =>
                throw new GraphException($"The graph ends in {top.Head} over a single score, which is the same for every sequence."),
            (Head.Softmax or Head.LogSoftmax or Head.ArgMax, false, _) => new(ModelTask.Classify, false),
            (Head.Softmax or Head.LogSoftmax or Head.ArgMax, true, _) => new(ModelTask.Tag, false),
            (Head.Sigmoid, false, 1) => new(ModelTask.Classify, true),
            (Head.Sigmoid, false, _) => new(ModelTask.ClassifyMany, false),
            (Head.Sigmoid, true, 1) => new(ModelTask.Tag, true),
            (Head.Sigmoid, true, _) => throw new GraphException("The graph gives several independent classes at every step, which Elman "
                + "can't express."),
            _ => OfScores(top, wanted, warn),
        };
        if (wanted != OnnxTask.FromGraph && TaskOf(wanted) != found.Task)
            throw new GraphException($"The graph ends in {top.Head} for {(isEveryStep ? "every step" : "a sequence")} with "
                + $"{Amount.Of(top.Width, "output")}, which does not go with OnnxLoadOptions.Task = {wanted}; leave it at its default.");
        if (top.Head is Head.LogSoftmax)
            warn("The graph gives logarithms of probabilities. The imported model gives the probabilities.");
        if (top.Head is Head.ArgMax)
            warn("The graph gives the most probable class. The imported model gives the probabilities of all classes, by softmax of the "
                + "scores.");
        return found;
    }

    private static OutputChoice OfScores(Flow top, OnnxTask wanted, Action<string> warn)
    {
        if (top.HasSteps)
            return wanted == OnnxTask.Tag
                ? new(ModelTask.Tag, top.Width == 1)
                : throw new GraphException("The graph gives numbers at every step. If they are scores of classes, load it with "
                    + "OnnxLoadOptions.Task = Tag; a regression at every step can't be imported.");
        if (wanted == OnnxTask.FromGraph && top.Width > 1)
            warn($"The graph gives {top.Width} numbers without softmax or sigmoid: the imported model is a regression with as many "
                + "targets. If they are scores of classes, load the file with OnnxLoadOptions.Task = Classify, or ClassifyMany.");
        return wanted switch
        {
            OnnxTask.Classify => new(ModelTask.Classify, top.Width == 1),
            OnnxTask.ClassifyMany => new(ModelTask.ClassifyMany, false),
            _ => new(ModelTask.Regress, false),
        };
    }

    private static ModelTask TaskOf(OnnxTask task) => task switch
    {
        OnnxTask.Classify => ModelTask.Classify,
        OnnxTask.ClassifyMany => ModelTask.ClassifyMany,
        OnnxTask.Tag => ModelTask.Tag,
        _ => ModelTask.Regress,
    };
}
