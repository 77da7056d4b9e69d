using Elman.Models;

namespace Elman.Tests.Cells;

public sealed class MinLstmCellTests
{
    [Theory]
    [InlineData(-200, -200, 0.5)]  // both gates are exactly shut: all is written
    [InlineData(200, -200, 0)]     // kept, and the first state is 0
    [InlineData(-200, 200, 0.5)]
    [InlineData(200, 200, 0.25)]
    [InlineData(-60, -60, 0.25)]   // nearly shut, but equally
    public void What_is_kept_and_what_is_written_add_up_to_one_however_shut_the_gates(double keep, double write, double expected)
    {
        using var model = new SequenceModel<float>(new ModelSpec { Cell = "minlstm", InputSize = 1, Layers = [1], OutputSize = 2 });
        double[] bias = [keep, write, 0.5];
        for (int i = 0; i < 3; i++)
            model.Values.Span(model.Blocks[0].FromStart.Bias)[i] = (float)bias[i];
        model.Pack(forTraining: false);
        using var stream = new ModelStream<float>(model);
        stream.Step([1]);
        Assert.Equal((float)expected, stream.Output[0]);
    }
}
