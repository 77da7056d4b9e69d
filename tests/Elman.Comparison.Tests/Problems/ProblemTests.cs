using Elman.Comparison.Problems;

namespace Elman.Comparison.Tests.Problems;

public class ProblemTests
{
    [Fact]
    public void Time_major_values_are_padded_with_zeros()
    {
        var problem = new Problem(Cell.Rnn, new Shape(2, 3, 2, 2), [2, 1]);
        float[] first = problem.Sequences[0], second = problem.Sequences[1];
        Assert.Equal([first[0], first[1], second[0], second[1], first[2], first[3], 0, 0], problem.TimeMajor());
    }

    [Theory]
    [InlineData("rnn", 1, 1)]
    [InlineData("gru", 3, 4)]
    [InlineData("lstm", 4, 4)]
    public void Weights_have_the_cells_sizes(string name, int gates, int biases)
    {
        Cell cell = Cell.All.Single(c => c.Name == name);
        Weights<float> weights = new Problem(cell, new Shape(2, 5, 1, 1), [1]).Weights;
        Assert.Equal([2 * gates * 5, 5 * gates * 5, biases * 5, 5 * Shape.Classes, Shape.Classes],
            weights.Named.Select(weight => weight.Values.Length));
    }

    [Fact]
    public void A_stack_has_weights_for_every_layer_and_direction()
    {
        var shape = new Shape(3, 5, 1, 1) { Layers = 2, Directions = 2 };
        Weights<float> weights = new Problem(Cell.Gru, shape, [1]).Weights;
        Assert.Equal(
            ["rnn.0.wx", "rnn.0.wh", "rnn.0.b", "rnn.0.reverse.wx", "rnn.0.reverse.wh", "rnn.0.reverse.b", "rnn.1.wx", "rnn.1.wh",
                "rnn.1.b", "rnn.1.reverse.wx", "rnn.1.reverse.wh", "rnn.1.reverse.b", "output.w", "output.b"],
            weights.Named.Select(weight => weight.Name));
        Assert.Equal([3 * 15, 3 * 15, 10 * 15, 10 * 15], weights.Layers.Select(layer => layer.Wx.Length));
        Assert.Equal(10 * Shape.Classes, weights.V.Length);
        Assert.Equal("3,5,1,1,2x2", shape.ToString());
        Assert.Equal(2.0 * 7 * 3 * 5 * 2 * (3 + 5 + 10 + 5), shape.Flops(Cell.Gru, 7));
    }

    [Fact]
    public void A_cell_whose_gates_see_the_input_alone_has_no_recurrent_weights()
    {
        var shape = new Shape(3, 5, 1, 1);
        Assert.Equal(["rnn.0.wx", "rnn.0.b", "output.w", "output.b"],
            new Problem(Cell.MinGru, shape, [1]).Weights.Named.Select(weight => weight.Name));
        Assert.Equal(2.0 * 7 * 2 * 5 * 3, shape.Flops(Cell.MinGru, 7));
    }

    [Fact]
    public void A_problem_is_the_same_every_time()
    {
        Problem one = new(Cell.Lstm, new Shape(2, 5, 3, 4), [4, 4, 1]), other = new(Cell.Lstm, new Shape(2, 5, 3, 4), [4, 4, 1]);
        Assert.Equal(one.TimeMajor(), other.TimeMajor());
        Assert.Equal(one.Labels, other.Labels);
        Assert.Equal(one.Weights.Wh, other.Weights.Wh);
    }
}
