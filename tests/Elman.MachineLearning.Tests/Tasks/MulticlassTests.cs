using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tests.Tasks;

public sealed class MulticlassTests
{
    private static readonly MLContext _context = Tables.Context;

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void Scores_have_the_bits_of_the_classifier_and_metrics_are_its_figures(int channels, bool isFixed)
    {
        SequenceDataset train = Tables.Slopes(40, channels, i => isFixed ? 9 : 5 + (i % 7)),
            test = Tables.Slopes(33, channels, i => isFixed ? 9 : 4 + (i % 5), seed: 2);
        using var classifier = new SequenceClassifier(Tables.Small);
        classifier.Fit(train, cancellationToken: TestContext.Current.CancellationToken);
        Evaluation expected = classifier.Evaluate(test);
        float[][] probabilities = [.. test.Select(classifier.PredictProbabilities)];

        using TransformerChain<RecurrentNetworkTransformer> model = Tables.Classifier(channels).Fit(Tables.Of(train, isFixed));
        IDataView scored = model.Transform(Tables.Of(test, isFixed));
        Assert.Equal(probabilities, Tables.Scores(scored));
        Assert.Equal(classifier.ToBytes(), model.LastTransformer.Model.ToBytes());

        MulticlassClassificationMetrics metrics = _context.MulticlassClassification.Evaluate(scored);
        Assert.Equal(expected.Accuracy, metrics.MicroAccuracy, 1e-12);
        Assert.Equal(expected.BalancedAccuracy, metrics.MacroAccuracy, 1e-12);
        Assert.Equal(expected.LogLoss, metrics.LogLoss, 1e-9);
        Assert.InRange(metrics.MicroAccuracy, 0.6, 1);
    }

