using Elman.Onnx.Protocol;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Elman.Onnx.Tests.Models;

/// <summary>Runs exported graphs in ONNX Runtime.</summary>
internal static class Runtime
{
    private static readonly SessionOptions _options = new()
    { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1, InterOpNumThreads = 1 };

    /// <summary>Opens a session.</summary>
    public static InferenceSession Open(byte[] file) => new(file, _options);

    /// <summary>Returns the first output for all sequences as one batch.</summary>
    /// <param name="file">The graph.</param>
    /// <param name="data">The sequences.</param>
    /// <param name="answersSteps">Whether there is an output at every step.</param>
    /// <param name="padding">The number after the end of each sequence, which must not be read.</param>
    /// <returns>For each sequence its outputs: of all steps, if there is an output at every step.</returns>
    public static float[][] Answers(byte[] file, SequenceDataset data, bool answersSteps, float padding = float.NaN)
    {
        using InferenceSession session = Open(file);
        int steps = data.MaxSteps, channels = data.Channels, count = data.Count;
        float[] x = new float[count * steps * channels];
        Array.Fill(x, padding);
        long[] lengths = [.. data.Select(sequence => (long)sequence.Steps)];
        for (int i = 0; i < count; i++)
            data[i].Values.Span.CopyTo(x.AsSpan(i * steps * channels));
        using var results = session.Run(
        [
            NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(x, [count, steps, channels])),
            NamedOnnxValue.CreateFromTensor("lengths", new DenseTensor<long>(lengths, [count])),
        ]);
        float[] all = [.. results[0].AsEnumerable<float>()];
        int row = all.Length / count / (answersSteps ? steps : 1);
        return [.. Enumerable.Range(0, count).Select(i => answersSteps
            ? all.AsSpan(i * steps * row, (int)lengths[i] * row).ToArray()
            : all.AsSpan(i * row, row).ToArray())];
    }

    /// <summary>Returns the first output after every step of every sequence, of a graph that takes one step.</summary>
    public static float[][][] Stream(byte[] file, SequenceDataset data)
    {
        using InferenceSession session = Open(file);
        ModelProto model = ModelProto.Parser.ParseFrom(file);
        return [.. data.Select(sequence => Stream(session, model, sequence))];
    }

    private static float[][] Stream(InferenceSession session, ModelProto model, Sequence sequence)
    {
        var states = new Dictionary<string, NamedOnnxValue>();
        foreach (ValueInfoProto input in model.Graph.Input.Where(input => input.Name != "x"))
        {
            int width = (int)input.Type.TensorType.Shape.Dim[1].DimValue;
            states[input.Name] = input.Type.TensorType.ElemType == (int)TensorProto.Types.DataType.Int64
                ? NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<long>([1, width]))
                : NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<float>([1, width]));
        }
        var answers = new List<float[]>();
        for (int t = 0; t < sequence.Steps; t++)
        {
            float[] x = sequence.Values.Span.Slice(t * sequence.Channels, sequence.Channels).ToArray();
            using var results = session.Run(
                [NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(x, [1, sequence.Channels])), .. states.Values]);
            answers.Add([.. results[0].AsEnumerable<float>()]);
            foreach (DisposableNamedOnnxValue result in results.Where(result => result.Name.EndsWith(".next", StringComparison.Ordinal)))
            {
                string name = result.Name[..^".next".Length];
                states[name] = result.Value is DenseTensor<long>
                    ? NamedOnnxValue.CreateFromTensor(name, result.AsTensor<long>().Clone())
                    : NamedOnnxValue.CreateFromTensor(name, result.AsTensor<float>().Clone());
            }
        }
        return [.. answers];
    }
}
