using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tests.Tasks;

public sealed class RegressionTests
{
    private static readonly MLContext _context = Tables.Context;

    private static readonly RecurrentNetworkTrainer _trainer =
        _context.Regression.Trainers.RecurrentNetwork(nameof(Row.Number), options: Tables.Small);

    [Fact]
    public void Scores_have_the_bits_of_the_regressor_and_metrics_are_its_figures()
    {
        SequenceDataset train = Tables.Slopes(40, 1, i => 4 + (i % 3)), test = Tables.Slopes(31, 1, i => 5 + (i % 3), seed: 2);
        using var regressor = new SequenceRegressor(Tables.Small);
        regressor.Fit(WithTargets(train), cancellationToken: TestContext.Current.CancellationToken);
        NumberEvaluation expected = regressor.Evaluate(WithTargets(test));
        float[] numbers = [.. test.Select(sequence => regressor.Predict(sequence)[0])];

        using RecurrentNetworkTransformer model = _trainer.Fit(Tables.Of(train, isFixed: false));
        IDataView scored = model.Transform(Tables.Of(test, isFixed: false));
        Assert.Equal(numbers, Tables.Values<float>(scored, "Score"));
        RegressionMetrics metrics = _context.Regression.Evaluate(scored, nameof(Row.Number));
        Assert.Equal(expected.PerTarget[0].Rmse, metrics.RootMeanSquaredError, 1e-6);
        Assert.Equal(expected.PerTarget[0].Mae, metrics.MeanAbsoluteError, 1e-6);
        Assert.Equal(expected.PerTarget[0].R2, metrics.RSquared, 1e-5);
    }

    [Fact]
    public void Cross_validation_permutation_and_prediction_engine_work()
    {
        IDataView data = Tables.Of(Tables.Slopes(40, 1, _ => 5), true);
        Assert.All(_context.Regression.CrossValidate(data, _trainer, 2, nameof(Row.Number)),
            fold => Assert.InRange(fold.Metrics.RootMeanSquaredError, 0, 1));
        using RecurrentNetworkTransformer model = _trainer.Fit(data);
        double[] rises = [.. _context.Regression.PermutationFeatureImportance(model, data, nameof(Row.Number), permutationCount: 2)
            .Select(slot => slot.RootMeanSquaredError.Mean)];
        Assert.Equal(4, Array.IndexOf(rises, rises.Max())); // the number is the first value plus the last, which has a slope

        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 5);
        using var engine = _context.Model.CreatePredictionEngine<Row, Prediction>(model, inputSchemaDefinition: schema);
        float[] values = [0, 0.2f, 0.4f, 0.6f, 0.8f];
        Assert.Equal(((SequenceRegressor)model.Model).Predict(new Sequence(values, 1))[0],
            engine.Predict(new Row { Features = values }).Score);
    }

    private static SequenceDataset WithTargets(SequenceDataset data) => new(data.Channels, [], data.Select(sequence =>
        new Sequence(sequence.Values, data.Channels).WithTargets(new[] { sequence.Values.Span[0] + sequence.Values.Span[^1] })),
        "numbers", [nameof(Row.Number)]);

    internal sealed class Prediction
    {
        public float Score { get; set; }
    }
}
