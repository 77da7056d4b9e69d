#:project ../src/Elman.Data
#:project ../src/Elman.Onnx
#:package Microsoft.ML.OnnxRuntime
// A model as an ONNX file and back, and its steps in ONNX Runtime.
using Elman;
using Elman.Data;
using Elman.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

(SequenceDataset train, SequenceDataset test) = BuiltInData.Load("synthetic-control", seed: 1);
using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "gru", Model = new() { Layers = [16] }, Epochs = 5 });
classifier.Fit(train);

// There and back: the same bits.
OnnxFile.Save(classifier, "charts.onnx");
using (SequenceEstimator read = OnnxFile.Load("charts.onnx").Model)
    Console.WriteLine($"The same model after reading: {read.ToBytes().AsSpan().SequenceEqual(classifier.ToBytes())}");
File.Delete("charts.onnx");

// Step by step in ONNX Runtime: the states are inputs, and the outputs that end with .next.
byte[] graph = OnnxFile.ToBytes(classifier, new OnnxSaveOptions { IsStreaming = true });
using var session = new InferenceSession(graph);
using SequenceSession own = classifier.OpenSession();
Dictionary<string, NamedOnnxValue> states = session.InputMetadata.Where(input => input.Key != "x").ToDictionary(
    input => input.Key, input => Zeros(input.Key, input.Value));
double largest = 0;
foreach (float value in test[0].Values.Span.ToArray())
{
    var x = NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(new[] { value }, [1, 1]));
    using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run([x, .. states.Values]);
    float[] expected = own.Step([value]).ToArray(), actual = [.. outputs[0].AsEnumerable<float>()];
    largest = Math.Max(largest, expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max());
    foreach (DisposableNamedOnnxValue output in outputs.Where(output => output.Name.EndsWith(".next")))
        states[output.Name[..^5]] = Copy(output.Name[..^5], output);
}
Console.WriteLine($"{test[0].Steps} steps in ONNX Runtime: {(largest < 1e-5 ? "the same but for rounding" : $"differ by {largest:G2}")}");

static NamedOnnxValue Zeros(string name, NodeMetadata input) => input.ElementType == typeof(long)
    ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>([1, input.Dimensions[1]]))
    : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>([1, input.Dimensions[1]]));

static NamedOnnxValue Copy(string name, DisposableNamedOnnxValue output) => output.Value is Tensor<long>
    ? NamedOnnxValue.CreateFromTensor(name, output.AsTensor<long>().Clone())
    : NamedOnnxValue.CreateFromTensor(name, output.AsTensor<float>().Clone());
