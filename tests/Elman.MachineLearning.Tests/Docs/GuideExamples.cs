using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tests.Docs;

/// <summary>The examples of the page about ML.NET.</summary>
internal static class GuideExamples
{
    public static void RowsOfSteps()
    {
        // The example begins.
        var mlContext = new MLContext();
        IDataView steps = mlContext.Data.LoadFromTextFile<Step>("steps.csv", separatorChar: ',', hasHeader: true);
        var pipeline = mlContext.Transforms.Concatenate("Features", "X", "Y")
            .Append(mlContext.BinaryClassification.Trainers.RecurrentNetwork(groupColumnName: "Recording"));
        var folds = mlContext.BinaryClassification.CrossValidate(steps, pipeline, numberOfFolds: 3, samplingKeyColumnName: "Recording");
        Console.WriteLine($"{folds.Average(fold => fold.Metrics.Accuracy):P0} of the recordings are right.");
        // The example ends.
    }

    public static void Options(MLContext mlContext, IDataView train, IDataView validation)
    {
        // The example begins.
        var options = new TrainingOptions
        {
            Cell = "lstm",
            Model = new() { Layers = [32] },
            Inputs = new() { Missing = MissingValues.Mask },
            Epochs = 20,
        };
        RecurrentNetworkTrainer trainer = mlContext.Regression.Trainers.RecurrentNetwork(channels: 2, options: options);
        using RecurrentNetworkTransformer model = trainer.Fit(train, validation);
        Console.WriteLine($"Epoch {model.Model.Summary!.BestEpoch} was the best of {model.Model.Summary.Epochs}.");
        model.Model.Save("model.safetensors");
        // The example ends.
    }

    internal sealed class Step
    {
        [LoadColumn(0)]
        public string Recording { get; set; } = "";

        [LoadColumn(1)]
        public bool Label { get; set; }

        [LoadColumn(2)]
        public float X { get; set; }

        [LoadColumn(3)]
        public float Y { get; set; }
    }
}
