using System.Numerics.Tensors;
using Elman.Tests.Fixtures;

namespace Elman.Tests;

public class SimpleRnnClassifierTests
{
    [Fact]
    public void The_worked_example_ends_in_its_state_to_all_digits()
    {
        using var classifier = new SimpleRnnClassifier<double>(WorkedExample.Features, WorkedExample.Nodes, 1)
        {
            Weights = FixtureRun<double>.Weights(
                new SimpleRnnArrays(WorkedExample.Wx, WorkedExample.Wh, WorkedExample.B, new double[WorkedExample.Nodes], [0]),
                WorkedExample.Features, WorkedExample.Nodes, 1),
        };
        Tensor<double> state = classifier.LastState(
            DenseTensor.Of<double>(WorkedExample.Inputs, 1, WorkedExample.Steps, WorkedExample.Features));
        Assert.Equal([1, WorkedExample.Nodes], state.Lengths);
        Assert.All(WorkedExample.LastState.Zip(state), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }

    [Fact]
    public void Initial_weights_are_small_and_biases_are_zero()
    {
        using var classifier = new SimpleRnnClassifier<double>(50, 60, 70);
        SimpleRnnWeights<double> weights = classifier.Weights;
        double[] drawn = [.. weights.Wx, .. weights.Wh, .. weights.WOut];
        double deviation = Math.Sqrt(drawn.Average(w => w * w));
        Assert.Equal(0.01, deviation, 0.0005);
        Assert.Equal(0, drawn.Average(), 0.0005);
        Assert.All(weights.B.Concat(weights.BOut), bias => Assert.Equal(0, bias));
    }

    [Fact]
    public void The_seed_fixes_the_first_weights()
    {
        using var one = new SimpleRnnClassifier<float>(3, 4, 5, seed: 7);
        using var same = new SimpleRnnClassifier<float>(3, 4, 5, seed: 7);
        using var other = new SimpleRnnClassifier<float>(3, 4, 5, seed: 8);
        Assert.Equal(SmallRnn.All(one.Weights), SmallRnn.All(same.Weights));
        Assert.NotEqual(SmallRnn.All(one.Weights), SmallRnn.All(other.Weights));
    }

    [Theory]
    [InlineData(0, 1, 1, "inputSize")]
    [InlineData(-1, 1, 1, "inputSize")]
    [InlineData(65_537, 1, 1, "inputSize")]
    [InlineData(1, 0, 1, "hiddenSize")]
    [InlineData(1, 65_537, 1, "hiddenSize")]
    [InlineData(1, 1, 0, "classCount")]
    [InlineData(1, 1, int.MaxValue, "classCount")]
    public void A_size_out_of_range_is_refused(int inputSize, int hiddenSize, int classCount, string parameter) =>
        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => new SimpleRnnClassifier<float>(inputSize, hiddenSize, classCount));

