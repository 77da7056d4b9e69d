using System.Numerics.Tensors;

namespace Elman.Tests;

public class SimpleRnnClassifierFitTests
{
    [Fact]
    public void The_loss_falls()
    {
        using var classifier = SmallRnn.Create<double>(learningRate: 0.5);
        IReadOnlyList<double> losses = classifier.Fit(SmallRnn.X<double>(), SmallRnn.Y<double>(), epochs: 60);
        Assert.Equal(60, losses.Count);
        Assert.True(losses[^1] < 0.1 * losses[0], $"The loss went from {losses[0]} to {losses[^1]}.");
        Assert.Equal(1, classifier.Score(SmallRnn.X<double>(), SmallRnn.Y<double>()));
    }

    [Fact]
    public void Fit_is_Forward_and_Backward_again_and_again_bit_for_bit()
    {
        using var fitted = SmallRnn.Create<float>();
        using var stepped = SmallRnn.Create<float>();
        Tensor<float> x = SmallRnn.X<float>(), y = SmallRnn.Y<float>();
        IReadOnlyList<float> losses = fitted.Fit(x, y, epochs: 7);
        float[] steps = [.. Enumerable.Range(0, 7).Select(_ => stepped.Backward(x, y, stepped.Forward(x)))];
        Assert.Equal(steps, losses);
        Assert.Equal(SmallRnn.All(stepped.Weights), SmallRnn.All(fitted.Weights));
    }

    [Fact]
    public void Backward_moves_every_weight_against_its_gradient()
    {
        using var classifier = SmallRnn.Create<double>(learningRate: 0.25);
        Tensor<double> x = SmallRnn.X<double>(), y = SmallRnn.Y<double>(), p = classifier.Forward(x);
        double[] before = SmallRnn.All(classifier.Weights), gradients = SmallRnn.All(classifier.Gradients(x, y, p));
        _ = classifier.Backward(x, y, p);
        double[] expected = [.. before.Zip(gradients, (w, g) => Math.FusedMultiplyAdd(-0.25, g, w))];
        Assert.Equal(expected, SmallRnn.All(classifier.Weights));
    }

    [Fact]
    public void A_true_class_with_probability_0_has_an_infinite_loss()
    {
        using var classifier = SmallRnn.Create<double>();
        Tensor<double> y = SmallRnn.Y<double>(), zero = Tensor.CreateFromShape<double>([4, 4]);
        Assert.Equal(double.PositiveInfinity, classifier.Backward(SmallRnn.X<double>(), y, zero));
    }

    [Fact]
    public void Progress_hears_every_loss()
    {
        using var classifier = SmallRnn.Create<double>();
        var heard = new Heard<double>();
        Assert.Equal(classifier.Fit(SmallRnn.X<double>(), SmallRnn.Y<double>(), 5, heard), heard.Reports);
    }

    [Fact]
    public void Cancellation_keeps_what_was_learned()
    {
        using var cancelled = SmallRnn.Create<double>();
        using var shorter = SmallRnn.Create<double>();
        using var source = new CancellationTokenSource();
        var heard = new Heard<double>();
        heard = new Heard<double>(_ =>
        {
            if (heard.Reports.Count == 3)
                source.Cancel();
        });
        Assert.Equal(3, cancelled.Fit(SmallRnn.X<double>(), SmallRnn.Y<double>(), 100, heard, source.Token).Count);
        shorter.Fit(SmallRnn.X<double>(), SmallRnn.Y<double>(), 3);
        Assert.Equal(SmallRnn.All(shorter.Weights), SmallRnn.All(cancelled.Weights));
    }

    [Fact]
    public void A_token_cancelled_before_the_start_leaves_everything_as_it_was()
    {
        using var classifier = SmallRnn.Create<double>();
        double[] before = SmallRnn.All(classifier.Weights);
        Assert.Empty(classifier.Fit(SmallRnn.X<double>(), SmallRnn.Y<double>(), cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(before, SmallRnn.All(classifier.Weights));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Fewer_epochs_than_one_are_refused(int epochs)
    {
        using var classifier = SmallRnn.Create<float>();
        Assert.Throws<ArgumentOutOfRangeException>(nameof(epochs), () => classifier.Fit(SmallRnn.X<float>(), SmallRnn.Y<float>(), epochs));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused_with_its_position(float bad)
    {
        using var classifier = SmallRnn.Create<float>();
        Tensor<float> x = SmallRnn.X<float>(), y = SmallRnn.Y<float>();
        x[2, 5, 1] = bad;
        Assert.Contains("x[2, 5, 1]", Assert.Throws<ArgumentException>("x", () => classifier.Fit(x, y)).Message, StringComparison.Ordinal);
        y[3, 0] = bad;
        Assert.Contains("yTrue[3, 0]", Assert.Throws<ArgumentException>("yTrue", () => classifier.Fit(SmallRnn.X<float>(), y)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_run_away_are_reported_with_their_epoch()
    {
        using var classifier = SmallRnn.Create<float>(Activation.Relu, learningRate: 1e30);
        var e = Assert.Throws<TrainingDivergedException>(() => classifier.Fit(SmallRnn.X<float>(), SmallRnn.Y<float>()));
        Assert.InRange(e.Epoch, 2, 5);
        Assert.Contains($"epoch {e.Epoch}", e.Message, StringComparison.Ordinal);
    }
}
