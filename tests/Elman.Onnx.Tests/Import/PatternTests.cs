namespace Elman.Onnx.Tests.Import;

/// <summary>What exporters put around recurrent nodes, compared with ONNX Runtime.</summary>
public class PatternTests
{
    private readonly TestGraph _graph = new([-1, -1, 3]);

    private string X => _graph.TimeFirst("x");

    [Fact]
    public void The_last_step_is_found_in_any_form()
    {
        foreach (Func<TestGraph, string, string> last in new Func<TestGraph, string, string>[]
        {
            (g, y) => g.Squeeze(g.Node("Slice", [y, g.Integers(-1), g.Integers(long.MaxValue), g.Integers(0)]), 0),
            (g, y) => g.Node("Gather", [y, g.Integer(-1)], ("axis", 0)),
            (g, y) => g.Squeeze(g.Node("Gather", [y, g.Integers(-1)], ("axis", 0)), 0),
            (g, y) => g.Node("Gather", [g.Node("Transpose", [y], ("perm", new long[] { 1, 2, 0 })), g.Integer(-1)], ("axis", 2)),
        })
        {
            var graph = new TestGraph([-1, -1, 3]);
            string y = graph.Squeeze(graph.Layer("LSTM", graph.TimeFirst("x"), 3, 4)[0], 1);
            Assert.Empty(Oracle.Agrees(graph.Bytes(graph.Classes(last(graph, y), 4)), 3).Warnings);
        }
    }

    [Fact]
    public void The_last_step_may_come_from_the_length_that_the_graph_computes()
    {
        string y = _graph.Squeeze(_graph.Layer("LSTM", X, 3, 4)[0], 1);
        string steps = _graph.Node("Gather", [_graph.Node("Shape", ["x"]), _graph.Integers(1)]);
        string last = _graph.Node("Sub", [steps, _graph.Integers(1)]);
        Oracle.Agrees(_graph.Bytes(_graph.Classes(_graph.Squeeze(_graph.Node("Gather", [y, last]), 0), 4)), 3);
    }

    [Theory]
    [InlineData("GlobalAveragePool")]
    [InlineData("GlobalMaxPool")]
    public void Pooling_takes_the_last_of_three_axes(string pool)
    {
        string y = _graph.Squeeze(_graph.Layer("RNN", X, 3, 4)[0], 1);
        string pooled = _graph.Squeeze(_graph.Node(pool, [_graph.Node("Transpose", [y], ("perm", new long[] { 1, 2, 0 }))]), 2);
        Oracle.Agrees(_graph.Bytes(_graph.Classes(pooled, 4)), 3);
    }

