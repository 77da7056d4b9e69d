using System.Numerics.Tensors;
using Elman.Tests.Kernels;
using Elman.Tests.Persistence;

namespace Elman.Tests;

/// <summary>The prediction of one sequence is an array; predictions of many sequences, or of all steps, are a tensor.</summary>
public sealed class AnswerShapeTests
{
    private static readonly SequenceDataset _data = Waves.Create(5, seed: 2, ragged: true);

    [Fact]
    public void Probabilities_of_a_classifier()
    {
        using var classifier = (SequenceClassifier)ModelStreamTests.Fitted("classifier");
        Tensor<float> many = classifier.PredictProbabilities(_data);
        Assert.Equal([5, 2], many.Lengths.ToArray());
        Check(many, i => classifier.PredictProbabilities(_data[i]));
    }

    [Fact]
    public void Probabilities_of_a_tagger_have_a_row_for_each_step()
    {
        using var tagger = (SequenceTagger)ModelStreamTests.Fitted("tagger");
        Tensor<float>[] many = tagger.PredictProbabilities(_data);
        for (int i = 0; i < _data.Count; i++)
        {
            Assert.Equal([_data[i].Steps, 2], many[i].Lengths.ToArray());
            Assert.Equal(tagger.PredictProbabilities(_data[i]), many[i]);
        }
    }

    [Fact]
    public void Numbers_of_a_regressor()
    {
        using var regressor = (SequenceRegressor)ModelStreamTests.Fitted("regressor");
        Tensor<float> many = regressor.Predict(_data);
        Assert.Equal([5, 2], many.Lengths.ToArray());
        Check(many, i => regressor.Predict(_data[i]));
    }

    [Fact]
    public void Steps_of_a_forecaster()
    {
        using var forecaster = (SequenceForecaster)ModelStreamTests.Fitted("forecaster");
        Tensor<float> many = forecaster.Predict(_data);
        Assert.Equal([5, 2, 1], many.Lengths.ToArray());
        Check(many, i => forecaster.Predict(_data[i]));
    }

    [Fact]
    public void No_sequences_give_a_tensor_without_rows()
    {
        using var regressor = (SequenceRegressor)ModelStreamTests.Fitted("regressor");
        Assert.Equal([0, 2], regressor.Predict(_data.Subset([])).Lengths.ToArray());
    }

    private static void Check(Tensor<float> many, Func<int, float[]> alone)
    {
        float[][] rows = many.Rows();
        for (int i = 0; i < _data.Count; i++)
            SameBits.Assert<float>(alone(i), rows[i]);
    }
}
