namespace Elman.Samples;

/// <summary>The training loop of a from-scratch notebook, for any cell, compared with Fit.</summary>
public static class TrainingLoop
{
    /// <summary>Trains with a loop, and with Fit.</summary>
    /// <param name="output">Receives the printed text.</param>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        SequenceDataset data = SineData.Create(100, seed: 1), test = SineData.Create(100, seed: 2);
        var options = new TrainingOptions
        {
            Cell = "lstm",
            Model = new() { Layers = [16] },
            Epochs = 20,
            Batch = 10,
            LearningRate = 0.01,
            Schedule = LearningRateSchedule.Constant,
            Clip = double.PositiveInfinity,
        };
        using var classifier = new SequenceClassifier(options);
        using Network network = classifier.CreateNetwork(data);
        using var optimizer = Optimizer.Adam(network);
        int[] order = [.. Enumerable.Range(0, data.Count)];
        double loss = 0;
        for (int epoch = 1; epoch <= 20; epoch++)
        {
            network.Random.Shuffle(order.AsSpan());
            loss = 0;
            foreach (int[] batch in order.Chunk(10))
            {
                network.Forward(batch);
                loss += network.Loss() * batch.Length / data.Count;
                network.Backward();
                optimizer.Step(0.01);
            }
        }
        classifier.TakeOver(network);

        using var fitted = new SequenceClassifier(options);
        fitted.Fit(data);
        bool same = fitted.PredictProbabilities(test).SequenceEqual(classifier.PredictProbabilities(test));
        output.WriteLine(FormattableString.Invariant(
            $"A loop of one's own: loss {loss:F4}, accuracy {classifier.Evaluate(test).Accuracy:F2}, the bits of Fit: {same}"));
    }
}
