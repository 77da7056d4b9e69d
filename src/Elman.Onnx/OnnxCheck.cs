using Elman.Fitted;
using Elman.Inference;
using Elman.Kernels;
using Elman.Models;
using Elman.Onnx.Check;
using Elman.Onnx.Protocol;

namespace Elman.Onnx;

/// <summary>
/// Compares an exported graph with its model, on the same sequences, by the native library of ONNX Runtime, if the machine has one.
/// </summary>
public sealed class OnnxCheck : IDisposable
{
    private readonly NativeRuntime _runtime;

    private OnnxCheck(NativeRuntime runtime) => _runtime = runtime;

    /// <summary>The version of ONNX Runtime, such as <c>1.31.1</c>.</summary>
    public string RuntimeVersion => _runtime.Version;

    /// <summary>Loads ONNX Runtime.</summary>
    /// <param name="library">The file of its native library, such as <c>libonnxruntime.so</c>; by default the one that the system
    /// finds.</param>
    /// <returns>The check; <see langword="null"/> if there is no such library.</returns>
    public static OnnxCheck? TryOpen(string? library = null) => NativeRuntime.TryLoad(library) is { } runtime ? new(runtime) : null;

    /// <summary>
    /// Returns the largest absolute difference between an output of the graph and that of the model, over random sequences and others. A
    /// graph of single steps is compared with a session after every step.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The bytes of the exported file.</param>
    /// <param name="data">Further sequences; by default none.</param>
    /// <exception cref="ArgumentException">The data don't match the model.</exception>
    /// <exception cref="OnnxCheckException">ONNX Runtime can't run the graph.</exception>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    /// <remarks>
    /// Rounding differs, so that the difference is not 0. A counting readout counts a value within rounding of a threshold on either side,
    /// which makes a larger difference.
    /// </remarks>
    public OnnxDifference Compare(SequenceEstimator model, ReadOnlySpan<byte> file, SequenceDataset? data = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var session = new RuntimeSession(_runtime, file);
        GraphProto graph = ModelProto.Parser.ParseFrom(file).Graph;
        FittedModel fitted = model.Fitted;
        SequenceDataset random = RandomSequences.For(fitted);
        double largest = 0, scale = 0;
        foreach (SequenceDataset part in data is null ? [random] : (SequenceDataset[])[random, model.Arranged(fitted, data)])
        {
            foreach ((double expected, double actual) in Pairs(model, new GraphRun(session, graph, fitted.Origin.Offsets), part))
            {
                double difference = Math.Abs(expected - actual);
                largest = double.IsNaN(difference) ? double.NaN : Math.Max(largest, difference);
                scale = Math.Max(scale, Math.Abs(expected));
            }
        }
        return new OnnxDifference(largest, fitted.Task.HasClasses ? 1 : Math.Max(scale, 1), random.Count + (data?.Count ?? 0));
    }

    /// <inheritdoc/>
    public void Dispose() => _runtime.Dispose();

    private static IEnumerable<(double Expected, double Actual)> Pairs(SequenceEstimator model, GraphRun run, SequenceDataset data)
    {
        FittedModel fitted = model.Fitted;
        using var inference = new EnsembleInference(fitted);
        using var workers = new Workers(1);
        foreach ((Sequence sequence, float[] whole) in data.Zip(inference.AnswersOneByOne(data, workers, nameof(data))))
        {
            double[] actual = run.Answer(sequence);
            float[] expected = run.IsStreaming ? Streamed(model, sequence) : whole;
            if (actual.Length != expected.Length)
                throw new OnnxCheckException(FormattableString.Invariant(
                    $"The graph has {actual.Length} numbers for a sequence, the model {expected.Length}."));
            for (int i = 0; i < actual.Length; i++)
                yield return (expected[i], actual[i] - OffsetOf(fitted, i));
        }
    }

    private static float[] Streamed(SequenceEstimator model, Sequence sequence)
    {
        var answers = new List<float>();
        using SequenceSession session = model.OpenSession();
        for (int t = 0; t < sequence.Steps; t++)
            answers.AddRange(session.StepArranged(sequence.Values.Span.Slice(t * sequence.Channels, sequence.Channels)));
        return [.. answers];
    }

    /// <summary>What the graph adds to an output.</summary>
    private static double OffsetOf(FittedModel fitted, int index) => fitted.Model.Spec.Task switch
    {
        ModelTask.Forecast => fitted.Origin.Offsets.OfChannel(index % fitted.OwnChannels),
        ModelTask.Regress => fitted.Origin.Offsets.OfTarget(fitted.Names[index % fitted.Names.Count]),
        _ => 0,
    };
}

/// <summary>How far an exported graph is from its model.</summary>
/// <param name="Largest">The largest absolute difference of an output; NaN if one is not a number.</param>
/// <param name="Scale">The largest output, at least 1; for probabilities 1.</param>
/// <param name="Sequences">The number of sequences that were compared.</param>
public readonly record struct OnnxDifference(double Largest, double Scale, int Sequences)
{
    /// <summary>The largest difference of rounding: 10⁻⁵ of the scale.</summary>
    public const double OfRounding = 1e-5;

    /// <summary>Whether the difference can be one of rounding.</summary>
    public bool IsRounding => Largest <= OfRounding * Scale;
}
