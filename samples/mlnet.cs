#:project ../src/Elman.Data
#:project ../src/Elman.MachineLearning

using System.Globalization;
using Elman;
using Elman.Data;
using Elman.MachineLearning;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

// The data: control charts of six kinds, as two CSV files. A row is a chart: its class and 60 values.
(SequenceDataset trainCharts, SequenceDataset testCharts) = BuiltInData.Load("synthetic-control", seed: 1, trainCases: 120, testCases: 300);
string folder = Directory.CreateTempSubdirectory("elman-").FullName;
string trainFile = WriteCsv("train.csv", trainCharts), testFile = WriteCsv("test.csv", testCharts);

// Load, train.
var mlContext = new MLContext(seed: 1);
IDataView train = mlContext.Data.LoadFromTextFile<Chart>(trainFile, separatorChar: ',', hasHeader: true);
IDataView test = mlContext.Data.LoadFromTextFile<Chart>(testFile, separatorChar: ',', hasHeader: true);
var pipeline = mlContext.Transforms.Conversion
    .MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
    .Append(mlContext.MulticlassClassification.Trainers.RecurrentNetwork())
    .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
using var model = pipeline.Fit(train);

// Evaluate.
MulticlassClassificationMetrics metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(test));
Console.WriteLine($"Accuracy {metrics.MicroAccuracy:F4}, log loss {metrics.LogLoss:F6}");

// Save, load, predict.
string modelFile = Path.Combine(folder, "charts.zip");
mlContext.Model.Save(model, train.Schema, modelFile);
ITransformer loaded = mlContext.Model.Load(modelFile, out _);
using PredictionEngine<Chart, ChartPrediction> engine = mlContext.Model.CreatePredictionEngine<Chart, ChartPrediction>(loaded);
ChartPrediction prediction = engine.Predict(new Chart { Features = testCharts[0].Values.ToArray() });
Console.WriteLine($"The first chart is {prediction.PredictedLabel}, with probability {prediction.Score.Max():F3}");

Directory.Delete(folder, recursive: true);

string WriteCsv(string name, SequenceDataset charts)
{
    string path = Path.Combine(folder, name);
    string header = "label," + string.Join(',', Enumerable.Range(1, 60).Select(step => $"v{step}"));
    File.WriteAllLines(path, charts.Select(chart => charts.ClassLabels[chart.Label] + ","
        + string.Join(',', chart.Values.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)))).Prepend(header));
    return path;
}

// The columns of a file.
internal sealed class Chart
{
    [LoadColumn(0)]
    public string Label { get; set; } = "";

    [LoadColumn(1, 60), VectorType(60)]
    public float[] Features { get; set; } = [];
}

// The columns of a prediction.
internal sealed class ChartPrediction
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}
