namespace Elman.Onnx.Tests.Import;

/// <summary>What the end of a graph, and the options, make of its outputs.</summary>
public class TaskTests
{
    private readonly TestGraph _graph = new([-1, -1, 2]);

    [Fact]
    public void One_sigmoid_is_the_second_of_two_classes()
    {
        byte[] bytes = _graph.Bytes(_graph.Node("Sigmoid", [Scores(1)]));
        OnnxImport import = Oracle.Agrees(bytes, 2, new() { Names = ["no", "yes"] }, adapt: y => [1 - y[0], y[0]]);
        Assert.Equal(["no", "yes"], Assert.IsType<SequenceClassifier>(import.Model).Classes);
        Assert.Empty(import.Warnings);
    }

    [Fact]
    public void Several_sigmoids_are_independent_classes()
    {
        OnnxImport import = Oracle.Agrees(_graph.Bytes(_graph.Node("Sigmoid", [Scores(3)])), 2);
        Assert.Equal(["0", "1", "2"], Assert.IsType<SequenceClassifier>(import.Model).Classes);
    }

    [Fact]
    public void Numbers_are_a_regression_unless_they_are_said_to_be_scores()
    {
        byte[] bytes = _graph.Bytes(Scores(3));
        Assert.Contains("Task = Classify", Assert.Single(Oracle.Agrees(bytes, 2).Warnings), StringComparison.Ordinal);
        Assert.Empty(Oracle.Agrees(bytes, 2, new() { Task = OnnxTask.Regress }).Warnings);
        Oracle.Agrees(bytes, 2, new() { Task = OnnxTask.Classify }, adapt: Softmax);
        Oracle.Agrees(bytes, 2, new() { Task = OnnxTask.ClassifyMany }, adapt: y => [.. y.Select(s => 1 / (1 + MathF.Exp(-s)))]);
        Assert.Throws<ModelFileException>(() => Oracle.Agrees(bytes, 2, new() { Task = OnnxTask.Tag }));
    }

    [Fact]
    public void One_number_is_a_regression_without_a_warning()
    {
        byte[] bytes = _graph.Bytes(Scores(1));
        Assert.Empty(Oracle.Agrees(bytes, 2).Warnings);
        Oracle.Agrees(bytes, 2, new() { Task = OnnxTask.Classify }, adapt: y => [1 / (1 + MathF.Exp(y[0])), 1 / (1 + MathF.Exp(-y[0]))]);
    }

    [Fact]
    public void The_greatest_score_becomes_probabilities_with_a_warning()
    {
        string scores = Scores(3);
        OnnxImport import = OnnxFile.Load(new MemoryStream(_graph.Bytes(_graph.Node("ArgMax", [scores], ("axis", 1)), type: 7)));
        Assert.Contains("most probable class", Assert.Single(import.Warnings), StringComparison.Ordinal);
        Oracle.Agrees(_graph.Bytes(scores), 2, new() { Task = OnnxTask.Classify }, adapt: Softmax);
    }

    /// <summary>Before opset 13, softmax went over all axes from the first on, unless another is given.</summary>
    [Theory]
    [InlineData(11, null, false)]
    [InlineData(11, 2, true)]
    [InlineData(13, null, true)]
    public void The_axis_of_softmax_depends_on_the_version(int opset, int? axis, bool isImported)
    {
        var graph = new TestGraph([-1, -1, 2], opset);
        string y = graph.Layer("LSTM", graph.TimeFirst("x"), 2, 4)[0];
        y = opset < 13 ? graph.Node("Squeeze", [y], ("axes", new long[] { 1 })) : graph.Squeeze(y, 1);
        string scores = graph.Scores(graph.TimeFirst(y), 4);
        byte[] bytes = graph.Bytes(axis is { } given ? graph.Node("Softmax", [scores], ("axis", given)) : graph.Node("Softmax", [scores]));
        if (isImported)
            Assert.IsType<SequenceTagger>(Oracle.Agrees(bytes, 2).Model);
        else
            Assert.Contains("Softmax_", Assert.Throws<ModelFileException>(() => Oracle.Agrees(bytes, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_come_from_the_metadata_of_the_file()
    {
        string probabilities = _graph.Node("Softmax", [Scores(2)]);
        _graph.Model.MetadataProps.Add(new Protocol.StringStringEntryProto { Key = "classes", Value = """["left", "right"]""" });
        Assert.Equal(["left", "right"], ((SequenceClassifier)Oracle.Agrees(_graph.Bytes(probabilities), 2).Model).Classes);
        Assert.Throws<ArgumentException>(() => OnnxFile.Load(
            new MemoryStream(_graph.Bytes(probabilities)), new() { Names = ["a", "b", "c"] }));
    }

    [Fact]
    public void Names_that_do_not_fit_are_warned_about()
    {
        string probabilities = _graph.Node("Softmax", [Scores(2)]);
        _graph.Model.MetadataProps.Add(new Protocol.StringStringEntryProto { Key = "labels", Value = "a, b, c" });
        Assert.Contains("'labels'", Assert.Single(Oracle.Agrees(_graph.Bytes(probabilities), 2).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_imported_model_is_saved_and_streams()
    {
        byte[] bytes = _graph.Bytes(_graph.Node("Softmax", [Scores(3)]));
        OnnxImport import = Oracle.Agrees(bytes, 2);
        var classifier = (SequenceClassifier)import.Model;
        using SequenceClassifier again = SequenceClassifier.Load(classifier.ToBytes());
        float[] values = [1, 2, 3, 4, 5, 6];
        Assert.Equal(Oracle.Predict(classifier, values, 2), Oracle.Predict(again, values, 2));
        Assert.NotEmpty(again.Layers);
    }

    private static float[] Softmax(float[] scores)
    {
        double[] powers = [.. scores.Select(score => Math.Exp(score))];
        return [.. powers.Select(power => (float)(power / powers.Sum()))];
    }

    private string Scores(int count) =>
        _graph.Scores(_graph.Squeeze(_graph.Layer("LSTM", _graph.TimeFirst("x"), 2, 4)[1], 0), 4, count);
}
