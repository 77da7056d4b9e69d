using System.IO.Compression;

namespace Elman.Tests.Persistence;

/// <summary>Models in streams and bytes: the same file, the same refusals.</summary>
public sealed class ModelStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Estimators => ["classifier", "tagger", "regressor", "forecaster"];

    [Theory]
    [MemberData(nameof(Estimators))]
    public void A_stream_and_bytes_have_what_the_file_has_and_give_the_same_model(string kind)
    {
        using SequenceEstimator saved = Fitted(kind);
        saved.Save(_folder.File("m"));
        byte[] file = File.ReadAllBytes(_folder.File("m")), bytes = saved.ToBytes();
        using var stream = new MemoryStream();
        saved.Save(stream);

        Assert.Equal(file, bytes);
        Assert.Equal(file, stream.ToArray());
        Assert.True(stream.CanWrite);
        stream.Position = 0;
        using SequenceEstimator ofAny = SequenceEstimator.LoadAny(stream), ofBytes = SequenceEstimator.LoadAny(bytes),
            ofStream = Load(kind, new MemoryStream(file)), ofItsBytes = Load(kind, file);
        foreach (SequenceEstimator loaded in new[] { ofAny, ofBytes, ofStream, ofItsBytes })
        {
            Assert.IsType(saved.GetType(), loaded);
            Assert.Equal(file, loaded.ToBytes());
        }
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_read_to_its_end()
    {
        using SequenceEstimator saved = Fitted("classifier");
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            saved.Save(zip);
        packed.Position = 0;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var loaded = SequenceClassifier.Load(unpacked);
        Assert.Equal(saved.ToBytes(), loaded.ToBytes());
    }

    [Fact]
    public void What_lies_before_the_position_of_a_stream_is_none_of_the_model()
    {
        using SequenceEstimator saved = Fitted("classifier");
        using var stream = new MemoryStream();
        stream.Write([1, 2, 3]);
        saved.Save(stream);
        stream.Position = 3;
        using var loaded = SequenceClassifier.Load(stream);
        Assert.Equal(saved.ToBytes(), loaded.ToBytes());
    }

    [Theory]
    [InlineData(0, "it has 0 bytes")]
    [InlineData(5, "it has 5 bytes")]
    [InlineData(100, "would end past the 100 bytes")]
    [InlineData(-1, "is truncated")]
    public void A_part_of_a_model_is_refused_as_in_a_file(int length, string what)
    {
        using SequenceEstimator saved = Fitted("classifier");
        byte[] whole = saved.ToBytes(), part = length < 0 ? whole[..^1] : whole[..length];
        foreach (Func<SequenceEstimator> load in new Func<SequenceEstimator>[]
        {
            () => SequenceEstimator.LoadAny(new MemoryStream(part)), () => SequenceClassifier.Load(new MemoryStream(part)),
            () => SequenceEstimator.LoadAny(part), () => SequenceClassifier.Load(part),
        })
        {
            var e = Assert.Throws<ModelFileException>(load);
            Assert.Contains(what, e.Message, StringComparison.Ordinal);
            Assert.Contains(e.FilePath, (string[])["stream", "bytes"]);
            Assert.StartsWith($"{e.FilePath}: ", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_altered_model_and_one_of_another_task_are_refused_as_in_a_file()
    {
        using SequenceEstimator saved = Fitted("classifier");
        byte[] altered = saved.ToBytes();
        altered[^1] ^= 1;
        Assert.StartsWith("bytes: The file was altered or damaged",
            Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(altered)).Message, StringComparison.Ordinal);
        Assert.StartsWith("stream: This is a sequence-classifier",
            Assert.Throws<ModelFileException>(() => SequenceTagger.Load(new MemoryStream(saved.ToBytes()))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_fails_and_one_of_the_wrong_direction_are_told()
    {
        using SequenceEstimator saved = Fitted("classifier");
        using var readOnly = new MemoryStream(new byte[10], writable: false);
        using var small = new MemoryStream(new byte[10]);
        using var writeOnly = new FileStream(_folder.File("w"), FileMode.Create, FileAccess.Write);
        Assert.Throws<ArgumentException>(() => saved.Save(readOnly));
        Assert.StartsWith("stream: ", Assert.Throws<ModelFileException>(() => saved.Save(small)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SequenceEstimator.LoadAny(writeOnly));
        Assert.Throws<InvalidOperationException>(() => new SequenceTagger().ToBytes());
    }

    [Fact]
    public void The_number_of_threads_is_chosen_on_loading_and_changes_no_answer()
    {
        using var saved = (SequenceClassifier)Fitted("classifier");
        using var loaded = SequenceClassifier.Load(saved.ToBytes(), new LoadOptions { Threads = 3 });
        using SequenceEstimator any = SequenceEstimator.LoadAny(saved.ToBytes(), new LoadOptions { Threads = 1 });
        using var byDefault = SequenceClassifier.Load(saved.ToBytes());
        Assert.Equal((3, 1, 0), (loaded.Options.Threads, any.Options.Threads, byDefault.Options.Threads));
        SequenceDataset data = Waves.Create(20, seed: 4);
        Assert.Equal(saved.PredictProbabilities(data), loaded.PredictProbabilities(data));
        Assert.StartsWith("Threads is 1025;", Assert.Throws<ArgumentException>(
            () => SequenceClassifier.Load(saved.ToBytes(), new LoadOptions { Threads = 1025 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_activations_of_ones_own_the_one_with_the_name_is_found()
    {
        var other = Activation.Custom("other", new Swish(3));
        using var saved = new SequenceClassifier(Waves.Quick with { Cell = new RnnOptions { Activation = Swish.Activation } });
        saved.Fit(Waves.Create(20, seed: 1));
        using var loaded = SequenceClassifier.Load(
            saved.ToBytes(), new LoadOptions { CustomActivations = [other, Swish.Activation] });
        Assert.Equal(new RnnOptions { Activation = Swish.Activation }, loaded.Options.Cell);
        Assert.Contains("'swish' is not built in", Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(
            saved.ToBytes(), new LoadOptions { CustomActivations = [other] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_classifier_with_its_weights_in_hand_goes_through_streams_and_bytes_too()
    {
        using var saved = SmallRnn.Create<double>();
        using var stream = new MemoryStream();
        saved.Save(stream);
        Assert.Equal(stream.ToArray(), saved.ToBytes());
        stream.Position = 0;
        using var ofStream = SimpleRnnClassifier<double>.Load(stream);
        using var ofBytes = SimpleRnnClassifier<double>.Load(saved.ToBytes());
        Assert.Equal(saved.ToBytes(), ofStream.ToBytes());
        Assert.Equal(saved.ToBytes(), ofBytes.ToBytes());
    }

    public void Dispose() => _folder.Dispose();

    private static SequenceEstimator Load(string kind, Stream stream) => kind switch
    {
        "tagger" => SequenceTagger.Load(stream),
        "regressor" => SequenceRegressor.Load(stream),
        "forecaster" => SequenceForecaster.Load(stream),
        _ => SequenceClassifier.Load(stream),
    };

    private static SequenceEstimator Load(string kind, byte[] bytes) => kind switch
    {
        "tagger" => SequenceTagger.Load(bytes),
        "regressor" => SequenceRegressor.Load(bytes),
        "forecaster" => SequenceForecaster.Load(bytes),
        _ => SequenceClassifier.Load(bytes),
    };

    internal static SequenceEstimator Fitted(string kind)
    {
        SequenceDataset waves = Waves.Create(12, seed: 1);
        TrainingOptions quick = Waves.Quick with { Epochs = 1 };
        SequenceEstimator estimator = kind switch
        {
            "tagger" => new SequenceTagger(quick),
            "regressor" => new SequenceRegressor(quick),
            "forecaster" => new SequenceForecaster(quick with { Forecast = quick.Forecast with { Horizon = 2 } }),
            _ => new SequenceClassifier(quick),
        };
        estimator.Fit(kind switch
        {
            "tagger" => new SequenceDataset(
                waves.Channels, waves.ClassLabels, waves.Select(s => s.WithStepLabels(Enumerable.Repeat(s.Label, s.Steps).ToArray()))),
            "regressor" => new SequenceDataset(
                waves.Channels, [], waves.Select(s =>
                    s.WithLabel(-1).WithTargets(new float[] { s.Label, s.Steps })), targetNames: ["label", "steps"]),
            _ => waves,
        });
        return estimator;
    }
}
