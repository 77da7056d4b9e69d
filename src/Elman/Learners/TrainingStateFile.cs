using System.Globalization;
using System.Text.Json;
using Elman.Checkpoints;
using Elman.Files;
using Elman.Packing;

namespace Elman.Learners;

/// <summary>The state of a training run by gradients as a file of a checkpoint.</summary>
internal static class TrainingStateFile
{
    /// <summary>The names of the tensors of weights and of the order of the data.</summary>
    public const string Weights = "weights", Order = "order";

    private const string StateKey = "elman.state", Best = "best", Good = "good.";

    /// <summary>Returns the state as the content of a file.</summary>
    /// <param name="state">The state.</param>
    /// <param name="good">The state to which training goes back if it diverges.</param>
    /// <param name="elapsed">The time of training so far.</param>
    /// <param name="rate">The learning rate of the last step, which belongs to the figures of its epoch.</param>
    public static Safetensors Write(TrainingState state, GoodState good, TimeSpan elapsed, double rate)
    {
        List<SafetensorsTensor> tensors =
        [
            Tensor(Weights, state.Model.Values),
            .. state.Optimizer.Accumulators.Select((one, i) => Tensor(AccumulatorName(i), one)),
            TensorBytes.Of(Order, state.Order),
        ];
        if (state.Best.Weights is { } best)
            tensors.Add(Tensor(Best, best));
        // Between two epochs the good state is the state itself.
        if (state.Seen > 0)
            tensors.AddRange(good.Tensors().Select(tensor => tensor with { Name = Good + tensor.Name }));
        string text = ExactJson.Text(json =>
        {
            json.WriteNumber("seen", state.Seen);
            (double loss, double weight, long correct, long judged) = state.Sums.Sums;
            json.WriteExact("loss", loss);
            json.WriteExact("weight", weight);
            json.WriteNumber("correct", correct);
            json.WriteNumber("judged", judged);
            json.WriteNumber("steps", state.Optimizer.Steps);
            json.WriteNumber("bestEpoch", state.Best.Epoch);
            json.WriteExact("bestLoss", state.Best.Loss);
            json.WriteNumber("divergedEpoch", state.DivergedEpoch);
            json.WriteNumber("elapsed", elapsed.Ticks);
            json.WriteExact("rate", rate);
            WriteRandom(json, "orderRandom", state.OrderRandom.State);
            WriteRandom(json, "noiseRandom", state.NoiseRandom.State);
            if (state.Seen > 0)
            {
                json.WriteNumber("goodSteps", good.Steps);
                WriteRandom(json, "goodOrderRandom", good.OrderRandom);
                WriteRandom(json, "goodNoiseRandom", good.NoiseRandom);
            }
            HistoryJson.Write(json, state.History);
        });
        return new Safetensors(tensors, new Dictionary<string, string> { [StateKey] = text });
    }

    /// <summary>Sets a state to that of a file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="state">A new state of the same model, data and options.</param>
    /// <param name="good">Receives the state to which training goes back if it diverges.</param>
    /// <param name="epochs">The number of epochs of the training.</param>
    /// <returns>The time of training up to the state, and the learning rate of the last step.</returns>
    /// <exception cref="FormatException">The file does not have such a state.</exception>
    public static (TimeSpan Elapsed, double Rate) Read(Safetensors content, TrainingState state, GoodState good, int epochs)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content.Metadata.GetValueOrDefault(StateKey, "{}"));
            return Read(document.RootElement, content, state, good, epochs);
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentException or InvalidOperationException
            or KeyNotFoundException or OverflowException)
        {
            throw new FormatException("The file does not have a state of this training.", e);
        }
    }

    private static (TimeSpan Elapsed, double Rate) Read(
        JsonElement root, Safetensors content, TrainingState state, GoodState good, int epochs)
    {
        EpochResult[] history = [.. HistoryJson.Read(root)];
        int seen = root.ReadCount("seen", state.Order.Length), bestEpoch = root.ReadCount("bestEpoch", history.Length);
        if (history.Length > epochs)
            throw new FormatException("it has more epochs than the training.");
        state.History.AddRange(history);
        if (bestEpoch > 0)
            state.Best.Set(bestEpoch, root.ReadExact("bestLoss"), Floats(Best, state.Model.Values));
        state.DivergedEpoch = root.ReadCount("divergedEpoch", history.Length + 1);
        if (seen > 0)
        {
            Set(Good, root.ReadCount("goodSteps"), ReadRandom(root, "goodOrderRandom"), ReadRandom(root, "goodNoiseRandom"));
            good.Keep();
        }
        Set("", root.ReadCount("steps"), ReadRandom(root, "orderRandom"), ReadRandom(root, "noiseRandom"));
        if (seen == 0)
            good.Keep();
        state.Seen = seen;
        state.Sums = new EpochSums
        {
            Sums = (root.ReadExact("loss"), root.ReadExact("weight"), root.ReadLong("correct"), root.ReadLong("judged")),
        };
        return (TimeSpan.FromTicks(root.ReadLong("elapsed")), root.ReadExact("rate"));

        ReadOnlySpan<float> Floats(string name, Parameters<float> like) => TensorBytes.Floats(content, name, like.Buffer.Length);

        void Set(string prefix, int steps, ulong[] orderRandom, ulong[] noiseRandom)
        {
            Floats(prefix + Weights, state.Model.Values).CopyTo(state.Model.Values.Buffer.Span);
            for (int i = 0; i < state.Optimizer.Accumulators.Count; i++)
                TensorBytes.Values(content, prefix + AccumulatorName(i), state.Optimizer.Accumulators[i].Buffer.Length)
                    .CopyTo(state.Optimizer.Accumulators[i].Buffer.Span);
            ReadOnlySpan<int> order = TensorBytes.Integers(content, prefix + Order, state.Order.Length);
            if (!order.ToArray().Order().SequenceEqual(Enumerable.Range(0, order.Length)))
                throw new FormatException("its order does not have every sequence once.");
            order.CopyTo(state.Order);
            (state.Optimizer.Steps, state.OrderRandom.State, state.NoiseRandom.State) = (steps, orderRandom, noiseRandom);
        }
    }

    /// <summary>The name of the tensor of an accumulator of the optimizer.</summary>
    public static string AccumulatorName(int index) => FormattableString.Invariant($"accumulator.{index}");

    /// <summary>Parameters as a tensor: all values of the buffer in its order.</summary>
    public static SafetensorsTensor Tensor(string name, Parameters<float> values) => TensorBytes.Of(name, values.Buffer.Span);

    private static void WriteRandom(Utf8JsonWriter json, string name, ulong[] state)
    {
        json.WriteStartArray(name);
        foreach (ulong word in state)
            json.WriteStringValue(word.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteEndArray();
    }

    private static ulong[] ReadRandom(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray()
            .Select(word => ulong.Parse(word.GetString() ?? "", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
}
