using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Named channels, by which a model finds them in other data.</summary>
public sealed class ChannelNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("SequenceClassifier")]
    [InlineData("SequenceTagger")]
    [InlineData("SequenceRegressor")]
    [InlineData("SequenceForecaster")]
    public void Other_data_are_matched_by_name_whatever_the_order_of_their_channels(string kind)
    {
        SequenceDataset data = Named(kind, ["x", "y", "z"]), turned = Turned(data);
        using SequenceEstimator estimator = Fitted(kind, data);
        Assert.Equal(["x", "y", "z"], estimator.ChannelNames);
        string path = _folder.File("model");
        estimator.Save(path);
        Assert.Equal("7", SafetensorsReader.Read(path).Metadata["elman.version"]);
        using SequenceEstimator loaded = SequenceEstimator.LoadAny(path);
        Assert.Equal(["x", "y", "z"], loaded.ChannelNames);
        Assert.Equal(data.Columns, loaded.Columns! with { Labels = data.Columns!.Labels });
        Assert.Equal(data.Columns!.Labels, loaded.Columns!.Labels);
        foreach (SequenceEstimator one in (SequenceEstimator[])[estimator, loaded])
        {
            SameBits.Assert<float>([.. Answers(one, data)], [.. Answers(one, turned)]);
            Assert.Equal(Quality(one, data), Quality(one, turned));
        }
        Assert.NotEqual(Answers(estimator, data), Answers(estimator, Unnamed(turned))); // so the order does matter
    }

    [Fact]
    public void Validation_data_further_data_and_data_to_start_with_are_matched_too()
    {
        SequenceDataset data = Named("SequenceClassifier", ["x", "y", "z"]), turned = Turned(data);
        using SequenceClassifier plain = new(Waves.Quick), matched = new(Waves.Quick);
        plain.Fit(data, data);
        matched.Fit(data, turned);
        Assert.Equal(plain.History, matched.History);
        Assert.Equal(plain.PartialFit(data), matched.PartialFit(turned));
        using SequenceClassifier further = new(Waves.Quick), again = new(Waves.Quick);
        further.FitFrom(plain, data);
        again.FitFrom(matched, turned);
        Assert.Equal(further.History, again.History);
        Assert.Equal(["x", "y", "z"], again.ChannelNames);
    }

    [Fact]
    public void The_automatic_choice_keeps_them()
    {
        SequenceDataset data = Named("SequenceClassifier", ["x", "y", "z"]);
        using var classifier = new SequenceClassifier(TrainingOptions.Auto with { Threads = 1 });
        classifier.Fit(data);
        Assert.Equal(["x", "y", "z"], classifier.ChannelNames);
        SameBits.Assert<float>([.. Answers(classifier, data)], [.. Answers(classifier, Turned(data))]);
    }

    [Fact]
    public void A_channel_that_is_missing_or_not_known_is_refused_by_name()
    {
        using SequenceEstimator classifier = Fitted("SequenceClassifier", Named("SequenceClassifier", ["x", "y", "z"]));
        SequenceDataset other = Named("SequenceClassifier", ["x", "y", "w"]), more = Named("SequenceClassifier", ["x", "y", "z", "w"]);
        foreach (Action<SequenceDataset> use in (Action<SequenceDataset>[])[data => Assert.NotEmpty(Answers(classifier, data)),
            data => Assert.NotEmpty(Quality(classifier, data))])
        {
            string message = Assert.Throws<ArgumentException>(() => use(other)).Message;
            Assert.StartsWith("'names' has no channel 'z', which is in the training data; its channels are 'x', 'y', 'w'.", message,
                StringComparison.Ordinal);
            message = Assert.Throws<ArgumentException>(() => use(more)).Message;
            Assert.StartsWith("'names' has the channel 'w', which is not in the training data; the model takes 'x', 'y', 'z'.", message,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("X,Y,Z")]
    [InlineData("Z,x,Y")]
    [InlineData("y,Z,X")]
    public void Names_in_another_letter_case_are_matched_too(string names)
    {
        SequenceDataset data = Named("SequenceClassifier", ["x", "y", "z"]), turned = Turned(Turned(data));
        using SequenceEstimator classifier = Fitted("SequenceClassifier", data);
        string[] order = names.ToLowerInvariant().Split(',');
        SequenceDataset ordered = order is ["x", ..] ? data : order is ["z", ..] ? Turned(data) : turned;
        Assert.Equal(order, ordered.ChannelNames);
        SameBits.Assert<float>([.. Answers(classifier, data)], [.. Answers(classifier, WithNames(ordered, names.Split(',')))]);
    }

    [Theory]
    [InlineData("x,y,z", "Y,y,z", "'x'")] // y is there just so, and Y is no x
    [InlineData("xa,y,z", "xA,Xa,y", "'xa', 'z'")] // which one is meant can't be told
    [InlineData("xa,xA,z", "XA,y,z", "'xa', 'xA'")]
    public void Names_that_may_mean_several_are_refused(string known, string given, string missing)
    {
        using SequenceEstimator classifier = Fitted("SequenceClassifier", Named("SequenceClassifier", known.Split(',')));
        Assert.StartsWith($"'names' has no channel {missing}, which is in the training data", Assert.Throws<ArgumentException>(
            () => Answers(classifier, Named("SequenceClassifier", given.Split(',')))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_differ_only_in_case_are_distinguished()
    {
        SequenceDataset data = Named("SequenceClassifier", ["x", "X", "z"]);
        using SequenceEstimator classifier = Fitted("SequenceClassifier", data);
        SameBits.Assert<float>([.. Answers(classifier, data)], [.. Answers(classifier, Turned(data))]);
    }

    [Fact]
    public void Data_without_names_are_taken_in_the_order_in_which_they_come()
    {
        SequenceDataset data = Named("SequenceClassifier", ["x", "y", "z"]);
        using SequenceEstimator named = Fitted("SequenceClassifier", data), unnamed = Fitted("SequenceClassifier", Unnamed(data));
        SameBits.Assert<float>([.. Answers(named, data)], [.. Answers(named, Unnamed(data))]);
        SameBits.Assert<float>([.. Answers(named, data)], [.. Answers(unnamed, data)]);
        Assert.Empty(unnamed.ChannelNames);
        unnamed.Save(_folder.File("unnamed"));
        Assert.DoesNotContain("elman.channels", SafetensorsReader.Read(_folder.File("unnamed")).Metadata.Keys);
    }

    [Fact]
    public void Names_that_are_too_few_or_not_different_are_refused()
    {
        SequenceDataset data = Waves.Create(4, seed: 1, channels: 2);
        Assert.Contains(
            "1 name for the 2 channels", Assert.Throws<ArgumentException>(() => WithNames(data, ["x"])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "'x' is listed twice", Assert.Throws<ArgumentException>(() => WithNames(data, ["x", "x"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_data_keep_names_ids_and_groups()
    {
        SequenceDataset data = Named("SequenceClassifier", ["x", "y", "z"]);
        SequenceDataset part = data.Subset([3, 1]);
        Assert.Equal(data.ChannelNames, part.ChannelNames);
        Assert.Equal(["3", "1"], part.Select(sequence => sequence.Id));
        Assert.Equal(["odd", "odd"], part.Select(sequence => sequence.Group));
        Assert.Equal(("3", "odd", 0), (part[0].WithLabel(0).Id, part[0].WithLabel(0).Group, part[0].WithLabel(0).Label));
        Assert.Throws<ArgumentOutOfRangeException>(() => part[0].WithLabel(-2));
    }

    private static SequenceDataset Named(string kind, string[] names)
    {
        SequenceDataset waves = Waves.Create(24, seed: 1, channels: names.Length);
        return new SequenceDataset(
            names.Length, kind is "SequenceClassifier" or "SequenceTagger" ? waves.ClassLabels : [], waves.Select((wave, i) => (kind switch
            {
                "SequenceClassifier" => wave,
                "SequenceTagger" => wave.WithLabel(Sequence.NoLabel).WithStepLabels(Enumerable.Repeat(i % 2, wave.Steps).ToArray()),
                "SequenceRegressor" => wave.WithLabel(Sequence.NoLabel).WithTargets(new float[] { i % 2 }),
                _ => wave.WithLabel(Sequence.NoLabel),
            }) with
            { Id = $"{i}", Group = i % 2 == 0 ? "even" : "odd" }), "names", kind == "SequenceRegressor" ? ["sine"] : null)
        {
            ChannelNames = names,
            Columns = new TableColumns { IsLong = true, Id = "id", Labels = ["label"] },
        };
    }

    private static SequenceDataset WithNames(SequenceDataset data, string[] names) =>
        new(data.Channels, data.ClassLabels, data, data.Name, data.TargetNames) { ChannelNames = names };

    private static SequenceDataset Unnamed(SequenceDataset data) => new(data.Channels, data.ClassLabels, data, data.Name, data.TargetNames);

    /// <summary>Reverses the order of the channels.</summary>
    private static SequenceDataset Turned(SequenceDataset data)
    {
        int channels = data.Channels;
        return WithNames(new SequenceDataset(channels, data.ClassLabels, data.Select(sequence =>
        {
            float[] values = sequence.Values.ToArray();
            var turned = new Sequence(values.Select((_, i) => values[i / channels * channels + (i + channels - 1) % channels]).ToArray(),
                channels, sequence.Label);
            turned = sequence.StepLabels.IsEmpty ? turned : turned.WithStepLabels(sequence.StepLabels);
            return sequence.Targets.IsEmpty ? turned : turned.WithTargets(sequence.Targets);
        }), data.Name, data.TargetNames), [data.ChannelNames[^1], .. data.ChannelNames.Take(channels - 1)]);
    }

    private static SequenceEstimator Fitted(string kind, SequenceDataset data)
    {
        SequenceEstimator estimator = kind switch
        {
            "SequenceClassifier" => new SequenceClassifier(Waves.Quick),
            "SequenceTagger" => new SequenceTagger(Waves.Quick),
            "SequenceRegressor" => new SequenceRegressor(Waves.Quick),
            _ => new SequenceForecaster(Waves.Quick),
        };
        estimator.Fit(data);
        return estimator;
    }

    private static IEnumerable<float> Answers(SequenceEstimator estimator, SequenceDataset data) => estimator switch
    {
        SequenceClassifier classifier => classifier.PredictProbabilities(data).ToArray(),
        SequenceTagger tagger => tagger.PredictProbabilities(data).SelectMany(rows => rows.ToArray()),
        SequenceRegressor regressor => regressor.Predict(data),
        SequenceForecaster forecaster => forecaster.Predict(data),
        _ => [],
    };

    private static string Quality(SequenceEstimator estimator, SequenceDataset data) => estimator switch
    {
        SequenceClassifier classifier => $"{classifier.Evaluate(data).LogLoss:R}",
        SequenceTagger tagger => $"{tagger.Evaluate(data).Steps.LogLoss:R}",
        SequenceRegressor regressor => $"{regressor.Evaluate(data).PerTarget[0].Rmse:R}",
        SequenceForecaster forecaster => $"{forecaster.Evaluate(data).PerStepAhead[0].Rmse:R}",
        _ => "",
    };

    public void Dispose() => _folder.Dispose();
}
