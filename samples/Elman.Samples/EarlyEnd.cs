namespace Elman.Samples;

/// <summary>A callback that inspects every step and epoch, and ends training early.</summary>
public static class EarlyEnd
{
    /// <summary>Trains until the loss is low enough.</summary>
    /// <param name="output">Receives the printed text.</param>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "gru", Model = new() { Layers = [16] }, Epochs = 200 });
        var until = new LossBelow(0.1);
        TrainingSummary summary = classifier.FitWithCallback(SineData.Create(100, seed: 1), until);
        output.WriteLine($"A callback: training ended after epoch {summary.Epochs} and {until.Steps} steps");
    }

    private sealed class LossBelow(double loss) : ITrainingCallback
    {
        public int Steps { get; private set; }

        public bool AfterStep(TrainingProgress progress)
        {
            Steps++;
            return true;
        }

        public bool AfterEpoch(TrainingProgress progress) => progress.Loss >= loss;
    }
}
