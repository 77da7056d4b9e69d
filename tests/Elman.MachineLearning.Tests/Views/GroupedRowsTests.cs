using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tests.Views;

public sealed class GroupedRowsTests
{
    private static readonly MLContext _context = Tables.Context;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rows_of_steps_give_the_model_and_the_figures_of_rows_of_sequences(int channels)
    {
        SequenceDataset train = Tables.Slopes(30, channels, i => 1 + (i % 9)),
            test = Tables.Slopes(17, channels, i => 1 + (i % 5), seed: 3);
        using TransformerChain<RecurrentNetworkTransformer> bySequences = Tables.Classifier(channels).Fit(Tables.Of(train, false)),
            bySteps = Tables.Classifier(group: "Key").Fit(Tables.StepsOf(train));
        IDataView one = bySequences.Transform(Tables.Of(test, false)), other = bySteps.Transform(Tables.StepsOf(test));
        Assert.Equal(Tables.Scores(one), Tables.Scores(other));
        Assert.Equal(_context.MulticlassClassification.Evaluate(one).LogLoss, _context.MulticlassClassification.Evaluate(other).LogLoss);
        Assert.False(((ITransformer)bySteps).IsRowToRowMapper);
    }

    [Fact]
    public void A_row_of_a_sequence_has_the_values_of_its_first_step_and_all_its_features()
    {
        SequenceDataset data = Tables.Slopes(8, 2, i => 1 + i);
        using TransformerChain<RecurrentNetworkTransformer> model = Tables.Classifier(group: "Key").Fit(Tables.StepsOf(data));
        IDataView scored = model.Transform(Tables.StepsOf(data));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"sequence {i}"), Tables.Values<string>(scored, "Key"));
        Assert.All(Tables.Values<float>(scored, "Time"), time => Assert.Equal(0, time));
        Assert.Equal(data.Select(sequence => sequence.Values.ToArray()), Tables.Scores(scored, "Features"));
        Assert.Equal(data.Select(sequence => (uint)sequence.Label + 1), Tables.Values<uint>(scored, "Label"));
        Assert.Null(scored.GetRowCount());
        Assert.Equal(8, scored.Preview(100).RowView.Length);
    }

    [Fact]
    public void Columns_can_be_read_in_any_selection()
    {
        IDataView steps = Tables.StepsOf(Tables.Slopes(6, 1, i => 2 + i));
        using TransformerChain<RecurrentNetworkTransformer> model = Tables.Classifier(group: "Key").Fit(steps);
        IDataView scored = model.Transform(steps);
        foreach (string[] names in new string[][] { [], ["Score"], ["Time"], ["Key", "PredictedLabel"], ["Features"] })
        {
            using DataViewRowCursor cursor = scored.GetRowCursor(names.Select(name => scored.Schema[name]));
            int rows = 0;
            for (; cursor.MoveNext(); rows++)
                Assert.Equal(rows, cursor.Position);
            Assert.Equal(6, rows);
            Assert.False(cursor.MoveNext());
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(scored.Schema["Number"]));
        }
    }

    [Fact]
    public void Cross_validation_keeps_sequences_whole()
    {
        IDataView steps = Tables.StepsOf(Tables.Slopes(40, 1, i => 3 + (i % 3)));
        var folds = _context.MulticlassClassification.CrossValidate(
            steps, Tables.Classifier(group: "Key"), 2, samplingKeyColumnName: "Key");
        string[] keys = [.. folds.SelectMany(fold => Tables.Values<string>(fold.ScoredHoldOutSet, "Key"))];
        Assert.Equal(40, keys.Length);
        Assert.Equal(40, keys.Distinct().Count());
    }

    [Fact]
    public void A_step_that_is_a_number_has_one_channel_with_the_name_of_the_column()
    {
        var rows = Enumerable.Range(0, 20).SelectMany(i => Enumerable.Range(0, 4).Select(t =>
            new { Key = (ulong)i + 1, Speed = i % 2 == 0 ? t : (float)-t, Label = i % 2 == 0 }));
        IDataView data = _context.Data.LoadFromEnumerable(rows.ToArray());
        using RecurrentNetworkTransformer model = _context.BinaryClassification.Trainers
            .RecurrentNetwork(featureColumnName: "Speed", groupColumnName: "Key", options: Tables.Small).Fit(data);
        Assert.Equal(["Speed"], model.Model.ChannelNames);
        Assert.Equal(1, _context.BinaryClassification.Evaluate(model.Transform(data)).Accuracy);
    }

    [Theory]
    [InlineData("a,a,b,a", "In row 4, the sequence 'a' of the group column 'Key' begins again")]
    [InlineData("a,a,,b", "Row 3 has no value in the group column 'Key'")]
    public void Keys_that_make_no_sequences_are_refused(string keys, string message)
    {
        IDataView data = _context.Data.LoadFromEnumerable(keys.Split(',').Select((key, i) =>
            new { Key = key, Features = (float)i, Label = key == "a" }).ToArray());
        ArgumentException e = Assert.Throws<ArgumentException>(() => _context.BinaryClassification.Trainers
            .RecurrentNetwork(groupColumnName: "Key", options: Tables.Small).Fit(data));
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_with_two_labels_is_refused()
    {
        IDataView data = _context.Data.LoadFromEnumerable(new[] { true, true, false, false }.Select((label, i) =>
            new { Key = i < 3 ? "a" : "b", Features = (float)i, Label = label }).ToArray());
        ArgumentException e = Assert.Throws<ArgumentException>(() => _context.BinaryClassification.Trainers
            .RecurrentNetwork(groupColumnName: "Key", options: Tables.Small).Fit(data));
        Assert.Equal("Row 3 has another label than the rows before it of the sequence 'a' (label column 'Label', group column 'Key'). All "
            + "rows of a sequence must have the same label.", e.Message);
    }

    [Fact]
    public void Channels_in_another_order_are_refused()
    {
        IDataView data = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 24).Select(i =>
            new { Key = i / 2, One = (float)(i % 5), Other = (float)-i, Label = i / 2 % 2 == 0 }).ToArray());
        IDataView right = Joined("One", "Other"), wrong = Joined("Other", "One");
        using RecurrentNetworkTransformer model = _context.BinaryClassification.Trainers
            .RecurrentNetwork(groupColumnName: "Key", options: Tables.Small).Fit(right);
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Transform(wrong));
        Assert.Equal("The feature column 'Features' has the channels 'Other', 'One'; in the training data they were 'One', 'Other'. "
            + "Concatenate the columns in the same order.", e.Message);

        IDataView Joined(params string[] columns) => _context.Transforms.Concatenate("Features", columns).Fit(data).Transform(data);
    }
}
