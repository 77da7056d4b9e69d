using Elman.Onnx.Protocol;

namespace Elman.Onnx.Export;

/// <summary>
/// The states of a model that advances by one step: inputs of the graph, zeros before the first step, and outputs with the states after
/// the step.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="prefix">The prefix of their names, of a member of several.</param>
internal sealed class StreamStates(Graph graph, string prefix)
{
    /// <summary>What is appended to the name of a state for the output with its next value.</summary>
    public const string Next = ".next";

    private readonly List<(string Name, Value After, TensorProto.Types.DataType Type, int Width)> _after = [];

    /// <summary>Whether the step changes states, <c>[B, 1]</c>; not given if it always does.</summary>
    public Value Advances { get; set; } = Value.None;

    /// <summary>Adds a state.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="width">The number of values of a sequence.</param>
    /// <param name="type">The type of its values.</param>
    /// <returns>The state before the step, <c>[B, width]</c>.</returns>
    public Value Before(string name, int width, TensorProto.Types.DataType type = TensorProto.Types.DataType.Float) =>
        graph.Input(FullName(name), type, OnnxNames.Batch, width);

    /// <summary>Sets a state after the step.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="before">The state before the step.</param>
    /// <param name="after">The state after the step.</param>
    /// <param name="width">The number of values of a sequence.</param>
    /// <param name="type">The type of its values.</param>
    public void After(
        string name, Value before, Value after, int width, TensorProto.Types.DataType type = TensorProto.Types.DataType.Float) =>
        _after.Add((FullName(name), Advances.IsGiven ? graph.Where(Advances, after, before) : after, type, width));

    /// <summary>Sets a state after the step that every step changes, also one that the model skips.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="after">The state after the step.</param>
    /// <param name="width">The number of values of a sequence.</param>
    public void AfterAny(string name, Value after, int width) =>
        _after.Add((FullName(name), after, TensorProto.Types.DataType.Float, width));

    /// <summary>Adds the outputs.</summary>
    public void Write()
    {
        foreach ((string name, Value after, TensorProto.Types.DataType type, int width) in _after)
            graph.Output(name + Next, after, type, OnnxNames.Batch, width);
    }

    private string FullName(string name) => $"state.{prefix}{name}";
}
