namespace Elman.Reports.Tests;

/// <summary>Reports with content of every section.</summary>
internal static class Reports
{
    public const string Hostile = "<script>alert(1)</script>&\"'\u001b[2J\u202E";

    /// <summary>A classifier with so many classes and channels, whose names contain a text.</summary>
    public static Report Classifier(int classes = 3, int channels = 2, string name = "c", int cases = 60)
    {
        string[] labels = [.. Enumerable.Range(0, classes).Select(c => $"{name}{c}")];
        SequenceDataset data = Data(labels, channels, cases, name);
        using var classifier = new SequenceClassifier(
            new TrainingOptions { Cell = "rnn", Model = new() { Layers = [4] }, Epochs = 3, Validation = 0.2, Threads = 1 });
        classifier.Fit(Data(labels, channels, Math.Max(cases, 4 * classes), name));
        var answers = (ClassAnswers)classifier.EvaluateCases(data);
        IReadOnlyList<FigureInterval> figures = answers.Intervals(new IntervalOptions { Resamples = 200 });
        ReportSeries series = Series(channels, name);
        Saliency saliency = classifier.Explain(data, 0);
        return new Report
        {
            Title = $"{name}: classification",
            Verdict = $"The model reaches something on {name}.",
            Figures = [.. figures.Where(figure => figure.Of is null)],
            PartFigures = [.. figures.Where(figure => figure.Of is not null)],
            Intervals = "Intervals of 95 %.",
            Baselines = [new(name + " guess", figures[0].Interval, answers.CompareWith(answers)), new(name, null, null, $"It is {name}.")],
            History = classifier.History,
            BestEpoch = 2,
            Confusion = answers.Evaluation.Confusion,
            Classes = labels,
            ClassCases = [.. answers.Evaluation.PerClass.Select(score => score.Cases)],
            WorstCases = [new(name, labels[0], labels[^1], name, false, series),
                new(name, "a", "b", "", true, series with { Text = name })],
            Reliability = answers.Reliability(),
            Importance = ChannelImportance.Measure(classifier, data, new ImportanceOptions { Repeats = 2 }),
            ImportanceName = "fall of the accuracy",
            Saliencies = [new(
                name, labels[0], saliency.Method, series, [.. Enumerable.Range(0, saliency.Steps).Select(t => saliency[t, 0])])],
            DataWarnings = [$"A warning about {name}."],
            DataFacts = [new(name, name)],
            ModelFacts = [new("Parameters", "12")],
            Command = $"elman train {name}",
            Hash = new string('a', 64),
        };
    }

    /// <summary>A forecaster.</summary>
    public static Report Forecaster(string name = "load") => new()
    {
        Title = name,
        Verdict = "The forecasts have a root mean squared error of 1.",
        Figures = [new("rmse", null, new(1, 0.8, 1.3, 0.95)), new("mae", null, new(0.7, double.NaN, double.NaN, 0.95))],
        PartFigures = [Part("1 step", FigurePart.StepAhead), Part("2 steps", FigurePart.StepAhead), Part("1 step", FigurePart.Channel),
            Part("b", FigurePart.Channel)],
        Forecasts = [new(name, [1, 2, double.NaN, 3], [2, double.NaN], [2.5, 2], [0.1, 0.5, 0.9], [[1, 1], [2.5, 2], [4, 5]], "step 4")],
        Bands = [new(0.1, 0.9, 40, 0.78, 2)],
        Importance = [new(0, name, [0.1, 0.2])],
        ImportanceName = "rise of the root mean squared error",
    };

    private static FigureInterval Part(string of, FigurePart part) => new("rmse", of, new(0.5, 0.4, 0.6, 0.95)) { Part = part };

    /// <summary>A report without test data.</summary>
    public static Report Empty() => new() { Title = "empty", Verdict = "The model was not tested." };

    private static SequenceDataset Data(string[] labels, int channels, int cases, string name)
    {
        var random = new SeededRandom(1);
        return new SequenceDataset(channels, labels, Enumerable.Range(0, cases).Select(i => new Sequence(
            Enumerable.Range(0, 8 * channels).Select(_ => (float)(random.NextNormal() + (i % labels.Length))).ToArray(), channels,
            i % labels.Length)))
        {
            ChannelNames = [.. Enumerable.Range(0, channels).Select(c => $"{name}{c}")],
        };
    }

    private static ReportSeries Series(int channels, string name) => new(
        [.. Enumerable.Range(0, Math.Min(channels, 6)).Select(c => $"{name}{c}")],
        [.. Enumerable.Range(0, Math.Min(channels, 6)).Select(c => (IReadOnlyList<double>)[1, 2, double.NaN, 4, c, 3, 2, 1])], channels)
    { Marks = [1, 3] };
}