    [Fact]
    public void A_prediction_has_slot_names_key_values_and_the_annotations_by_which_it_is_found()
    {
        using TransformerChain<RecurrentNetworkTransformer> model = Tables.Classifier().Fit(Tables.Of(Tables.Slopes(20, 1, _ => 6), true));
        IDataView scored = model.Transform(Tables.Of(Tables.Slopes(4, 1, _ => 6), true));
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        Assert.Equal(["rise", "fall"], names.DenseValues().Select(name => name.ToString()));
        scored.Schema["PredictedLabel"].GetKeyValues(ref names);
        Assert.Equal(["rise", "fall"], names.DenseValues().Select(name => name.ToString()));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), scored.Schema["Score"].Type);
        foreach (string column in new[] { "Score", "PredictedLabel" })
        {
            ReadOnlyMemory<char> text = default;
            scored.Schema[column].Annotations.GetValue("ScoreColumnKind", ref text);
            Assert.Equal("MulticlassClassification", text.ToString());
            scored.Schema[column].Annotations.GetValue("ScoreValueKind", ref text);
            Assert.Equal(column, text.ToString());
            uint id = 0;
            scored.Schema[column].Annotations.GetValue("ScoreColumnSetId", ref id);
            Assert.Equal(1u, id);
        }
        IDataView named = _context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored);
        uint[] keys = Tables.Values<uint>(scored, "PredictedLabel");
        Assert.Equal(keys.Select(key => key == 1 ? "rise" : "fall"), Tables.Values<string>(named, "PredictedLabel"));
        Assert.Equal(Tables.Scores(scored).Select(row => row[0] >= row[1] ? 1u : 2u), keys);
    }

    [Fact]
    public void Cross_validation_evaluates_every_fold_and_repeats_itself()
    {
        IDataView data = Tables.Of(Tables.Slopes(48, 1, _ => 8), true);
        double[] first = LogLosses(), second = LogLosses();
        Assert.Equal(3, first.Length);
        Assert.Equal(first, second);
        Assert.All(first, loss => Assert.InRange(loss, 0, 0.6));

        double[] LogLosses() => [.. new MLContext(seed: 3).MulticlassClassification.CrossValidate(data, Tables.Classifier(), 3)
            .Select(fold => fold.Metrics.LogLoss)];
    }

    [Fact]
    public void Permutation_finds_the_steps_that_the_classes_depend_on()
    {
        using TransformerChain<RecurrentNetworkTransformer> model = Tables.Classifier(2)
            .Fit(Tables.Of(Tables.Slopes(60, 2, _ => 4), true));
        IDataView data = model.Transform(Tables.Of(Tables.Slopes(60, 2, _ => 4, seed: 2), true));

        var byTransformer = _context.MulticlassClassification.PermutationFeatureImportance(
            model.LastTransformer, data, permutationCount: 3);
        double[] rises = [.. byTransformer.Select(slot => slot.LogLoss.Mean)];
        Assert.Equal(8, rises.Length);
        Assert.True(rises[6] > 0.05 && rises[6] > 5 * Math.Abs(rises[7]), string.Join(" ", rises)); // the last step's slope and noise
    }

    [Fact]
    public void Permutation_takes_a_chain_of_transformers_and_names_slots()
    {
        var pipeline = _context.Transforms.Concatenate("Features", "First", "Second", "Third")
            .Append(_context.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_context.MulticlassClassification.Trainers.RecurrentNetwork(options: Tables.Small));
        IDataView data = _context.Data.LoadFromEnumerable(Tables.Slopes(30, 1, _ => 3).Select(sequence => new ThreeSteps
        {
            First = sequence.Values.Span[0],
            Second = sequence.Values.Span[1],
            Third = sequence.Values.Span[2],
            Label = sequence.Label == 0 ? "rise" : "fall",
        }).ToArray());
        using var model = pipeline.Fit(data);
        var importance = _context.MulticlassClassification.PermutationFeatureImportance((ITransformer)model, model.Transform(data));
        Assert.Equal(["First", "Second", "Third"], importance.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_prediction_engine_gives_the_same_answer_as_the_data()
    {
        using TransformerChain<RecurrentNetworkTransformer> model = Tables.Classifier().Fit(Tables.Of(Tables.Slopes(20, 1, _ => 6), true));
        SequenceDataset test = Tables.Slopes(5, 1, _ => 6, seed: 4);
        float[][] expected = Tables.Scores(model.Transform(Tables.Of(test, true)));
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 6);
        using PredictionEngine<Row, Prediction> engine = _context.Model.CreatePredictionEngine<Row, Prediction>(
            model, inputSchemaDefinition: schema);
        Assert.Equal(expected, test.Select(sequence => engine.Predict(new Row { Features = sequence.Values.ToArray() }).Score));
    }

    [Theory]
    [InlineData(DataKind.Byte)]
    [InlineData(DataKind.UInt16)]
    [InlineData(DataKind.UInt32)]
    [InlineData(DataKind.UInt64)]
    public void Keys_of_every_width_are_read(DataKind kind)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, Tables.Slopes(24, 1, _ => 4).Select(sequence =>
                FormattableString.Invariant($"{sequence.Label},{string.Join(',', sequence.Values.ToArray())}")));
            IDataView data = _context.Data.LoadFromTextFile(file,
                [new("Label", kind, [new(0)], new KeyCount(2)), new("Features", DataKind.Single, 1, 4)], separatorChar: ',');
            using RecurrentNetworkTransformer model = _context.MulticlassClassification.Trainers.RecurrentNetwork(options: Tables.Small)
                .Fit(data);
            Assert.Equal(["0", "1"], ((SequenceClassifier)model.Model).Classes);
            Assert.InRange(_context.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy, 0.5, 1);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_class_that_the_training_data_lack_keeps_its_place()
    {
        IDataView data = Tables.Of(Tables.Slopes(30, 1, _ => 5), true);
        IDataView keys = _context.Data.LoadFromEnumerable(new[] { "fall", "absent", "rise" }.Select(name => new { Label = name }));
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label", keyData: keys)
            .Append(_context.MulticlassClassification.Trainers.RecurrentNetwork(options: Tables.Small));
        using var model = pipeline.Fit(data);
        IDataView scored = model.Transform(data);
        Assert.All(Tables.Scores(scored), row => Assert.Equal(3, row.Length));
        Assert.InRange(_context.MulticlassClassification.Evaluate(scored).MicroAccuracy, 0.6, 1);
    }

    private sealed class ThreeSteps
    {
        public float First { get; set; }

        public float Second { get; set; }

        public float Third { get; set; }

        public string Label { get; set; } = "";
    }

    internal sealed class Prediction
    {
        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];
    }
}
