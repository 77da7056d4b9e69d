using Elman.Data;

namespace Elman.Cli.Tests.Docs;

/// <summary>The README's C# example, compiled and run.</summary>
internal static class ReadmeExample
{
    public static void Run()
    {
        // The example begins.
        (SequenceDataset train, SequenceDataset test) = BuiltInData.Load("synthetic-control", seed: 1);

        using var classifier = new SequenceClassifier(TrainingOptions.Auto);
        classifier.Fit(train);

        Evaluation evaluation = classifier.Evaluate(test);
        Console.WriteLine($"{evaluation.Accuracy:P1} of {evaluation.Cases} cases right, macro F1 {evaluation.MacroF1:F3}");

        classifier.Save("charts.safetensors");
        using SequenceClassifier loaded = SequenceClassifier.Load("charts.safetensors");
        Console.WriteLine($"The first case is {loaded.Predict(test[0])}.");
        // The example ends.
    }
}
