namespace Elman.Samples;

/// <summary>A model on a server, loaded from a stream: predictions from several threads, and one session for each client.</summary>
public static class ServedModel
{
    /// <summary>Loads a model, predicts with it from several threads, and steps sessions.</summary>
    /// <param name="output">Receives the printed text.</param>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var stored = new MemoryStream();
        using (var trained = new SequenceClassifier(new TrainingOptions { Cell = "gru", Model = new() { Layers = [16] }, Epochs = 20 }))
        {
            trained.FitAsync(SineData.Create(100, seed: 1)).GetAwaiter().GetResult(); // use await if the caller is asynchronous
            trained.Save(stored);
        }

        stored.Position = 0;
        using var model = SequenceClassifier.Load(stored, new LoadOptions { Threads = 1 });
        SequenceDataset test = SineData.Create(8, seed: 2);
        string[] answers = new string[test.Count];
        Parallel.For(0, test.Count, i => answers[i] = model.Predict(test[i]));

        using SequenceSession session = model.OpenSession();
        foreach (float x in test[0].Values.Span)
            session.Step([x]);
        bool same = session.Answer.SequenceEqual(model.PredictProbabilities(test[0]));
        output.WriteLine($"A model from a stream: {string.Join(' ', answers)}; a session gives the same: {same}");
    }
}
