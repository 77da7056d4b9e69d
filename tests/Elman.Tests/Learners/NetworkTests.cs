using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests.Learners;

/// <summary>A custom training loop over a network.</summary>
public sealed class NetworkTests
{
    private static readonly TrainingOptions _options = Waves.Quick with { Batch = 5 };

    public static TheoryData<string, string> Runs => new()
    {
        { "classify", "rnn" }, { "classify", "gru" }, { "classify", "lstm" }, { "classify", "indrnn" }, { "classify", "mingru" },
        { "classify", "lru" }, { "tag", "gru" }, { "regress", "lstm" }, { "forecast", "gru" }, { "many", "rnn" }, { "text", "gru" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_loop_of_Fit_written_by_hand_gives_the_weights_of_Fit(string task, string cell)
    {
        TrainingOptions options = _options with
        {
            Cell = cell,
            Dropout = 0.25,
            Model = _options.Model with { Zoneout = cell == "lru" ? 0 : 0.1, Bidirectional = task != "forecast" },
            Optimizer = OptimizerKind.Nesterov,
            Clip = 0.5,
            Threads = 2,
        };
        SequenceDataset data = DataOf(task);
        using SequenceEstimator fitted = Create(task, options), byHand = Create(task, options);
        fitted.Fit(data);

        using Network network = byHand.CreateNetwork(data);
        using var optimizer = Optimizer.Of(network);
        int[] order = [.. Enumerable.Range(0, network.Sequences)];
        int updates = options.Epochs * ((order.Length + options.Batch - 1) / options.Batch), update = 0;
        double loss = 0;
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            network.Random.Shuffle(order.AsSpan());
            loss = 0;
            foreach (int[] batch in order.Chunk(options.Batch))
            {
                network.Forward(batch);
                loss += network.Loss() * network.Rows;
                network.Backward();
                network.ClipGradient(options.Clip);
                optimizer.Step(options.ResolvedLearningRate * 0.5 * (1 + Math.Cos(Math.PI * update++ / updates)));
            }
        }
        byHand.TakeOver(network);

        Assert.Equal(Tensors(fitted), Tensors(byHand));
        if (task is "classify" or "text")
            Assert.Equal(fitted.History[^1].Loss, loss / order.Length, 1e-6);
    }

    [Fact]
    public void The_gradients_are_those_of_central_differences()
    {
        SequenceDataset data = Waves.Create(6, seed: 3, ragged: true);
        using var classifier = new SequenceClassifier(_options with { Cell = "gru", Model = _options.Model with { Layers = [3] } });
        using Network network = classifier.CreateNetwork(data);
        int[] batch = [0, 1, 2, 3, 4, 5];
        network.Forward(batch);
        network.Loss();
        network.Backward();
        foreach (NetworkParameter parameter in network.Parameters)
        {
            float[] values = parameter.Values.ToArray(), gradient = parameter.Gradient.ToArray();
            for (int i = 0; i < values.Length; i++)
                Assert.Equal((LossAt(i, 3e-3f) - LossAt(i, -3e-3f)) / 6e-3, gradient[i], 2e-3);

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
    public void A_gradient_and_an_update_of_ones_own_do_what_the_built_in_ones_do()
    {
        SequenceDataset data = Waves.Create(8, seed: 3);
        using var classifier = new SequenceClassifier(_options);
        using Network one = classifier.CreateNetwork(data), other = classifier.CreateNetwork(data);
        using var optimizer = Optimizer.Sgd(one);
        int[] batch = [0, 3, 5];
        one.Forward(batch);
        one.Loss();
        float[] gradient = one.OutputGradient.ToArray();
        one.Backward();
        optimizer.Step(0.5);

        other.Forward(batch);
        other.Backward(gradient);
        foreach (NetworkParameter parameter in other.Parameters)
            parameter.Set([.. parameter.Values.ToArray().Zip(
                parameter.Gradient.ToArray(), (value, slope) => float.FusedMultiplyAdd(-0.5f, slope, value))]);
        for (int i = 0; i < one.Parameters.Count; i++)
        {
            Assert.Equal(one.Parameters[i].Name, other.Parameters[i].Name);
            SameBits.Assert<float>(one.Parameters[i].Values, other.Parameters[i].Values);
        }
    }

    [Fact]
    public void Parameters_have_the_names_and_shapes_of_the_model_file()
    {
        using var classifier = new SequenceClassifier(_options with { Cell = "lstm" });
        using Network network = classifier.CreateNetwork(Waves.Create(8, seed: 1));
        classifier.TakeOver(network);
        Assert.Equal(Safetensors(classifier).Tensors.Select(t => $"{t.Name} {string.Join(',', t.Shape)}").Order(),
            network.Parameters.Select(p => $"{p.Name} {string.Join(',', p.Shape)}").Order());
        Assert.Equal(classifier.ParameterCount, network.Parameters.Sum(p => p.Count));
        Assert.All(network.Parameters, p => Assert.Equal((p.Count, p.Count), (p.Values.Length, p.Gradient.Length)));
    }

    [Theory]
    [InlineData("classify")]
    [InlineData("tag")]
    public void A_row_of_outputs_says_whose_it_is(string task)
    {
        SequenceDataset data = DataOf(task);
        using SequenceEstimator estimator = Create(task, _options);
        using Network network = estimator.CreateNetwork(data);
        network.Forward([4, 1, 3], training: false);
        var together = new Dictionary<(int, int), float[]>();
        for (int row = 0; row < network.Rows; row++)
            together.Add(network.RowAt(row), network.Outputs.Slice(row * network.OutputCount, network.OutputCount).ToArray());
        Assert.Equal(task == "tag" ? data[4].Steps + data[1].Steps + data[3].Steps : 3, together.Count);
        foreach (int sequence in (int[])[1, 3, 4])
        {
            network.Forward([sequence], training: false);
            for (int row = 0; row < network.Rows; row++)
                SameBits.Assert<float>(
                    together[network.RowAt(row)], network.Outputs.Slice(row * network.OutputCount, network.OutputCount));
        }
    }

    [Fact]
    public void What_was_taken_over_is_a_copy()
    {
        SequenceDataset data = Waves.Create(8, seed: 1);
        using var classifier = new SequenceClassifier(_options);
        Network network = classifier.CreateNetwork(data);
        classifier.TakeOver(network);
        byte[] before = classifier.ToBytes();
        network.Parameters[0].Set(new float[network.Parameters[0].Count]);
        network.Dispose();
        Assert.Equal(before, classifier.ToBytes());
        Assert.Equal(data.ClassLabels, classifier.Classes);
        Assert.Throws<ObjectDisposedException>(() => network.Forward([0]));
        Assert.Throws<ObjectDisposedException>(() => network.Parameters[0].Values.Length);
        Assert.Throws<ObjectDisposedException>(() => classifier.TakeOver(network));
    }

    [Fact]
    public void Calls_out_of_order_and_what_can_not_be_are_refused()
    {
        SequenceDataset data = Waves.Create(8, seed: 1);
        using var classifier = new SequenceClassifier(_options);
        using Network network = classifier.CreateNetwork(data);
        using var optimizer = Optimizer.Adam(network);
        Refuses<InvalidOperationException>("call Forward before Loss", () => network.Loss());
        Refuses<InvalidOperationException>("call Forward and Loss before Backward", network.Backward);
        Refuses<InvalidOperationException>("before Step", () => optimizer.Step(0.1));
        Refuses<ArgumentException>("at least one sequence", () => network.Forward([]));
        Refuses<ArgumentException>("There is no sequence 8", () => network.Forward([8]));
        network.Forward([0, 1]);
        Refuses<InvalidOperationException>("call Forward and Loss before Backward", network.Backward);
        Refuses<ArgumentException>("4 numbers", () => network.Backward([1f]));
        Refuses<ArgumentOutOfRangeException>("", () => network.RowAt(2));
        network.Loss();
        network.Backward();
        optimizer.Step(0.1);
        Refuses<InvalidOperationException>("no new gradients", () => optimizer.Step(0.1));
        Refuses<ArgumentOutOfRangeException>("", () => optimizer.Step(double.NaN));
        Refuses<ArgumentOutOfRangeException>("", () => Optimizer.Sgd(network, momentum: 1));
        Refuses<ArgumentOutOfRangeException>("", () => network.ClipGradient(0));
        Refuses<ArgumentException>("has", () => network.Parameters[0].Set([1f]));
        network.Parameters[0].Set([.. Enumerable.Repeat(float.NaN, network.Parameters[0].Count)]);
        Refuses<ArgumentException>("diverged", () => classifier.TakeOver(network));
        using var tagger = new SequenceTagger(_options);
        Refuses<ArgumentException>("which a SequenceTagger does not do", () => tagger.TakeOver(classifier.CreateNetwork(data)));
        Refuses<InvalidOperationException>(
            "learns by least squares", () => new SequenceClassifier(new TrainingOptions { Cell = "esn" }).CreateNetwork(data));
        Refuses<InvalidOperationException>("chosen automatically", () => new SequenceClassifier(TrainingOptions.Auto).CreateNetwork(data));
        Refuses<InvalidOperationException>(
            "Truncate", () => new SequenceClassifier(_options with { Truncate = 4 }).CreateNetwork(data));
    }

    private static void Refuses<TException>(string what, Action call)
        where TException : Exception =>
        Assert.Contains(what, Assert.ThrowsAny<TException>(call).Message, StringComparison.Ordinal);

    private static Safetensors Safetensors(SequenceEstimator estimator) =>
        SafetensorsReader.Read(new MemoryStream(estimator.ToBytes()), "m");

    private static IEnumerable<string> Tensors(SequenceEstimator estimator) => Safetensors(estimator).Tensors
        .OrderBy(tensor => tensor.Name, StringComparer.Ordinal).Select(tensor => $"{tensor.Name} {Convert.ToHexString(tensor.Bytes)}");

    private static SequenceEstimator Create(string task, TrainingOptions options) => task switch
    {
        "tag" => new SequenceTagger(options),
        "regress" => new SequenceRegressor(options),
        "forecast" => new SequenceForecaster(options with { Forecast = options.Forecast with { Horizon = 2 } }),
        _ => new SequenceClassifier(options),
    };

    private static SequenceDataset DataOf(string task)
    {
        SequenceDataset waves = Waves.Create(13, seed: 1, ragged: true);
        return task switch
        {
            "tag" => new SequenceDataset(
                1, waves.ClassLabels, waves.Select(s => s.WithStepLabels(Enumerable.Repeat(s.Label, s.Steps).ToArray()))),
            "regress" => new SequenceDataset(1, [], waves.Select(s => s.WithLabel(-1).WithTargets(new float[] { s.Label, s.Steps })),
                targetNames: ["label", "steps"]),
            "many" => new SequenceDataset(1, [], waves.Select(s =>
                s.WithLabel(-1).WithTargets(new float[] { s.Label, s.Steps > 15 ? 1 : 0 })),
                targetNames: ["sine", "long"]),
            "text" => Names.Create(20, seed: 1),
            _ => waves,
        };
    }
}
