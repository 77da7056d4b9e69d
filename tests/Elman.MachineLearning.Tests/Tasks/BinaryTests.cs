using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tests.Tasks;

public sealed class BinaryTests
{
    private static readonly MLContext _context = Tables.Context;

    private static readonly RecurrentNetworkTrainer _trainer =
        _context.BinaryClassification.Trainers.RecurrentNetwork(nameof(Row.IsFall), options: Tables.Small);

    [Fact]
    public void Probabilities_have_the_bits_of_the_classifier_and_scores_are_their_log_odds()
    {
        SequenceDataset train = Tables.Slopes(40, 1, i => 4 + (i % 3)), test = Tables.Slopes(31, 1, i => 5 + (i % 3), seed: 2);
        using var classifier = new SequenceClassifier(Tables.Small);
        classifier.Fit(train, cancellationToken: TestContext.Current.CancellationToken);
        Evaluation expected = classifier.Evaluate(test);
        float[][] probabilities = [.. test.Select(classifier.PredictProbabilities)];

        using RecurrentNetworkTransformer model = _trainer.Fit(Tables.Of(train, isFixed: false));
        IDataView scored = model.Transform(Tables.Of(test, isFixed: false));
        float[] actual = Tables.Values<float>(scored, "Probability");
        Assert.Equal(probabilities.Select(row => row[1]), actual);
        Assert.Equal(probabilities.Select(row => row[1] > row[0]), Tables.Values<bool>(scored, "PredictedLabel"));
        foreach ((float[] p, float score) in probabilities.Zip(Tables.Values<float>(scored, "Score")))
            Assert.Equal(Math.Log(p[1]) - Math.Log(p[0]), score, 1e-4);

        CalibratedBinaryClassificationMetrics metrics = _context.BinaryClassification.Evaluate(scored, nameof(Row.IsFall));
        Assert.Equal(expected.Accuracy, metrics.Accuracy, 1e-12);
        Assert.Equal(expected.PerClass[1].RocAuc, metrics.AreaUnderRocCurve, 1e-9);
        Assert.Equal(expected.LogLoss / Math.Log(2), metrics.LogLoss, 1e-5); // ML.NET takes 1 − p of a float, in bits
    }

    [Fact]
    public void A_score_is_finite_for_every_probability()
    {
        // Weights this large saturate the softmax: one of the probabilities is 0 as a float.
        TrainingOptions options = Tables.Small with
        {
            Cell = "rnn",
            Epochs = 60,
            LearningRate = 3,
            Clip = double.PositiveInfinity,
            Calibrate = false,
        };
        SequenceDataset data = Tables.Slopes(40, 1, _ => 6);
        using RecurrentNetworkTransformer model = _context.BinaryClassification.Trainers
            .RecurrentNetwork(nameof(Row.IsFall), options: options).Fit(Tables.Of(data, true));
        float[] scores = Tables.Values<float>(model.Transform(Tables.Of(data, true)), "Score");
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));
        Assert.Contains(scores, score => Math.Abs(score) > 20);
    }

    [Fact]
    public void Cross_validation_permutation_and_prediction_engine_work()
    {
        IDataView data = Tables.Of(Tables.Slopes(40, 1, _ => 5), true);
        Assert.All(_context.BinaryClassification.CrossValidate(data, _trainer, 2, nameof(Row.IsFall)),
            fold => Assert.InRange(fold.Metrics.Accuracy, 0.7, 1));
        using RecurrentNetworkTransformer model = _trainer.Fit(data);
        IDataView scored = model.Transform(data);
        double[] falls = [.. _context.BinaryClassification
            .PermutationFeatureImportance(model, data, nameof(Row.IsFall), permutationCount: 2)
            .Select(slot => slot.AreaUnderRocCurve.Mean)];
        Assert.Equal(5, falls.Length);
        Assert.Equal(4, Array.IndexOf(falls, falls.Min())); // where the classes are furthest apart

        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 5);
        using var engine = _context.Model.CreatePredictionEngine<Row, Prediction>(model, inputSchemaDefinition: schema);
        Prediction answer = engine.Predict(new Row { Features = [-0.2f, -0.4f, -0.5f, -0.8f, -1] });
        Assert.True(answer.PredictedLabel);
        Assert.InRange(answer.Probability, 0.5f, 1);
        Assert.True(answer.Score > 0);
    }

    internal sealed class Prediction
    {
        public bool PredictedLabel { get; set; }

        public float Probability { get; set; }

        public float Score { get; set; }
    }
}
