using System.Runtime.InteropServices;
using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Estimators that are trained on text.</summary>
public sealed class TextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, int, bool> Models => new MatrixTheoryData<string, int, bool>(["gru", "sum"], [0, 2, 4], [false]);

    [Theory]
    [MemberData(nameof(Models))]
    public void After_every_symbol_a_stream_gives_the_prediction_for_the_text_so_far(string cell, int ngrams, bool endings)
    {
        using SequenceClassifier classifier = Names.Fitted(Names.Quick with
        {
            Cell = cell,
            Inputs = Names.Quick.Inputs with { Ngrams = ngrams, Endings = endings },
        });
        using SequenceSession session = classifier.OpenSession(), whole = classifier.OpenSession();
        const string Text = "abdgx\U0001F600ca";
        string soFar = "";
        foreach (string symbol in classifier.Vocabularies[0]!.Split(Text))
        {
            soFar += symbol;
            SameBits.Assert<float>(classifier.PredictProbabilities(soFar), session.Step(symbol));
            whole.Reset();
            SameBits.Assert<float>(session.Answer, whole.Step(soFar));
        }
        using SequenceSession restored = classifier.OpenSession();
        restored.Restore(session.Save());
        SameBits.Assert<float>(session.Step("b"), restored.Step("b"));
    }

    [Fact]
    public void A_model_that_looks_at_endings_can_not_stream()
    {
        using SequenceClassifier classifier = Names.Fitted(Names.Quick with
        {
            Inputs = Names.Quick.Inputs with { Ngrams = 2, Endings = true },
        });
        Assert.False(classifier.CanStream);
        Assert.Contains("train without Endings", Assert.Throws<ArgumentException>(classifier.OpenSession).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gru", 0, false)]
    [InlineData("sum", 4, true)]
    public void Threads_and_the_order_of_the_vocabulary_leave_no_trace(string cell, int ngrams, bool endings)
    {
        TrainingOptions options = Names.Quick with
        {
            Cell = cell,
            Model = Names.Quick.Model with { Layers = [48] },
            Inputs = Names.Quick.Inputs with { Ngrams = ngrams, Endings = endings },
            Dropout = 0.2,
        };
        using SequenceClassifier one = Names.Fitted(options), three = Names.Fitted(options with { Threads = 3 });
        SequenceDataset test = Names.Create(20, seed: 2), other = Names.Of([("z0zz", "far"), .. Names.Texts(20, seed: 2)]);
        Assert.NotEqual(test[0].Values.ToArray(), other[1].Values.ToArray());
        Assert.Equal(one.Summary!.TrainLoss, three.Summary!.TrainLoss);
        SameBits.Assert<float>([.. one.PredictProbabilities(test)], [.. three.PredictProbabilities(test)]);
        SameBits.Assert<float>(
            [.. one.PredictProbabilities(test)], [.. one.PredictProbabilities(other.Subset(Enumerable.Range(1, 20)))]);
        SameBits.Assert<float>(one.PredictProbabilities(test[3]), one.PredictProbabilities(other[4]));
        SameBits.Assert<float>(one.PredictProbabilities(test[3]), one.PredictProbabilities(Names.Texts(20, seed: 2)[3].Text));
    }

    [Fact]
    public void Unknown_symbols_are_all_alike_and_counted()
    {
        using SequenceClassifier classifier = Names.Fitted();
        SameBits.Assert<float>(classifier.PredictProbabilities("ab\u0436c"), classifier.PredictProbabilities("abAc"));
        SequenceDataset data = Names.Of([("abA", "near"), ("\U0001F600A", "far")]);
        Assert.Equal(
            new Dictionary<string, long> { ["A"] = 2, ["\U0001F600"] = 1 }, classifier.FindUnknownSymbols(data).ToDictionary());
        Assert.Empty(classifier.FindUnknownSymbols(Names.Create(5, seed: 3)));
    }

    [Fact]
    public void The_vector_of_the_unknown_is_learned()
    {
        TrainingOptions still = Names.Quick with { Optimizer = OptimizerKind.Sgd, LearningRate = 1e-30 };
        using SequenceClassifier before = Names.Fitted(still), after = Names.Fitted(still with { LearningRate = 0.1 });
        Assert.NotEqual(Table(before)[..48], Table(after)[..48]);

        float[] Table(SequenceClassifier classifier)
        {
            classifier.Save(_folder.File("m"));
            return MemoryMarshal.Cast<byte, float>(SafetensorsReader.Read(_folder.File("m"))
                .Tensors.Single(tensor => tensor.Name == "embedding.1.w").Bytes).ToArray();
        }
    }

    [Fact]
    public void A_symbol_that_training_does_not_meet_is_as_good_as_unknown()
    {
        SequenceDataset all = Names.Of([("zz", "far"), .. Names.Texts(40, seed: 1)]);
        using var classifier = new SequenceClassifier(Names.Quick);
        classifier.Fit(all.Subset(Enumerable.Range(1, 40)), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(classifier.Vocabularies[0]!.NumberOf("z") > 0);
        Assert.Equal(0, classifier.Vocabularies[0]!.Counts[classifier.Vocabularies[0]!.NumberOf("z") - 1]);
        SameBits.Assert<float>(classifier.PredictProbabilities("azb"), classifier.PredictProbabilities("a?b"));
    }

    [Theory]
    [InlineData("gru", 0, false)]
    [InlineData("sum", 3, true)]
    public void A_model_round_trips_from_its_file_with_its_vocabulary(string cell, int ngrams, bool endings)
    {
        using SequenceClassifier saved = Names.Fitted(Names.Quick with
        {
            Cell = cell,
            Inputs = Names.Quick.Inputs with { Ngrams = ngrams, Endings = endings },
        });
        saved.Save(_folder.File("1"));
        using var loaded = SequenceClassifier.Load(_folder.File("1"));
        Assert.Equal(saved.Vocabularies[0]!.Symbols, loaded.Vocabularies[0]!.Symbols);
        Assert.Equal(saved.Vocabularies[0]!.Counts, loaded.Vocabularies[0]!.Counts);
        Assert.Equal((ngrams, endings), (loaded.Options.Inputs.Ngrams, loaded.Options.Inputs.Endings));
        foreach (string text in (string[])["a", "abc", "hgf\U0001F600", "e\u0301"])
            SameBits.Assert<float>(saved.PredictProbabilities(text), loaded.PredictProbabilities(text));
        loaded.Save(_folder.File("2"));
        Assert.Equal(File.ReadAllBytes(_folder.File("1")), File.ReadAllBytes(_folder.File("2")));
    }

    [Fact]
    public void Training_continues_with_texts_that_bring_other_symbols()
    {
        SequenceDataset more = Names.Of([("xyz", "far"), .. Names.Texts(9, seed: 5)]);
        using SequenceClassifier start = Names.Fitted(Names.Quick with { Inputs = Names.Quick.Inputs with { Ngrams = 2 } }),
            further = new(Names.Quick with { Inputs = Names.Quick.Inputs with { Ngrams = 2 } });
        further.FitFrom(start, more, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(start.Vocabularies[0]!.Symbols, further.Vocabularies[0]!.Symbols);
        Assert.True(double.IsFinite(start.PartialFit(more)));
    }

    [Fact]
    public void Text_and_numbers_are_not_taken_for_each_other()
    {
        using SequenceClassifier ofText = Names.Fitted(), ofNumbers = Waves.Fitted(), ofWords = new(Names.Quick);
        ofWords.Fit(Names.Of(Names.Texts(20, seed: 1), TextTokens.Words), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("holds numbers; the training data have text in characters",
            Assert.Throws<ArgumentException>(() => ofText.Predict(Waves.Create(2, seed: 1))).Message, StringComparison.Ordinal);
        Assert.Contains("holds text in characters; the training data have numbers",
            Assert.Throws<ArgumentException>(() => ofNumbers.Predict(Names.Create(2, seed: 1))).Message, StringComparison.Ordinal);
        Assert.Contains("holds text in characters; the training data have text in words",
            Assert.Throws<ArgumentException>(() => ofWords.Predict(Names.Create(2, seed: 1))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => ofNumbers.Predict("a"));
        Assert.Contains("no symbols", Assert.Throws<ArgumentException>(() => ofText.Predict("")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ngrams_need_symbols()
    {
        using var classifier = new SequenceClassifier(Names.Quick with { Inputs = Names.Quick.Inputs with { Ngrams = 2 } });
        Assert.Contains("no channel of 'waves' has any",
            Assert.Throws<ArgumentException>(() => classifier.Fit(Waves.Create(8, seed: 1))).Message, StringComparison.Ordinal);
        Assert.Contains("Ngrams is 5", Assert.Throws<ArgumentException>(
            () => new SequenceClassifier(Names.Quick with { Inputs = Names.Quick.Inputs with { Ngrams = 5 } })).Message,
                StringComparison.Ordinal);
        Assert.Contains("Endings are n-grams", Assert.Throws<ArgumentException>(
            () => new SequenceClassifier(Names.Quick with { Inputs = Names.Quick.Inputs with { Endings = true } })).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void The_automatic_choice_learns_from_text_and_its_answers_round_trip_from_a_file()
    {
        using var classifier = new SequenceClassifier(TrainingOptions.Auto with { Threads = 2 });
        classifier.Fit(Names.Create(240, seed: 1), cancellationToken: TestContext.Current.CancellationToken);
        SequenceDataset test = Names.Create(100, seed: 2);
        Assert.Equal(["gru", "ngrams"], classifier.Leaderboard!.Entries.Select(entry => entry.Name).Order());
        Assert.InRange(classifier.Evaluate(test).Accuracy, 0.75, 1);
        classifier.Save(_folder.File("m"));
        using var loaded = SequenceClassifier.Load(_folder.File("m"));
        SameBits.Assert<float>([.. classifier.PredictProbabilities(test)], [.. loaded.PredictProbabilities(test)]);
    }

    [Fact]
    public void For_streaming_the_automatic_choice_tries_models_that_can()
    {
        using var classifier = new SequenceClassifier(TrainingOptions.Auto with
        {
            Cell = new AutoOptions { For = ModelUse.Streaming },
            Threads = 2,
        });
        classifier.Fit(Names.Create(60, seed: 1), cancellationToken: TestContext.Current.CancellationToken);
        using SequenceSession session = classifier.OpenSession();
        SameBits.Assert<float>(classifier.PredictProbabilities("abc"), session.Step("abc"));
    }

    public void Dispose() => _folder.Dispose();
}
