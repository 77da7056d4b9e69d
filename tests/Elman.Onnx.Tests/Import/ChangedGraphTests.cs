using Elman.Onnx.Protocol;
using Elman.Onnx.Tests.Reading;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Elman.Onnx.Tests.Import;

/// <summary>
/// Graphs whose parts were exchanged at random: if one is imported without a warning and ONNX Runtime runs it, both compute the same. So a
/// graph that is read in a wrong sense is found even where no one has thought of it.
/// </summary>
public class ChangedGraphTests
{
    private const int Cases = 1_000;

    /// <summary>The longest sequence that is compared.</summary>
    private const int MostSteps = 200;

    [Fact]
    public void A_changed_graph_that_is_imported_computes_what_ONNX_Runtime_does()
    {
        ModelProto[] models = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures"), "*.onnx").Order()
            .Where(path => !path.Contains("embedding", StringComparison.Ordinal))
            .Select(path => ModelProto.Parser.ParseFrom(File.ReadAllBytes(path)))];
        foreach (ModelProto model in models)
            model.MetadataProps.Clear();
        var mutator = new GraphMutator(new SeededRandom(4), models, GraphMutator.Small);
        int compared = 0;
        for (int i = 0; i < Cases; i++)
            compared += Compare(mutator.Next()) ? 1 : 0;
        Assert.True(compared > Cases / 20, $"Only {compared} were compared.");
    }

    private static bool Compare(ModelProto model)
    {
        byte[] file = model.ToByteArray();
        OnnxImport import;
        try
        {
            import = OnnxFile.Load(new MemoryStream(file));
        }
        catch (ModelFileException)
        {
            return false;
        }
        using SequenceEstimator estimator = import.Model;
        if (import.Warnings.Any(warning => warning.Contains("most probable", StringComparison.Ordinal)) || estimator.Channels != 3)
            return false;
        bool isBatchFirst = IsBatchFirst(model), isLogarithm = import.Warnings.Any(warning => warning.Contains("logarithms"));
        try
        {
            using var session = new InferenceSession(file, Oracle.Quiet);
            var random = new SeededRandom(11);
            long length = model.Graph.Input[0].Type.TensorType.Shape.Dim[isBatchFirst ? 1 : 0].DimValue;
            if (length > MostSteps)
                return false;
            int steps = length > 0 ? (int)length : 9;
            float[] values = [.. Enumerable.Range(0, steps * 3).Select(_ => (float)((random.NextDouble() * 4) - 2))];
            float[] y = Oracle.Run(session, values, isBatchFirst ? [1, steps, 3] : [steps, 1, 3]);
            float[] actual = Oracle.Predict(estimator, values, 3);
            y = isLogarithm ? [.. y.Select(MathF.Exp)] : y;
            y = estimator is SequenceClassifier && y.Length == 1 ? [1 - y[0], y[0]] : y;
            Oracle.Compare(y, actual, Convert.ToBase64String(file));
            return true;
        }
        catch (OnnxRuntimeException)
        {
            return false; // stricter than the import, such as about shapes that play no part
        }
    }

    /// <summary>Whether the recurrent layer reads the transposed input.</summary>
    private static bool IsBatchFirst(ModelProto model)
    {
        string name = "x";
        while (model.Graph.Node.FirstOrDefault(node => node.Input.Contains(name) && node.OpType != "Shape") is { } next)
        {
            if (next.OpType is "RNN" or "GRU" or "LSTM")
                return false;
            if (next.OpType == "Transpose")
                return true;
            name = next.Output[0];
        }
        return false;
    }
}
