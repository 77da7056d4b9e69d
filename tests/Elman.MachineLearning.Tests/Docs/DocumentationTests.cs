using System.Globalization;
using System.Text.RegularExpressions;
using Elman.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Samples;

namespace Elman.MachineLearning.Tests.Docs;

/// <summary>The page about ML.NET and the sample: the code is the one that runs here, and what it prints is true.</summary>
[Collection(nameof(Alone))]
public sealed partial class DocumentationTests : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly string _folder = Directory.CreateTempSubdirectory("elman-").FullName;
    private readonly string _page = Read("docs/guide/mlnet.md");

    public DocumentationTests() => Environment.CurrentDirectory = _folder;

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_page_shows_the_sample_and_the_examples_that_run()
    {
        string[] blocks = [.. Block().Matches(_page).Select(match => match.Groups[1].Value)];
        Assert.Equal(3, blocks.Length);
        Assert.Contains(blocks[0], Read("samples/mlnet.cs"), StringComparison.Ordinal);
        Assert.Equal(Examples(), blocks[1..]);
    }

    /// <summary>The figures are those of the tool: it reads the same files, with the options that it has without any.</summary>
    [Fact]
    public void The_sample_prints_the_figures_of_Elmans_own_estimator()
    {
        string output = Captured(MlNetSample.Run);
        Assert.Contains($"It prints\n\n```\n{output}```\n", _page, StringComparison.Ordinal);

        (SequenceDataset train, SequenceDataset test) = BuiltInData.Load("synthetic-control", seed: 1, trainCases: 120, testCases: 300);
        using var classifier = new SequenceClassifier(TrainingOptions.Auto);
        classifier.Fit(Written("train.csv", train), cancellationToken: TestContext.Current.CancellationToken);
        Evaluation evaluation = classifier.Evaluate(Written("test.csv", test));
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture,
            $"Accuracy {evaluation.Accuracy:F4}, log loss {evaluation.LogLoss:F6}\n"), output, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"The first chart is {classifier.Predict(test[0])}, with probability "
            + $"{classifier.PredictProbabilities(test[0]).Max():F3}"), output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_with_rows_of_steps_counts_recordings()
    {
        SequenceDataset data = Tables.Slopes(30, 2, i => 6 + (i % 3));
        File.WriteAllLines("steps.csv", data.SelectMany((sequence, i) => Enumerable.Range(0, sequence.Steps).Select(t =>
            FormattableString.Invariant($"r{i},{sequence.Label},{sequence.Values.Span[2 * t]},{sequence.Values.Span[(2 * t) + 1]}")))
            .Prepend("recording,label,x,y"));
        Match share = Regex.Match(Captured(GuideExamples.RowsOfSteps), @"^(\d+) % of the recordings are right");
        Assert.True(share.Success);
        Assert.InRange(int.Parse(share.Groups[1].Value, CultureInfo.InvariantCulture), 80, 100);
    }

    [Fact]
    public void The_example_with_options_writes_a_model_that_Elman_reads()
    {
        static IDataView Data(int seed) => Tables.Context.Transforms.CopyColumns("Label", "Number")
            .Fit(Tables.Of(Tables.Slopes(1, 2, _ => 5), false)).Transform(Tables.Of(Tables.Slopes(30, 2, i => 5 + (i % 3), seed), false));
        string output = Captured(() => GuideExamples.Options(Tables.Context, Data(1), Data(2)));
        Assert.Matches(@"^Epoch \d+ was the best of \d+\.", output);
        using SequenceRegressor model = SequenceRegressor.Load("model.safetensors");
        Assert.Equal(["Label"], model.Targets);
    }

    /// <summary>The warning of the page, and why rows are copied one by one here.</summary>
    [Fact]
    public void GetColumn_shares_its_buffers()
    {
        IDataView data = Tables.Of(Tables.Slopes(3, 1, _ => 4), true);
        VBuffer<float>[] shared = [.. data.GetColumn<VBuffer<float>>("Features")];
        Assert.Equal(shared[2].DenseValues(), shared[0].DenseValues());
        Assert.NotEqual(Tables.Scores(data, "Features")[2], Tables.Scores(data, "Features")[0]);
    }

    private static SequenceDataset Written(string name, SequenceDataset charts)
    {
        using (StreamWriter file = File.CreateText(name))
        {
            file.WriteLine("label," + string.Join(',', Enumerable.Range(1, 60).Select(step => $"v{step}")));
            foreach (Sequence chart in charts)
                file.WriteLine(charts.ClassLabels[chart.Label] + string.Concat(chart.Values.ToArray().Select(value =>
                    "," + value.ToString(CultureInfo.InvariantCulture))));
        }
        return DataFile.Read(name);
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");

    /// <summary>The lines of the examples between their marks, without indentation.</summary>
    private static IEnumerable<string> Examples() => Example()
        .Matches(Read("tests/Elman.MachineLearning.Tests/Docs/GuideExamples.cs"))
        .Select(match => match.Groups[1].Value.Replace("\n        ", "\n", StringComparison.Ordinal)[8..]);

    private static string Captured(Action example)
    {
        TextWriter before = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            example();
        }
        finally
        {
            Console.SetOut(before);
        }
        return output.ToString().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("// The example begins.\n(.*?) *// The example ends.", RegexOptions.Singleline)]
    private static partial Regex Example();
}

/// <summary>The collection of tests that change state shared by all tests.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
