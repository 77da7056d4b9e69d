using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Estimators that choose their model by the training data.</summary>
public sealed class AutomaticChoiceTests : IDisposable
{
    private static readonly TrainingOptions _options = TrainingOptions.Auto with
    {
        Cell = new AutoOptions { Budget = TimeSpan.FromSeconds(2) },
        Threads = 1,
    };

    /// <summary>Two models that can stream, one of them an average over folds.</summary>
    private static readonly TrainingOptions _streaming =
        _options with
        {
            Cell = new AutoOptions
            {
                Budget = TimeSpan.FromSeconds(2),
                For = ModelUse.Streaming,
                Ensemble = EnsembleWeights.Parse("counts:2,gru:1"),
            }
        };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_choice_reports_the_models_that_it_averages_and_the_reason()
    {
        using var classifier = new SequenceClassifier(_options);
        TrainingSummary summary = classifier.Fit(Waves.Create(60, seed: 1));
        Leaderboard leaderboard = classifier.Leaderboard!;
        Assert.True(leaderboard.Entries.Count > 3, $"{leaderboard.Entries.Count}");
        Assert.Equal(leaderboard.Entries.OrderBy(entry => entry.Loss), leaderboard.Entries);
        Assert.InRange(leaderboard.Entries.Sum(entry => entry.Count), 60, 80);
        Assert.Equal(60, leaderboard.Cases);
        Assert.True(leaderboard.Loss <= (1.2 * leaderboard.Entries[0].Loss) + 0.005, $"{leaderboard.Loss} {leaderboard.Entries[0].Loss}");
        Assert.Equal(new LeftOutResult(60, leaderboard.Loss, leaderboard.Score), summary.LeftOut);
        Assert.Null(summary.ValidationLoss);
        Assert.Contains("on held-out cases", leaderboard.Reason, StringComparison.Ordinal);
        Assert.True(classifier.Evaluate(Waves.Create(100, seed: 2)).Accuracy > 0.9);
        Assert.Equal(1, classifier.Members.Sum(member => member.Weight), 1e-12);
        Assert.Equal(classifier.Leaderboard!.Chosen.Select(pair => pair.Key).Order(),
            classifier.Members.Select(member => member.Name).Distinct().Order());
    }

    [Fact]
    public void The_answer_is_the_average_of_the_members()
    {
        using var classifier = new SequenceClassifier(_streaming);
        SequenceDataset data = Waves.Create(40, seed: 1), test = Waves.Create(5, seed: 2);
        classifier.Fit(data);
        Assert.Equal(2 + 10, classifier.Members.Count);
        Assert.Equal(1.0 / 3, classifier.Members[0].Weight, 1e-12);
        classifier.Save(_folder.File("m"));
        float[] answer = classifier.PredictProbabilities(test[0]);
        double[] sum = new double[2];
        foreach (string name in (string[])["counts", "gru"])
        {
            using var alone = new SequenceClassifier(
                _streaming with
                {
                    Cell = new AutoOptions
                    {
                        For = ModelUse.Streaming,
                        Ensemble = EnsembleWeights.Create(new KeyValuePair<string, int>(name, 1)),
                    }
                });
            alone.Fit(data);
            float[] part = alone.PredictProbabilities(test[0]);
            for (int c = 0; c < 2; c++)
                sum[c] += part[c] * (name == "counts" ? 2 : 1) / 3.0;
        }
        Assert.Equal(sum[0], answer[0], 1e-6);
        Assert.Equal(1, answer.Sum(), 1e-6);
    }

