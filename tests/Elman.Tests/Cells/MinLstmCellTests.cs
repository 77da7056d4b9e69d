using System.Numerics;
using Elman.Models;
using Elman.Models.Streaming;
using Elman.Recurrent;
using Elman.Tests.Oracles;
using Elman.Tests.Recurrent;

namespace Elman.Tests.Cells;

public sealed class MinLstmCellTests
{
    [Theory]
    [InlineData(-200, -200, 0.25)] // both gates are below all floats, but equally
    [InlineData(-3e38, -3e38, 0.25)]
    [InlineData(-3e38, -2e38, 0.5)]
    [InlineData(200, -200, 0)]     // kept, and the first state is 0
    [InlineData(-200, 200, 0.5)]
    [InlineData(200, 200, 0.25)]
    [InlineData(-60, -60, 0.25)]   // nearly shut, but equally
    public void What_is_kept_and_what_is_written_add_up_to_one_however_shut_the_gates(double keep, double write, double expected)
    {
        using SequenceModel<float> model = Create<float>(keep, write, candidate: 0.5);
        using var stream = new ModelStream<float>(model);
        stream.Step([1]);
        Assert.Equal((float)expected, stream.Output[0]);
    }

    public static TheoryData<double, double> Sums
    {
        get
        {
            double[] sums = [-1e30, -5000, -105, -100, -95, -90, -88, -87, -86, -60, -41, -40, -21, -20.5, -20, -19, -5,
                -0.5, 0, 0.5, 5, 20, 100];
            return new(from keep in sums from write in sums select (keep, write));
        }
    }

    [Theory]
    [MemberData(nameof(Sums))]
    public void The_kept_share_is_that_of_the_formula_however_far_down_the_sums_are(double keep, double write)
    {
        Check<float>(1e-6);
        Check<double>(1e-14);

        void Check<T>(double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            // k = 1/(1 + exp(softplus(−a_f) − softplus(−a_i))), which does not underflow
            double kept = 1 / (1 + Math.Exp(Softplus(-keep) - Softplus(-write))), written = 1 - kept, h = 0;
            using SequenceModel<T> model = Create<T>(keep, write, candidate: 3);
            using var stream = new ModelStream<T>(model);
            for (int step = 0; step < 3; step++)
            {
                stream.Step([T.One]);
                h = (kept * h) + (written * 3);
                Assert.Equal(h, double.CreateTruncating(stream.Output[0]), tolerance);
            }
        }

        static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
    }

    [Theory]
    [InlineData(-95, -100)]
    [InlineData(-100, -95)]
    [InlineData(-800, -802.5)]
    [InlineData(-30, -30)]
    [InlineData(-40, -60)]
    public void Far_down_the_gradients_depend_on_the_difference_of_the_sums_alone(double keep, double write)
    {
        double[] expected = Gradients<double>(-25 + Math.Min(0, keep - write), -25 + Math.Min(0, write - keep));
        // At -25 the slopes still contain 10⁻¹¹ of σ.
        Close.Assert("double", expected, Gradients<double>(keep, write), relative: 1e-9, floor: 1e-12);
        Close.Assert("float", expected, Gradients<float>(keep, write), relative: 1e-4, floor: 1e-7);
        Assert.Contains(expected, gradient => Math.Abs(gradient) > 1e-6);
    }

    /// <summary>Returns all gradients of a model in which the two gates depend only on the biases.</summary>
    private static double[] Gradients<T>(double keep, double write)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var c = ContractCase<T>.Create("minlstm", inputSize: 2, hiddenSize: 3, [4, 2, 3]);
        RecurrentLayer<T> layer = c.Model.Layers[0].FromStart;
        Span<T> weights = c.Model.Values.Span(layer.Weights.Input), bias = c.Model.Values.Span(layer.Weights.Bias);
        for (int i = 0; i < weights.Length; i++)
            weights[i] = i % 9 < 6 ? T.Zero : weights[i];
        bias[..3].Fill(T.CreateTruncating(keep));
        bias[3..6].Fill(T.CreateTruncating(write));
        c.Model.Pack(forTraining: true);
        return [.. c.Differentiate().Gradients.Select(double.CreateTruncating)];
    }

    private static SequenceModel<T> Create<T>(double keep, double write, double candidate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var model = new SequenceModel<T>(new ModelSpec { Cell = "minlstm", InputSize = 1, Layers = [1], OutputSize = 2 });
        double[] bias = [keep, write, candidate];
        for (int i = 0; i < 3; i++)
            model.Values.Span(model.Layers[0].FromStart.Weights.Bias)[i] = T.CreateTruncating(bias[i]);
        model.Pack(forTraining: false);
        return model;
    }
}
