using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
namespace Elman.Onnx.Tests.Import;

/// <summary>ONNX Runtime's answers for a graph, and the comparison of an imported model with them.</summary>
internal static class Oracle
{
    /// <summary>The lengths of the sequences that models are compared on.</summary>
    public static readonly int[] Lengths = [1, 2, 5, 17];

    /// <summary>The largest difference of probabilities or numbers of magnitude 1.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Options of a session that logs nothing.</summary>
    public static SessionOptions Quiet { get; } =
        new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };

    /// <summary>Checks that a model computes what a graph with the input <c>x</c> does, on random sequences of each length.</summary>
    /// <param name="graph">The graph, and its first output.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="options">Options of the import.</param>
    /// <param name="isBatchFirst">Whether the first axis of the input is that of the sequences.</param>
    /// <param name="adapt">Converts an output of the graph to what the model predicts; by default nothing.</param>
    public static OnnxImport Agrees(
        byte[] graph, int channels, OnnxLoadOptions? options = null, bool isBatchFirst = true, Func<float[], float[]>? adapt = null)
    {
        OnnxImport import = OnnxFile.Load(new MemoryStream(graph), options);
        using var session = new InferenceSession(graph, Quiet);
        var random = new SeededRandom(7);
        foreach (int steps in Lengths)
        {
            float[] values = [.. Enumerable.Range(0, steps * channels).Select(_ => (float)((random.NextDouble() * 4) - 2))];
            int[] shape = isBatchFirst ? [1, steps, channels] : [steps, 1, channels];
            float[] expected = Run(session, values, shape);
            Compare(adapt?.Invoke(expected) ?? expected, Predict(import.Model, values, channels));
        }
        return import;
    }

    /// <summary>Runs a graph with one input <c>x</c>.</summary>
    public static float[] Run(InferenceSession session, float[] values, int[] shape)
    {
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(
            [NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(values, shape))]);
        return [.. results[0].AsTensor<float>()];
    }

    /// <summary>Predicts with a model of any task.</summary>
    public static float[] Predict(SequenceEstimator model, float[] values, int channels)
    {
        var sequence = new Sequence(values, channels);
        return model switch
        {
            SequenceClassifier classifier => classifier.PredictProbabilities(sequence),
            SequenceTagger tagger => [.. tagger.PredictProbabilities(sequence)],
            SequenceRegressor regressor => regressor.Predict(sequence),
            _ => throw new InvalidOperationException("No such model."),
        };
    }

    /// <summary>Compares numbers, relative to their magnitude where it is above 1.</summary>
    public static void Compare(float[] expected, float[] actual, string what = "")
    {
        Assert.True(expected.Length == actual.Length, $"{actual.Length} numbers, but {expected.Length} expected. {what}");
        for (int i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i])),
                $"Number {i} is {actual[i]}, but the oracle computes {expected[i]}. {what}");
    }
}
