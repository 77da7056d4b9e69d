using System.Numerics;
using System.Numerics.Tensors;
using Elman.Samples;

namespace Elman.Tests.Readouts;

/// <summary>A custom readout supports everything that a built-in one does.</summary>
public sealed class CustomReadoutTests
{
    private static readonly SequenceDataset _data = Waves.Create(16, seed: 1, ragged: true);
    private static readonly Readout _sample = Readout.Custom<OwnReadout.LastAndMean>();

    [Theory]
    [InlineData(false, 0, 1)]
    [InlineData(true, 0, 2)]
    [InlineData(false, 5, 2)]
    public void A_copy_of_the_mean_has_its_bits(bool bidirectional, int truncate, int threads)
    {
        TrainingOptions options = Waves.Quick with { Truncate = truncate, Threads = threads };
        byte[] builtIn = Trained(Readout.Mean), own = Trained(Readout.Custom<CopiedMean>());
        using var loaded = SequenceClassifier.Load(own, new LoadOptions { CustomReadouts = [_sample, Readout.Custom<CopiedMean>()] });
        using var mean = SequenceClassifier.Load(builtIn);
        Assert.Equal(mean.PredictProbabilities(_data), loaded.PredictProbabilities(_data));
        Assert.Equal("copied-mean", loaded.Options.Model.Readout.Name);
        Assert.Equal(own, loaded.ToBytes());

        byte[] Trained(Readout readout)
        {
            using var classifier = new SequenceClassifier(
                options with { Model = new() { Layers = [5, 5], Bidirectional = bidirectional, Readout = readout } });
            classifier.Fit(_data);
            return classifier.ToBytes();
        }
    }

    [Fact]
    public void A_session_gives_the_answers_of_whole_sequences()
    {
        using SequenceClassifier classifier = WithSample();
        classifier.Fit(_data);
        using SequenceSession session = classifier.OpenSession();
        foreach (Sequence sequence in _data)
        {
            session.Reset();
            foreach (float x in sequence.Values.Span)
                session.Step([x]);
            Assert.Equal(classifier.PredictProbabilities(sequence), session.Answer.ToArray());
        }
        Assert.Equal(10, classifier.Layers.Single(layer => layer.Name == "readout").Outputs);
    }

    [Fact]
    public void The_gradients_of_the_sample_are_those_of_central_differences()
    {
        using SequenceClassifier classifier = WithSample();
        using Network network = classifier.CreateNetwork(_data);
        int[] batch = [0, 1, 2, 3];
        network.Forward(batch);
        network.Loss();
        network.Backward();
        foreach (NetworkParameter parameter in network.Parameters)
        {
            float[] values = parameter.Values.ToArray(), gradient = parameter.Gradient.ToArray();
            for (int i = 0; i < values.Length; i++)
                Assert.Equal((LossAt(i, 3e-3f) - LossAt(i, -3e-3f)) / 6e-3, gradient[i], 1e-3);

            double LossAt(int i, float step)
            {
                float[] moved = [.. values];
                moved[i] += step;
                parameter.Set(moved);
                network.Forward(batch, training: false);
                double loss = network.Loss();
                parameter.Set(values);
                return loss;
            }
        }
    }

    [Fact]
    public void A_file_names_the_readout_which_is_named_again_on_loading()
    {
        using SequenceClassifier classifier = WithSample();
        classifier.Fit(_data);
        Assert.Contains("'last-and-mean' is unknown to this version; if it is a custom readout, name it in LoadOptions.CustomReadouts",
            Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(classifier.ToBytes())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_output_layer_of_a_reservoir_is_learned_from_its_features()
    {
        using var classifier = new SequenceClassifier(
            new TrainingOptions { Cell = "esn", Model = new() { Layers = [16], Readout = _sample } });
        classifier.Fit(_data);
        Assert.Equal(32, classifier.Layers.Single(layer => layer.Name == "output").Inputs);
    }

    [Fact]
    public void What_can_not_be_is_refused()
    {
        Assert.Contains("is the name of a built-in readout",
            Assert.Throws<ArgumentException>(() => Readout.Custom<Taken>()).Message, StringComparison.Ordinal);
        Assert.Contains("has no Name",
            Assert.Throws<ArgumentException>(() => Readout.Custom<Nameless>()).Message, StringComparison.Ordinal);
        Assert.Contains("Readout is empty, which has 0 features for 8 outputs; it must have 1 to",
            Assert.Single(With(Readout.Custom<Empty>()).FindProblems()), StringComparison.Ordinal);
        Assert.Contains("Readout is negative, whose state has -1 numbers for 8 outputs",
            Assert.Single(With(Readout.Custom<Negative>()).FindProblems()), StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Readout.Parse("last-and-mean"));
        Assert.Throws<ArgumentNullException>(() => new ModelOptions { Readout = null! });

        static TrainingOptions With(Readout readout) => new() { Model = new() { Layers = [8], Readout = readout } };
    }

    [Fact]
    public void Readouts_are_equal_where_their_names_are()
    {
        Assert.Equal(_sample, Readout.Custom<OwnReadout.LastAndMean>());
        Assert.Equal(Readout.CountsFull, Readout.Parse(" Counts-Full "));
        Assert.NotEqual(Readout.Mean, Readout.Max);
        Assert.All(Readout.All, readout => Assert.Same(readout, Readout.Parse(readout.ToString())));
    }

    private static SequenceClassifier WithSample() => new(Waves.Quick with { Model = new() { Layers = [5], Readout = _sample } });

    private readonly struct CopiedMean : IReadout
    {
        public static string Name => "copied-mean";

        public static int FeatureSizeFor(int width) => width;

        public static int StateSizeFor(int width) => width;

        public void Begin<T>(Span<T> state)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => state.Clear();

        public void Take<T>(ReadOnlySpan<T> outputs, long index, Span<T> state)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorPrimitives.Add(state, outputs, state);

        public void Conclude<T>(ReadOnlySpan<T> state, long steps, Span<T> features)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorPrimitives.Divide(state, T.CreateTruncating(steps), features);

        public void Backward<T>(
            ReadOnlySpan<T> outputs, long index, ReadOnlySpan<T> state, long steps, ReadOnlySpan<T> featureGradient, Span<T> gradient)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            TensorPrimitives.Divide(featureGradient, T.CreateTruncating(steps), gradient);
    }

    /// <summary>Readouts with invalid declarations; they are never run.</summary>
    private interface IDeclared : IReadout
    {
        static int IReadout.FeatureSizeFor(int width) => width;

        static int IReadout.StateSizeFor(int width) => width;

        void IReadout.Begin<T>(Span<T> state) => throw new NotSupportedException();

        void IReadout.Take<T>(ReadOnlySpan<T> outputs, long index, Span<T> state) => throw new NotSupportedException();

        void IReadout.Conclude<T>(ReadOnlySpan<T> state, long steps, Span<T> features) => throw new NotSupportedException();

        void IReadout.Backward<T>(
            ReadOnlySpan<T> outputs, long index, ReadOnlySpan<T> state, long steps, ReadOnlySpan<T> featureGradient, Span<T> gradient) =>
            throw new NotSupportedException();
    }

    private readonly struct Taken : IDeclared
    {
        public static string Name => "Mean";
    }

    private readonly struct Nameless : IDeclared
    {
        public static string Name => " ";
    }

    private readonly struct Empty : IDeclared
    {
        public static string Name => "empty";

        public static int FeatureSizeFor(int width) => 0;
    }

    private readonly struct Negative : IDeclared
    {
        public static string Name => "negative";

        public static int StateSizeFor(int width) => -1;
    }
}
