namespace Elman.Keras.Tests;

/// <summary>Paths and streams.</summary>
public sealed class KerasFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keras").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_model_is_read_from_a_path_and_can_be_trained_further()
    {
        string path = Path.Combine(_folder, "model.keras");
        File.WriteAllBytes(path, KerasFixtures.File("lstm"));
        using var model = (SequenceClassifier)KerasFile.Load(path, new KerasLoadOptions { Threads = 1 }).Model;
        Assert.Equal(1, model.Options.Threads);
        Sequence[] sequences = [.. Enumerable.Range(0, 12).Select(i => new Sequence(new float[] { i % 3, 1, i, 2 }, 2, i % 3))];
        float before = model.PredictProbabilities(sequences[0])[0];
        model.PartialFit(new SequenceDataset(2, ["0", "1", "2"], sequences));
        Assert.NotEqual(before, model.PredictProbabilities(sequences[0])[0]);
    }

    [Fact]
    public void A_missing_file_and_a_directory_are_refused_by_name()
    {
        string missing = Path.Combine(_folder, "missing.keras");
        Assert.Equal($"{missing}: There is no such file.", Assert.Throws<ModelFileException>(() => KerasFile.Load(missing)).Message);
        ModelFileException exception = Assert.Throws<ModelFileException>(() => KerasFile.Load(_folder));
        Assert.StartsWith($"{_folder}: This is a directory, perhaps a SavedModel", exception.Message, StringComparison.Ordinal);
        Assert.Equal(_folder, exception.FilePath);
        Assert.Throws<ArgumentException>(() => KerasFile.Load(""));
    }

    [Fact]
    public void A_stream_is_read_from_its_position()
    {
        using var stream = new MemoryStream([1, 2, 3, .. KerasFixtures.File("lstm")]);
        stream.Position = 3;
        using SequenceEstimator model = KerasFile.Load(stream).Model;
        Assert.IsType<SequenceClassifier>(model);
        Assert.True(stream.CanRead); // it stays open
        using var closed = new MemoryStream();
        closed.Dispose();
        Assert.Throws<ArgumentException>(() => KerasFile.Load(closed));
    }
}