    [Theory]
    [InlineData("Add", false)]
    [InlineData("Mul", false)]
    [InlineData("Mean", false)]
    [InlineData("Add", true)]
    [InlineData("Mean", true)]
    public void Two_nodes_that_read_in_both_directions_are_one_layer(string merge, bool isMean)
    {
        string x = X;
        string[] forward = _graph.Layer("GRU", x, 3, 4), backward = _graph.Layer("GRU", x, 3, 4, "reverse");
        string merged = isMean
            ? _graph.Node("ReduceMean", [_graph.Squeeze(_graph.Node(merge, [forward[0], backward[0]]), 1)], ("axes", new long[] { 0 }),
                ("keepdims", 0))
            : _graph.Squeeze(_graph.Node(merge, [backward[1], forward[1]]), 0);
        Oracle.Agrees(_graph.Bytes(_graph.Classes(merged, 4)), 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_layer_over_reversed_steps_is_the_backward_direction(bool isBySlice)
    {
        string x = X, reversed = Reverse(x);
        string forward = _graph.Squeeze(_graph.Layer("LSTM", x, 3, 4)[0], 1);
        string backward = Reverse(_graph.Squeeze(_graph.Layer("LSTM", reversed, 3, 4)[0], 1));
        string both = _graph.Node("Concat", [forward, backward], ("axis", 2));
        string top = _graph.Layer("LSTM", both, 8, 5, "bidirectional")[1];
        string states = _graph.Node("Reshape", [_graph.Node("Transpose", [top], ("perm", new long[] { 1, 0, 2 })), _graph.Integers(0, 10)]);
        Oracle.Agrees(_graph.Bytes(_graph.Classes(states, 10)), 3);

        string Reverse(string y) => isBySlice
            ? _graph.Node("Slice", [y, _graph.Integers(-1), _graph.Integers(long.MinValue + 1), _graph.Integers(0), _graph.Integers(-1)])
            : _graph.Node(
                "ReverseSequence",
                [y, _graph.Node("Expand", [_graph.Node("Gather", [_graph.Node("Shape", ["x"]), _graph.Integers(1)]), _graph.Integers(1)])],
                ("time_axis", 0), ("batch_axis", 1));
    }

    [Fact]
    public void The_state_of_each_direction_is_found_in_the_outputs_of_all_steps()
    {
        string y = _graph.Layer("GRU", X, 3, 4, "bidirectional")[0];
        string[] parts = _graph.Nodes("Split", [y, _graph.Integers(1, 1)], 2, ("axis", 1));
        string last = _graph.Node("Gather", [_graph.Squeeze(parts[0], 1), _graph.Integer(-1)]);
        string first = _graph.Node("Gather", [_graph.Squeeze(parts[1], 1), _graph.Integer(0)]);
        Oracle.Agrees(_graph.Bytes(_graph.Classes(_graph.Node("Concat", [last, first], ("axis", 1)), 8)), 3);
    }

    [Fact]
    public void Shift_and_scale_of_the_input_become_its_standardisation()
    {
        string x = _graph.Node("Div", [_graph.Node("Sub", ["x", _graph.Floats([1, -2, 3], 3)]), _graph.Floats([2, 4, 0.5f], 1, 1, 3)]);
        string state = _graph.Squeeze(_graph.Layer("LSTM", _graph.TimeFirst(x), 3, 4)[1], 0);
        OnnxImport import = Oracle.Agrees(_graph.Bytes(_graph.Classes(state, 4)), 3);
        Assert.Equal([1, -2, 3], import.Model.Standardization!.Means);
        Assert.Equal([2, 4, 0.5], import.Model.Standardization!.Deviations);
    }

    [Theory]
    [InlineData(-0.5f)]
    [InlineData(0.25f)]
    public void A_single_factor_scales_every_channel(float factor)
    {
        string x = _graph.Node("Mul", [_graph.Floats([factor]), "x"]);
        string state = _graph.Squeeze(_graph.Layer("RNN", _graph.TimeFirst(x), 3, 4)[1], 0);
        Oracle.Agrees(_graph.Bytes(_graph.Classes(state, 4)), 3);
    }

    [Fact]
    public void Linear_layers_before_and_between_become_a_part_of_the_weights()
    {
        string x = _graph.TimeFirst(_graph.Scores("x", 3, 6));
        string y = _graph.Squeeze(_graph.Layer("GRU", x, 6, 4)[0], 1);
        string flat = _graph.Scores(_graph.Node("Reshape", [y, _graph.Integers(-1, 4)]), 4, 5); // steps and sequences in one axis
        string steps = _graph.Node("Gather", [_graph.Node("Shape", [y]), _graph.Integers(0, 1)]);
        string again = _graph.Node("Reshape", [flat, _graph.Node("Concat", [steps, _graph.Integers(5)], ("axis", 0))]);
        string state = _graph.Squeeze(_graph.Layer("GRU", again, 5, 3)[1], 0);
        Oracle.Agrees(_graph.Bytes(_graph.Classes(_graph.Scores(state, 3, 4), 4)), 3);
    }

    [Fact]
    public void Batch_normalisation_is_linear()
    {
        string state = _graph.Squeeze(_graph.Layer("RNN", X, 3, 4)[1], 0);
        string normal = _graph.Node("BatchNormalization", [state, _graph.Random(1, 4), _graph.Random(1, 4), _graph.Random(1, 4),
            _graph.Floats([1, 2, 0.5f, 3], 4)], ("epsilon", 0.01f));
        Oracle.Agrees(_graph.Bytes(_graph.Classes(normal, 4)), 3);
    }

    [Fact]
    public void A_prediction_for_every_step_makes_a_tagger()
    {
        string y = _graph.Layer("LSTM", X, 3, 4, "bidirectional")[0];
        string first = _graph.Node("Transpose", [y], ("perm", new long[] { 2, 0, 1, 3 }));
        string side = _graph.Node("Reshape", [first, _graph.Integers(0, 0, -1)]);
        Assert.IsType<SequenceTagger>(Oracle.Agrees(_graph.Bytes(_graph.Classes(side, 8)), 3).Model);
    }

    [Fact]
    public void The_units_may_be_the_scores()
    {
        string state = _graph.Squeeze(_graph.Layer("RNN", X, 3, 4)[1], 0);
        Oracle.Agrees(_graph.Bytes(_graph.Node("Softmax", [state])), 3);
    }
}
