namespace Elman.Onnx.Export.Layers;

/// <summary>
/// A cell that is written as nodes: what depends on the inputs alone for all steps together, the recurrence step by step.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="direction">The name of the direction's weights, such as <c>rnn.0.reverse</c>.</param>
internal abstract class StepCell(LayerWriter layer, string direction)
{
    /// <summary>The added variance of a layer normalisation.</summary>
    protected const float Epsilon = 1e-5f;

    /// <summary>The graph outside of the recurrence.</summary>
    protected Graph Graph => layer.Graph;

    /// <summary>H, the number of units.</summary>
    protected int Units => layer.Units;

    /// <summary>The layer.</summary>
    protected LayerWriter Layer => layer;

    /// <summary>The state vectors: their names and widths.</summary>
    public abstract (string Name, int Width)[] States { get; }

    /// <summary>Computes what the recurrence reads of every step.</summary>
    /// <param name="inputs">The inputs, <c>[T, B, I]</c>.</param>
    public abstract Value[] Prepare(Value inputs);

    /// <summary>Computes a step.</summary>
    /// <param name="graph">The graph of the recurrence.</param>
    /// <param name="before">The states before the step, <c>[B, width]</c>.</param>
    /// <param name="step">What <see cref="Prepare"/> computed, of this step.</param>
    /// <returns>The states after the step.</returns>
    public abstract Value[] Step(Graph graph, Value[] before, Value[] step);

    /// <summary>The indices of the states that <see cref="Outputs"/> needs; by default the first one.</summary>
    public virtual int[] Read => [0];

    /// <summary>Computes the outputs of the layer.</summary>
    /// <param name="states">The states after each step that are read, <c>[T, B, width]</c>.</param>
    /// <param name="inputs">The inputs, <c>[T, B, I]</c>.</param>
    public virtual Value Outputs(Value[] states, Value inputs) => states[0];

    /// <summary>Weights of the direction.</summary>
    /// <param name="name">The last part of their name.</param>
    protected Value Weights(string name) => layer.Writer.Weights($"{direction}.{name}");

    /// <summary><c>x·Wx + b</c> for all gates, <c>[T, B, G·H]</c>.</summary>
    protected Value InputProduct(Value inputs) => Graph.Add(Graph.Product(inputs, Weights("wx")), Weights("b"));

    /// <summary>Divides gates.</summary>
    protected Value[] Gates(Graph graph, Value gates, int count, int axis = -1) => graph.Split(gates, axis, count, Units);

    /// <summary>Parts of weights, one vector of H numbers for each.</summary>
    protected Value[] Vectors(string name, int count) => Graph.Split(Weights(name), 0, count, Units);

    /// <summary>Layer normalisation over the units of a gate.</summary>
    protected static Value Normalize(Graph graph, Value a, Value gain, Value shift) => graph.Node(
        "LayerNormalization", [a, gain, shift], OnnxFormat.Attribute("axis", -1), OnnxFormat.Number("epsilon", Epsilon));
}