    [Theory]
    [InlineData(65_536, 65_536, 1)]
    [InlineData(1, 46_341, 1)]
    [InlineData(1, 65_536, 1)]
    [InlineData(1, 65_536, 65_536)]
    public void Sizes_whose_product_no_array_can_hold_are_refused(int inputSize, int hiddenSize, int classCount)
    {
        var e = Assert.Throws<ArgumentException>(() => new SimpleRnnClassifier<float>(inputSize, hiddenSize, classCount));
        Assert.Contains($"{hiddenSize}", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_out_of_range_is_refused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new SimpleRnnClassifier<float>(1, 1, 1, learningRate: rate));

    [Fact]
    public void Half_is_refused() =>
        Assert.Throws<NotSupportedException>(() => new SimpleRnnClassifier<Half>(1, 1, 1));

    [Fact]
    public void Changing_what_the_getter_gave_changes_nothing()
    {
        using var classifier = SmallRnn.Create<float>();
        float[] before = SmallRnn.All(classifier.Weights);
        classifier.Weights.Wh[1, 2] += 1;
        Assert.Equal(before, SmallRnn.All(classifier.Weights));
    }

    [Fact]
    public void Changing_what_was_set_changes_nothing()
    {
        using var classifier = SmallRnn.Create<float>();
        SimpleRnnWeights<float> weights = classifier.Weights;
        weights.Wx[0, 0] = 123;
        classifier.Weights = weights;
        float[] set = SmallRnn.All(classifier.Weights);
        weights.Wx[0, 0] = 456;
        Assert.Equal(123, set[0]);
        Assert.Equal(set, SmallRnn.All(classifier.Weights));
    }

    [Fact]
    public void Weights_that_were_set_are_those_it_computes_with()
    {
        using var one = SmallRnn.Create<double>();
        using var other = new SimpleRnnClassifier<double>(SmallRnn.Features, SmallRnn.Nodes, SmallRnn.Classes);
        other.Weights = one.Weights;
        Assert.Equal(one.Forward(SmallRnn.X<double>()), other.Forward(SmallRnn.X<double>()));
    }

    [Fact]
    public void Probabilities_are_between_0_and_1_and_add_up_to_1()
    {
        using var classifier = SmallRnn.Create<double>();
        Tensor<double> p = classifier.Forward(SmallRnn.X<double>());
        Assert.All(p, value => Assert.InRange(value, 0, 1));
        Assert.All(p.Chunk(SmallRnn.Classes), row => Assert.Equal(1, row.Sum(), 1e-15));
        Assert.Equal(p, classifier.PredictProbabilities(SmallRnn.X<double>()));
    }

    [Fact]
    public void The_prediction_is_the_most_probable_class()
    {
        using var classifier = SmallRnn.Create<double>();
        int[] expected = [.. classifier.Forward(SmallRnn.X<double>()).Chunk(SmallRnn.Classes).Select(row => Array.IndexOf(row, row.Max()))];
        Assert.Equal(expected, classifier.Predict(SmallRnn.X<double>()));
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1, 0.75)]
    [InlineData(4, 0.0)]
    public void The_score_is_the_share_that_was_predicted_right(int wrong, double score)
    {
        using var classifier = SmallRnn.Create<float>();
        int[] labels = classifier.Predict(SmallRnn.X<float>());
        for (int i = 0; i < wrong; i++)
            labels[i] = (labels[i] + 1) % SmallRnn.Classes;
        Assert.Equal(score, classifier.Score(SmallRnn.X<float>(), DenseTensor.OneHot<float>(labels, SmallRnn.Classes)));
    }

    [Fact]
    public void A_view_into_a_larger_tensor_counts_as_what_it_shows()
    {
        using var classifier = SmallRnn.Create<double>();
        Tensor<double> x = SmallRnn.X<double>();
        ReadOnlyTensorSpan<double> view = x.AsReadOnlyTensorSpan().Slice([1..3, 2..5, 0..3]);
        double[] copy = new double[2 * 3 * 3];
        view.FlattenTo(copy);
        Assert.Equal(classifier.Forward(DenseTensor.Of<double>(copy, 2, 3, 3)), classifier.Forward(view));
    }

    [Fact]
    public void A_sequence_has_the_same_probabilities_alone_and_among_others()
    {
        using var classifier = SmallRnn.Create<float>();
        Tensor<float> x = SmallRnn.X<float>(), all = classifier.Forward(x);
        for (int i = 0; i < SmallRnn.Batch; i++)
        {
            Tensor<float> alone = classifier.Forward(x.AsReadOnlyTensorSpan().Slice([i..(i + 1), 0..6, 0..3]));
            Assert.Equal(all.Chunk(SmallRnn.Classes).ElementAt(i), alone);
        }
    }

    [Fact]
    public void After_Dispose_it_reports_it()
    {
        var classifier = SmallRnn.Create<float>();
        classifier.Dispose();
        classifier.Dispose();
        Assert.Throws<ObjectDisposedException>(() => classifier.Forward(SmallRnn.X<float>()));
        Assert.Throws<ObjectDisposedException>(() => classifier.Weights);
        Assert.Throws<ObjectDisposedException>(() => classifier.Weights = FixtureRun<float>.Weights(
            new SimpleRnnArrays(new double[15], new double[25], new double[5], new double[20], new double[4]), 3, 5, 4));
        Assert.Throws<ObjectDisposedException>(() => classifier.Save("never-written.safetensors"));
    }
}
