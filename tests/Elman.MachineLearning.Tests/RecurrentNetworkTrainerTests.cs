using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tests;

public sealed class RecurrentNetworkTrainerTests
{
    private static readonly MLContext _context = Tables.Context;

    [Fact]
    public void Validation_data_and_progress_are_those_of_the_model()
    {
        SequenceDataset train = Tables.Slopes(30, 1, _ => 5), held = Tables.Slopes(20, 1, _ => 5, seed: 2);
        using var classifier = new SequenceClassifier(Tables.Small);
        classifier.Fit(train, held, cancellationToken: TestContext.Current.CancellationToken);
        var epochs = new Progresses();
        using RecurrentNetworkTransformer model = _context.BinaryClassification.Trainers.RecurrentNetwork("IsFall", options: Tables.Small)
            .Fit(Tables.Of(train, true), Tables.Of(held, true), epochs, TestContext.Current.CancellationToken);
        Assert.Equal(classifier.Summary!.ValidationLoss, model.Model.Summary!.ValidationLoss);
        Assert.Equal(held.Select(sequence => classifier.PredictProbabilities(sequence)[1]),
            Tables.Values<float>(model.Transform(Tables.Of(held, true)), "Probability"));
        Assert.True(epochs.Count > 0);
    }

    [Fact]
    public void The_log_of_the_context_has_the_end_of_training_and_its_warnings()
    {
        var context = new MLContext();
        var messages = new List<(string Kind, string Text)>();
        context.Log += (_, entry) =>
        {
            if (entry.Source == "RecurrentNetwork")
                messages.Add((entry.Kind.ToString(), entry.RawMessage));
        };
        IDataView data = Tables.Of(Tables.Slopes(40, 1, _ => 5), true);
        context.BinaryClassification.Trainers.RecurrentNetwork("IsFall", options: Tables.Small).Fit(data).Dispose();
        Assert.Contains(messages, message => message.Kind == "Info"
            && message.Text.StartsWith("Training ended: 40 sequences, 15 epochs, training loss 0.", StringComparison.Ordinal));
        Assert.DoesNotContain(messages, message => message.Kind == "Warning");

        TrainingOptions idle = Tables.Small with { LearningRate = 1e-9, Calibrate = false };
        context.BinaryClassification.Trainers.RecurrentNetwork("IsFall", options: idle).Fit(data).Dispose();
        Assert.Contains(messages, message => message.Kind == "Warning"
            && message.Text.StartsWith("The model has not learned", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cancelled_training_throws_before_it_begins()
    {
        RecurrentNetworkTrainer trainer = _context.BinaryClassification.Trainers.RecurrentNetwork("IsFall", options: Tables.Small);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            trainer.Fit(Tables.Of(Tables.Slopes(8, 1, _ => 3), true), null, null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Data_are_read_once_in_training_and_lazily_in_prediction()
    {
        var counter = new CountingRows(Tables.Slopes(12, 1, _ => 4));
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 4);
        IDataView data = _context.Data.LoadFromEnumerable(counter.Rows(), schema);
        using RecurrentNetworkTransformer model = _context.BinaryClassification.Trainers
            .RecurrentNetwork("IsFall", options: Tables.Small).Fit(data);
        Assert.Equal(12, counter.Count);
        IDataView scored = model.Transform(data);
        Assert.Equal(12, counter.Count);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        Assert.True(cursor.MoveNext());
        Assert.InRange(counter.Count, 13, 14);
    }

    [Fact]
    public void The_shape_of_the_outputs_before_training_is_that_after_it()
    {
        IDataView data = Tables.Of(Tables.Slopes(20, 1, _ => 4), true);
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.MulticlassClassification.Trainers.RecurrentNetwork(options: Tables.Small))
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel")) // finds the key values in the shape
            .Append(_context.Transforms.SelectColumns("PredictedLabel", "Score"));
        using var model = pipeline.Fit(data);
        IDataView scored = model.Transform(data);
        Assert.Equal(["PredictedLabel", "Score"], scored.Schema.Select(column => column.Name).Order(StringComparer.Ordinal));
        Assert.Subset(new HashSet<string> { "rise", "fall" }, Tables.Values<string>(scored, "PredictedLabel").ToHashSet());
    }

    [Fact]
    public void Several_threads_get_the_same_scores()
    {
        SequenceDataset data = Tables.Slopes(60, 1, i => 3 + (i % 6));
        using RecurrentNetworkTransformer model = _context.BinaryClassification.Trainers
            .RecurrentNetwork("IsFall", options: Tables.Small).Fit(Tables.Of(data, false));
        IDataView scored = model.Transform(Tables.Of(data, false));
        float[] expected = Tables.Values<float>(scored, "Score");
        float[][] found = new float[4][];
        Parallel.For(0, found.Length, i => found[i] = Tables.Values<float>(model.Transform(Tables.Of(data, false)), "Score"));
        Assert.All(found, scores => Assert.Equal(expected, scores));

        DataViewRowCursor[] cursors = scored.GetRowCursorSet([scored.Schema["Score"]], 3);
        var all = new System.Collections.Concurrent.ConcurrentDictionary<long, float>();
        Parallel.ForEach(cursors, cursor =>
        {
            ValueGetter<float> get = cursor.GetGetter<float>(scored.Schema["Score"]);
            float score = 0;
            while (cursor.MoveNext())
            {
                get(ref score);
                all[cursor.Position] = score;
            }
            cursor.Dispose();
        });
        Assert.Equal(expected.Order(), all.Values.Order());
    }

    [Fact]
    public void A_getter_of_a_wrong_type_is_refused()
    {
        IDataView data = Tables.Of(Tables.Slopes(10, 1, _ => 4), true);
        using RecurrentNetworkTransformer model = _context.BinaryClassification.Trainers
            .RecurrentNetwork("IsFall", options: Tables.Small).Fit(data);
        IDataView scored = model.Transform(data);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        Assert.Equal("The column 'Score' has values of System.Single; the getter asks for System.Double.",
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(scored.Schema["Score"])).Message);
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(scored.Schema["Number"]));
    }

    private sealed class Progresses : IProgress<TrainingProgress>
    {
        public int Count { get; private set; }

        public void Report(TrainingProgress value) => Count++;
    }

    private sealed class CountingRows(SequenceDataset data)
    {
        public int Count { get; private set; }

        public IEnumerable<Row> Rows()
        {
            foreach (Sequence sequence in data)
            {
                Count++;
                yield return new() { Features = sequence.Values.ToArray(), IsFall = sequence.Label == 1 };
            }
        }
    }
}
