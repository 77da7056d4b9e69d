using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>The preparation of values, which is stored in a model: data with another preparation are refused.</summary>
public sealed class PreparationTests : IDisposable
{
    private const string Made = "audio mfcc coefficients=13 rate=16000";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_model_keeps_how_the_values_were_made()
    {
        SequenceDataset data = Of(Made);
        using SequenceClassifier classifier = Fitted(data);
        Assert.Equal(Made, classifier.Preparation);
        string path = _folder.File("model");
        classifier.Save(path);
        Assert.Equal("8", SafetensorsReader.Read(path).Metadata["elman.version"]);
        Assert.Equal(Made, SafetensorsReader.Read(path).Metadata["elman.preparation"]);
        using SequenceClassifier loaded = SequenceClassifier.Load(path);
        Assert.Equal(Made, loaded.Preparation);
        SameBits.Assert<float>([.. classifier.PredictProbabilities(data[0])], [.. loaded.PredictProbabilities(data[0])]);
    }

    [Fact]
    public void A_model_of_values_as_they_were_found_has_an_older_format()
    {
        using SequenceClassifier classifier = Fitted(Of(null));
        Assert.Null(classifier.Preparation);
        string path = _folder.File("model");
        classifier.Save(path);
        Assert.NotEqual("8", SafetensorsReader.Read(path).Metadata["elman.version"]);
    }

    [Fact]
    public void Data_that_were_made_otherwise_are_refused_everywhere()
    {
        SequenceDataset data = Of(Made), other = Of("audio mfcc coefficients=13 rate=8000");
        using SequenceClassifier classifier = Fitted(data), further = new(Waves.Quick);
        foreach (Action use in (Action[])[() => classifier.Evaluate(other), () => classifier.PartialFit(other),
            () => further.FitFrom(classifier, other), () => further.Fit(data, other)])
        {
            string message = Assert.Throws<ArgumentException>(use).Message;
            Assert.Contains($"were computed as '{other.Preparation}', those of the training data as '{Made}'", message,
                StringComparison.Ordinal);
        }
        further.FitFrom(classifier, data);
        Assert.Equal(Made, further.Preparation);
    }

    [Fact]
    public void Data_of_which_it_is_not_known_are_up_to_the_caller()
    {
        using SequenceClassifier classifier = Fitted(Of(Made)), plain = Fitted(Of(null));
        Assert.Equal(classifier.Evaluate(Of(Made)).LogLoss, classifier.Evaluate(Of(null)).LogLoss);
        Assert.Equal(plain.Evaluate(Of(null)).LogLoss, plain.Evaluate(Of(Made)).LogLoss);
    }

    [Fact]
    public void A_part_of_data_was_made_as_the_whole() => Assert.Equal(Made, Of(Made).Subset([1, 0]).Preparation);

    public void Dispose() => _folder.Dispose();

    private static SequenceDataset Of(string? preparation)
    {
        SequenceDataset data = Waves.Create(12, seed: 1);
        return new SequenceDataset(data.Channels, data.ClassLabels, data, data.Name) { Preparation = preparation };
    }

    private static SequenceClassifier Fitted(SequenceDataset data)
    {
        var classifier = new SequenceClassifier(Waves.Quick);
        classifier.Fit(data);
        return classifier;
    }
}
