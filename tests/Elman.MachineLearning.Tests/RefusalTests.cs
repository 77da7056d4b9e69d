using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tests;

/// <summary>Data that are not suitable: the message says what is wrong, where, and what to do.</summary>
public sealed class RefusalTests
{
    private static readonly MLContext _context = Tables.Context;

    [Fact]
    public void A_label_that_is_no_key_is_refused_with_the_remedy()
    {
        IDataView data = Tables.Of(Tables.Slopes(4, 1, _ => 3), true);
        RecurrentNetworkTrainer trainer = _context.MulticlassClassification.Trainers.RecurrentNetwork(options: Tables.Small);
        const string Expected = "The label column 'Label' has the type String; it must be a key. Put "
            + "mlContext.Transforms.Conversion.MapValueToKey(\"Label\") before the trainer.";
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => trainer.Fit(data)).Message);
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(
            () => _context.Transforms.CopyColumns("Same", "Label").Append(trainer).Fit(data)).Message); // in a chain, from the shape
    }

    [Fact]
    public void Other_labels_of_a_wrong_type_are_refused()
    {
        IDataView data = Tables.Of(Tables.Slopes(4, 1, _ => 3), true);
        Assert.StartsWith("The label column 'Label' has the type String; it must be Boolean.", Message(() =>
            _context.BinaryClassification.Trainers.RecurrentNetwork(options: Tables.Small).Fit(data)), StringComparison.Ordinal);
        Assert.StartsWith("The label column 'IsFall' has the type Boolean; it must be a Single", Message(() =>
            _context.Regression.Trainers.RecurrentNetwork("IsFall", options: Tables.Small).Fit(data)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nothing", "The data have no feature column 'Nothing'; their columns are 'Features', 'Label', 'IsFall', 'Number'.")]
    [InlineData("Number", "The feature column 'Number' has the type Single; it must be a vector of Single, with one sequence in each row.")]
    [InlineData("Label", "The feature column 'Label' has the type String; it must be a vector of Single")]
    public void A_feature_column_that_is_missing_or_of_a_wrong_type_is_refused(string column, string message)
    {
        IDataView data = Tables.Of(Tables.Slopes(4, 1, _ => 3), true);
        RecurrentNetworkTrainer trainer = _context.BinaryClassification.Trainers
            .RecurrentNetwork("IsFall", column, options: Tables.Small);
        Assert.StartsWith(message, Message(() => trainer.Fit(data)), StringComparison.Ordinal);
        Assert.Contains($"'{column}'", Message(() => _context.Transforms.CopyColumns("Same", "Label").Append(trainer).Fit(data)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_vector_of_doubles_is_refused()
    {
        IDataView data = _context.Data.LoadFromEnumerable(new[] { new Doubles() });
        Assert.StartsWith("The feature column 'Features' has the type Vector<Double, 2>; it must be a vector of Single", Message(() =>
            _context.BinaryClassification.Trainers.RecurrentNetwork(options: Tables.Small).Fit(data)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_that_is_no_multiple_of_the_channels_is_refused_by_the_column_or_the_row()
    {
        RecurrentNetworkTrainer trainer = _context.BinaryClassification.Trainers
            .RecurrentNetwork("IsFall", channels: 2, options: Tables.Small);
        Assert.StartsWith("The feature column 'Features' has 7 values in each row, which is no multiple of 2 channels.", Message(
            () => trainer.Fit(Tables.Of(Tables.Slopes(4, 1, _ => 7), true))), StringComparison.Ordinal);
        Assert.Equal("Row 3 of the feature column 'Features' has 5 values, which is no multiple of 2 channels.", Message(
            () => trainer.Fit(Tables.Of(Tables.Slopes(4, 1, i => i == 2 ? 5 : 4), false))));
    }

    [Fact]
    public void An_empty_sequence_is_refused_in_training_and_in_prediction()
    {
        RecurrentNetworkTrainer trainer = _context.BinaryClassification.Trainers.RecurrentNetwork("IsFall", options: Tables.Small);
        IDataView holed = Tables.Of([new() { Features = [1, 2] }, new() { Features = [] }]);
        const string Expected = "Row 2 of the feature column 'Features' is empty; a sequence needs at least one step. Remove such rows.";
        Assert.Equal(Expected, Message(() => trainer.Fit(holed)));
        using RecurrentNetworkTransformer model = trainer.Fit(Tables.Of(Tables.Slopes(10, 1, _ => 4), false));
        Assert.Equal(Expected, Message(() => Tables.Values<float>(model.Transform(holed), "Score")));
    }

    [Fact]
    public void Data_without_rows_are_refused()
    {
        RecurrentNetworkTrainer trainer = _context.BinaryClassification.Trainers.RecurrentNetwork("IsFall", options: Tables.Small);
        IDataView data = Tables.Of(Tables.Slopes(10, 1, _ => 4), true);
        IDataView empty = Tables.Of([]);
        Assert.Equal("The training data have no rows.", Message(() => trainer.Fit(empty)));
        Assert.Equal("The validation data have no rows.", Message(() => trainer.Fit(data, empty)));
        using RecurrentNetworkTransformer model = trainer.Fit(data);
        Assert.Empty(Tables.Values<float>(model.Transform(empty), "Score"));
    }

    [Fact]
    public void A_missing_value_is_refused_by_row_or_treated_as_the_options_say()
    {
        SequenceDataset data = Tables.Slopes(10, 1, _ => 4);
        var holed = new SequenceDataset(1, data.ClassLabels, data.Select((sequence, i) =>
            i == 4 ? new Sequence(new[] { 1, float.NaN, 0, 1 }, 1, sequence.Label) : sequence));
        RecurrentNetworkTrainer trainer = _context.BinaryClassification.Trainers.RecurrentNetwork("IsFall", options: Tables.Small);
        Assert.Contains("Sequence 5 of 'Features'", Message(() => trainer.Fit(Tables.Of(holed, true))), StringComparison.Ordinal);
        using RecurrentNetworkTransformer refusing = trainer.Fit(Tables.Of(data, true));
        Assert.Contains("'Features, row 5'", Message(() =>
            Tables.Values<float>(refusing.Transform(Tables.Of(holed, true)), "Score")), StringComparison.Ordinal);

        TrainingOptions masked = Tables.Small with { Inputs = new() { Missing = MissingValues.Mask } };
        using var classifier = new SequenceClassifier(masked);
        classifier.Fit(holed, cancellationToken: TestContext.Current.CancellationToken);
        using RecurrentNetworkTransformer model = _context.BinaryClassification.Trainers
            .RecurrentNetwork("IsFall", options: masked).Fit(Tables.Of(holed, true));
        Assert.Equal(holed.Select(sequence => classifier.PredictProbabilities(sequence)[1]),
            Tables.Values<float>(model.Transform(Tables.Of(holed, true)), "Probability"));
    }

    [Fact]
    public void Missing_labels_are_refused_by_row_and_the_remedy_works()
    {
        IDataView data = Tables.Of(Tables.Slopes(12, 1, _ => 4), true);
        IDataView known = _context.Data.LoadFromEnumerable(new[] { new { Label = "rise" }, new { Label = "other" } });
        IDataView keyed = _context.Transforms.Conversion.MapValueToKey("Label", keyData: known).Fit(data).Transform(data);
        RecurrentNetworkTrainer trainer = _context.MulticlassClassification.Trainers.RecurrentNetwork(options: Tables.Small);
        Assert.Equal("Row 2 has no label (column 'Label'). Remove such rows, for example with "
            + "mlContext.Data.FilterRowsByMissingValues(data, \"Label\").", Message(() => trainer.Fit(keyed)));
        string only = Message(() => trainer.Fit(_context.Data.FilterRowsByMissingValues(keyed, "Label")));
        Assert.Contains("only the class 'rise'", only, StringComparison.Ordinal); // so the remedy has removed the others

        IDataView numbers = Tables.Of([new() { Features = [1, 2], Number = 1 }, new() { Features = [1, 2], Number = float.NaN }]);
        Assert.StartsWith("Row 2 has no label (column 'Number').", Message(() => _context.Regression.Trainers
            .RecurrentNetwork("Number", options: Tables.Small).Fit(numbers)), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_whose_keys_are_other_classes_are_refused_before_they_are_compared()
    {
        SequenceDataset train = Tables.Slopes(12, 1, _ => 4);
        IDataView data = Tables.Of(train, true), reversed = Tables.Of(train.Subset([1, 0, 3, 2]), true);
        using TransformerChain<RecurrentNetworkTransformer> model = Tables.Classifier().Fit(data);
        IDataView wrong = _context.Transforms.Conversion.MapValueToKey("Label").Fit(reversed).Transform(reversed);
        Assert.StartsWith("Key 1 of the label column 'Label' is 'fall'; in the training data it was 'rise'",
            Message(() => model.LastTransformer.Transform(wrong)), StringComparison.Ordinal);
        Assert.StartsWith("Key 1 of the label column 'Label' is 'fall'",
            Message(() => _context.MulticlassClassification.Trainers.RecurrentNetwork(options: Tables.Small)
                .Fit(_context.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data), wrong)), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_channels_and_options_are_checked_at_once()
    {
        var trainers = _context.BinaryClassification.Trainers;
        Assert.Throws<ArgumentException>("featureColumnName", () => trainers.RecurrentNetwork(featureColumnName: ""));
        Assert.Throws<ArgumentException>("labelColumnName", () => trainers.RecurrentNetwork(labelColumnName: ""));
        Assert.Throws<ArgumentException>("groupColumnName", () => trainers.RecurrentNetwork(groupColumnName: ""));
        Assert.Throws<ArgumentOutOfRangeException>("channels", () => trainers.RecurrentNetwork(channels: 0));
        Assert.Throws<ArgumentException>("options", () => trainers.RecurrentNetwork(options: new() { Epochs = 0 }));
        Assert.Equal("The feature column and the label column are both 'A'; they must differ.",
            Message(() => trainers.RecurrentNetwork("A", "A")));
        Assert.True(trainers.RecurrentNetwork().Options.IsAuto);
    }

    private static string Message(Func<object?> action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private sealed class Doubles
    {
        [VectorType(2)]
        public double[] Features { get; set; } = [1, 2];

        public bool Label { get; set; }
    }
}