    [Fact]
    public void The_choice_can_be_trained_again_without_choosing_to_the_last_byte()
    {
        SequenceDataset data = Waves.Create(60, seed: 1);
        using var chosen = new SequenceClassifier(_options);
        chosen.Fit(data);
        using var again = new SequenceClassifier(_options with { Cell = new AutoOptions { Ensemble = chosen.Leaderboard!.Chosen } });
        again.Fit(data);
        SequenceDataset test = Waves.Create(20, seed: 3);
        Assert.Equal(chosen.PredictProbabilities(test), again.PredictProbabilities(test));
        chosen.Save(_folder.File("chosen"));
        again.Save(_folder.File("again"));
        Assert.Equal(File.ReadAllBytes(_folder.File("chosen")), File.ReadAllBytes(_folder.File("again")));
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_byte_of_the_file()
    {
        foreach (int threads in (int[])[1, 2, 3])
        {
            using var classifier = new SequenceClassifier(_options with { Threads = threads });
            classifier.Fit(Waves.Create(40, seed: 1, ragged: true, channels: 2));
            classifier.Save(_folder.File($"{threads}"));
            Assert.Equal(File.ReadAllBytes(_folder.File("1")), File.ReadAllBytes(_folder.File($"{threads}")));
        }
    }

    [Fact]
    public void A_stream_has_the_bits_of_the_whole_sequence_at_every_step_alone_and_with_others_and_after_it_was_saved()
    {
        using var classifier = new SequenceClassifier(_streaming);
        classifier.Fit(Waves.Create(40, seed: 1, ragged: true, channels: 2));
        Assert.True(classifier.CanStream);
        SequenceDataset test = Waves.Create(6, seed: 3, ragged: true, channels: 2);
        using SequenceSession session = classifier.OpenSession();
        SequenceSession[] many = [.. test.Select(_ => classifier.OpenSession())];
        for (int t = 0; t < test.MinSteps; t++)
        {
            session.Step(test[0].Values.Span.Slice(t * 2, 2));
            classifier.StepMany(many, [.. test.SelectMany(sequence => sequence.Values.Slice(t * 2, 2).ToArray())]);
            for (int i = 0; i < many.Length; i++)
                SameBits.Assert<float>(classifier.PredictProbabilities(new Sequence(test[i].Values[..((t + 1) * 2)], 2)), many[i].Answer);
            SameBits.Assert<float>(session.Answer, many[0].Answer);
            using SequenceSession restored = classifier.OpenSession();
            restored.Restore(session.Save());
            using SequenceSession copy = restored.Copy();
            SameBits.Assert<float>(session.Answer, copy.Answer);
            restored.Step(test[1].Values.Span[..2]);
            copy.Step(test[1].Values.Span[..2]);
            SameBits.Assert<float>(restored.Answer, copy.Answer);
        }
        foreach (SequenceSession stream in many)
            stream.Dispose();
    }

    [Fact]
    public void A_file_holds_all_members_and_answers_with_the_same_bits()
    {
        using var classifier = new SequenceClassifier(_streaming);
        classifier.Fit(Waves.Create(40, seed: 1));
        classifier.Save(_folder.File("m"));
        using var loaded = SequenceClassifier.Load(_folder.File("m"));
        SequenceDataset test = Waves.Create(20, seed: 2);
        Assert.Equal(classifier.PredictProbabilities(test), loaded.PredictProbabilities(test));
        Assert.Equal(classifier.Members, loaded.Members);
        Assert.Equal(classifier.ParameterCount, loaded.ParameterCount);
        Assert.True(loaded.Options.IsAuto);
        loaded.Save(_folder.File("again"));
        Assert.Equal(File.ReadAllBytes(_folder.File("m")), File.ReadAllBytes(_folder.File("again")));
    }

    [Theory]
    [InlineData("elman.members", "[]", "members lists none")]
    [InlineData("elman.members", "[{\"weight\":1}]", "is missing")]
    [InlineData("elman.members", "[{\"weight\":0.5},{\"weight\":0.6}]", "add up to 1")]
    [InlineData("elman.members", "[{\"weight\":1.5},{\"weight\":-0.5}]", "above 0")]
    [InlineData("elman.members", "[{\"weight\":0.5},{}]", "weight is missing")]
    [InlineData("elman.members", "{}", "not valid:")]
    [InlineData("elman.members", null, "elman.spec")]
    [InlineData("elman.member.1.spec", null, "elman.member.1.spec")]
    [InlineData("elman.member.1.temperature", "0", "temperature is '0'")]
    [InlineData("elman.member.1.temperature", "x", "temperature is 'x'")]
    public void An_unsound_list_of_members_is_refused(string key, string? text, string says)
    {
        using var classifier = new SequenceClassifier(_options with
        {
            Cell = new AutoOptions
            {
                Ensemble = EnsembleWeights.Parse("counts:1,esn:1"),
            }
        });
        classifier.Fit(Waves.Create(20, seed: 1));
        string path = _folder.File("m");
        classifier.Save(path);
        Safetensors content = SafetensorsReader.Read(path);
        Dictionary<string, string> texts = content.Metadata.Where(pair => pair.Key is not "elman.crc32c" && pair.Key != key).ToDictionary();
        if (text is not null)
            texts[key] = text;
        SafetensorsWriter.Write(path, content with { Metadata = texts });
        Assert.Contains(says, Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("regress")]
    [InlineData("tag")]
    [InlineData("many")]
    [InlineData("forecast")]
    public void Every_task_has_its_candidates(string task)
    {
        SequenceDataset data = task switch
        {
            "tag" => Melodies.Tagged(30, 1),
            "regress" => Melodies.Counted(30, 1),
            "many" => Melodies.ManyLabelled(30, 1),
            _ => Melodies.Sines(20, 1),
        };
        TrainingOptions options = _options with { Epochs = 2 };
        using SequenceEstimator estimator = task switch
        {
            "tag" => new SequenceTagger(options),
            "regress" => new SequenceRegressor(options),
            "many" => new SequenceClassifier(options),
            _ => new SequenceForecaster(options),
        };
        estimator.Fit(data);
        Assert.True(estimator.Leaderboard!.Entries.Count >= 2, $"{estimator.Leaderboard.Entries.Count}");
        Assert.All(estimator.Leaderboard.Entries, entry => Assert.True(double.IsFinite(entry.Loss)));
        estimator.Save(_folder.File("m"));
        using var loaded = SequenceEstimator.LoadAny(_folder.File("m"));
        Assert.Equal(estimator.GetType(), loaded.GetType());
    }

    [Fact]
    public void Only_models_that_can_stream_are_tried_for_streaming()
    {
        using var classifier = new SequenceClassifier(_options with
        {
            Cell = new AutoOptions
            {
                Budget = TimeSpan.FromSeconds(2),
                For = ModelUse.Streaming,
            }
        });
        classifier.Fit(Waves.Create(40, seed: 1));
        Assert.All(classifier.Leaderboard!.Entries, entry => Assert.True(entry.CanStream));
        using SequenceSession session = classifier.OpenSession();
    }

    [Fact]
    public void Options_that_are_given_are_forced_on_the_candidates_that_take_them()
    {
        using var classifier = new SequenceClassifier(_options with { Epochs = 1 });
        classifier.Fit(Waves.Create(40, seed: 1));
        Assert.All(classifier.Members, member => Assert.False(member.Options.IsReservoir));
        Assert.DoesNotContain(classifier.Leaderboard!.Entries, entry => entry.Name.StartsWith("mixed", StringComparison.Ordinal));
    }

    [Fact]
    public void Groups_are_left_out_together_by_all_that_is_tried()
    {
        // The class is that of the group, which is visible in the level of each sequence: for a group that was left out, nothing can be
        // predicted.
        var random = new SeededRandom(1);
        SequenceDataset data = new(1, ["a", "b"], Enumerable.Range(0, 60).Select(i =>
        {
            int group = i / 6;
            float[] values = [.. Enumerable.Range(0, 12)
                .Select(_ => (float)((10 * SeededRandom.At(5, (ulong)group) % 97) + random.NextNormal()))];
            return new Sequence(values, 1, group % 2) { Group = $"g{group}" };
        }));
        using SequenceClassifier grouped = new(TrainingOptions.Auto with { Threads = 1 }),
            alone = new(TrainingOptions.Auto with { Threads = 1 });
        grouped.Fit(data);
        alone.Fit(new SequenceDataset(1, data.ClassLabels, data.Select(sequence => sequence with { Group = null })));
        Assert.True(alone.Leaderboard!.Loss < 0.2);
        Assert.True(grouped.Leaderboard!.Loss > 0.5);
    }

    [Fact]
    public void Where_no_candidate_takes_the_options_it_explains_why()
    {
        using var classifier = new SequenceClassifier(_options with
        {
            Epochs = 1,
            Cell = new AutoOptions { Cells = [new OscillatorOptions { LongestMemory = 2 }] },
        });
        var e = Assert.Throws<ArgumentException>(() => classifier.Fit(Waves.Create(20, seed: 1)));
        Assert.StartsWith("No candidate of the automatic choice supports these options.", e.Message, StringComparison.Ordinal);
        Assert.Contains("Epochs is for training by gradients; oscillator", e.Message, StringComparison.Ordinal);
        Assert.False(classifier.IsFitted);
    }

    [Fact]
    public void A_name_that_is_not_tried_is_refused_with_those_that_are()
    {
        using var classifier = new SequenceClassifier(_options with
        {
            Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("nothing") },
        });
        var e = Assert.Throws<ArgumentException>(() => classifier.Fit(Waves.Create(20, seed: 1)));
        Assert.Contains("'nothing'", e.Message, StringComparison.Ordinal);
        Assert.Contains("counts, ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_data_cannot_be_learned_later()
    {
        using var classifier = new SequenceClassifier(_options with
        {
            Cell = new AutoOptions { Ensemble = EnsembleWeights.Parse("counts") },
        });
        classifier.Fit(Waves.Create(20, seed: 1));
        Assert.Contains("Call Fit with all data",
            Assert.Throws<InvalidOperationException>(() => classifier.PartialFit(Waves.Create(20, seed: 2))).Message,
            StringComparison.Ordinal);
        using var fresh = new SequenceClassifier(_options);
        Assert.Throws<InvalidOperationException>(() => fresh.PartialFit(Waves.Create(20, seed: 2)));
    }

    [Fact]
    public void Cancelled_it_chooses_among_the_models_that_were_fitted_until_then()
    {
        using var classifier = new SequenceClassifier(_options);
        using var cancellation = new CancellationTokenSource();
        var progress = new Heard<TrainingProgress>(value =>
        {
            if (value is { EpochEnded: true, Epoch: 2 })
                cancellation.Cancel();
        });
        TrainingSummary summary = classifier.Fit(Waves.Create(40, seed: 1), null, progress, cancellation.Token);
        Assert.True(summary.Cancelled);
        Assert.Equal(2, classifier.Leaderboard!.Entries.Count);
        Assert.Equal(["mixed", "mixed-raw"], classifier.Leaderboard.Entries.Select(entry => entry.Name).Order());
    }

    public void Dispose() => _folder.Dispose();
}
