using System.Globalization;

namespace Elman.Data.Tests.JsonLines;

public class JsonLinesReaderTests
{
    private static SequenceDataset Read(string text, DataFileOptions? options = null) => Text.Read(text, ".jsonl", options);

    private static string Refuse(string text, DataFileOptions? options = null) => Text.Refuse(text, ".jsonl", options).Message;

    [Fact]
    public void Each_line_is_a_sequence()
    {
        SequenceDataset data = Read("\uFEFF{\"id\":\"a\",\"label\":\"walk\",\"group\":7,\"x\":[[1,2],[3,null]]}\r\n\n"
            + " { \"x\" : [ [5e0, -6.5] ] , \"label\" : \"run\", \"id\": 12 }");
        Assert.Equal(2, data.Channels);
        Assert.Equal([1, 2, 3, float.NaN], Text.Values(data[0]));
        Assert.Equal([5, -6.5f], Text.Values(data[1]));
        Assert.Equal(["a", "12"], data.Select(s => s.Id));
        Assert.Equal(["7", null], data.Select(s => s.Group));
        Assert.Equal(["run", "walk"], data.ClassLabels);
        Assert.Equal([1, 0], data.Select(s => s.Label));
        Assert.Empty(data.Warnings);
        Assert.Empty(data.ChannelNames);
    }

    [Fact]
    public void A_plain_list_is_one_channel()
    {
        SequenceDataset data = Read("{\"x\":[null,1,2],\"label\":null}\n{\"x\":[3],\"label\":10}\n{\"x\":[3],\"label\":9}\n");
        Assert.Equal([float.NaN, 1, 2], Text.Values(data[0]));
        Assert.Equal(["9", "10"], data.ClassLabels);
        Assert.Equal([Sequence.NoLabel, 1, 0], data.Select(s => s.Label));
    }

    [Fact]
    public void Named_channels_are_found_by_their_names()
    {
        const string Text = "{\"channels\":{\"ax\":[1,2],\"ay\":[3,4]}}\n{\"channels\":{\"ay\":[7],\"ax\":[5]}}\n";
        SequenceDataset data = Read(Text, new() { Labels = LabelKind.None });
        Assert.Equal(["ax", "ay"], data.ChannelNames);
        Assert.Equal([1, 3, 2, 4], Tests.Text.Values(data[0]));
        Assert.Equal([5, 7], Tests.Text.Values(data[1]));
        data = Read(Text, new() { Labels = LabelKind.None, KnownChannels = ["ay"] });
        Assert.Equal([3, 4], Tests.Text.Values(data[0]));
        Assert.StartsWith("Channel 'ax' is ignored", Assert.Single(data.Warnings), StringComparison.Ordinal);
        Assert.Contains("channel 'az' is missing, which the training data have",
            Refuse(Text, new() { KnownChannels = ["ay", "az"] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_classes_are_a_list()
    {
        SequenceDataset data = Read(
            "{\"x\":[1],\"label\":[\"b\",\"a\",\"b\"]}\n{\"x\":[1],\"label\":[]}\n{\"x\":[1]}\n{\"x\":[1],\"label\":\"b\"}\n",
            new() { Labels = LabelKind.Classes });
        Assert.Equal(["a", "b"], data.TargetNames);
        Assert.Equal([1, 1, 0, 0, float.NaN, float.NaN, 0, 1], data.SelectMany(s => s.Targets.ToArray()));
        Assert.Contains("has a '|'", Refuse("{\"x\":[1],\"label\":\"a|b\"}\n", new() { Labels = LabelKind.Classes }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_have_a_label_each()
    {
        SequenceDataset data = Read(
            "{\"label\":[\"b\",null],\"x\":[1,2]}\n{\"x\":[1],\"label\":[\"a\"]}\n{\"x\":[1]}\n", new() { Labels = LabelKind.Steps });
        Assert.Equal(["a", "b"], data.ClassLabels);
        Assert.Equal([1, -1, 0, -1], data.SelectMany(s => s.StepLabels.ToArray()));
    }

    [Theory]
    [InlineData("{\"x\":[1],\"targets\":{\"u\":1.5,\"v\":null}}\n{\"x\":[1],\"targets\":{\"v\":2,\"u\":3}}\n{\"x\":[1]}\n", "u,v")]
    [InlineData("{\"x\":[1],\"targets\":[1.5,null]}\n{\"x\":[1],\"targets\":[3,2]}\n{\"x\":[1],\"targets\":null}\n", "target1,target2")]
    public void Numbers_are_targets(string text, string names)
    {
        SequenceDataset data = Read(text, new() { Labels = LabelKind.Numbers });
        Assert.Equal(names, string.Join(',', data.TargetNames));
        Assert.Equal([1.5f, float.NaN, 3, 2, float.NaN, float.NaN], data.SelectMany(s => s.Targets.ToArray()));
    }

    [Fact]
    public void A_label_that_is_a_number_is_a_target()
    {
        SequenceDataset data = Read("{\"x\":[1],\"label\":1.5}\n{\"x\":[1],\"label\":null}\n", new() { Labels = LabelKind.Numbers });
        Assert.Equal(["label"], data.TargetNames);
        Assert.Equal([1.5f, float.NaN], data.SelectMany(s => s.Targets.ToArray()));
        Assert.Equal(["target"], Read("{\"x\":[1],\"targets\":2}\n", new() { Labels = LabelKind.Numbers }).TargetNames);
    }

    [Fact]
    public void What_is_skipped_is_reported_once()
    {
        SequenceDataset data = Read("{\"x\":[1],\"label\":\"a\",\"rate\":{\"hz\":[1]}}\n{\"x\":[1],\"label\":\"a\",\"targets\":[1]}\n"
            + "{\"x\":[1],\"label\":\"a\",\"rate\":2}\n");
        Assert.Equal(2, data.Warnings.Count);
        Assert.StartsWith("'rate' is ignored (first on line 1)", data.Warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("'targets' are ignored, because the task needs", data.Warnings[1], StringComparison.Ordinal);
        Assert.StartsWith("No line has a 'label'", Assert.Single(Read("{\"x\":[1]}\n").Warnings), StringComparison.Ordinal);
        string many = string.Concat(Enumerable.Range(0, 100).Select(i => $"{{\"x\":[1],\"label\":\"a\",\"m{i}\":0}}\n"));
        Assert.Equal(21, Read(many).Warnings.Count);
        Assert.Equal("80 more warnings of this kind: things that are ignored.", Read(many).Warnings[^1]);
    }

    [Fact]
    public void Without_needed_labels_none_is_wrong()
    {
        const string Text =
            "{\"x\":[1],\"label\":[1]}\n{\"x\":[1],\"label\":{}}\n{\"x\":[1],\"label\":\"\"}\n{\"x\":[1],\"label\":\"a\"}\n";
        Assert.Equal([-1, -1, -1, 0], Read(Text, new() { Labels = LabelKind.Any }).Select(s => s.Label));
        Assert.Empty(Read(Text, new() { Labels = LabelKind.None }).ClassLabels);
    }

    [Theory]
    [InlineData("[1,2]", 1, "the line is a list; each line must be an object")]
    [InlineData("{\"x\":[1]", 9, "this is not valid JSON")]
    [InlineData("{\"x\":[1]} x", 11, "this is not valid JSON")]
    [InlineData("{\"x\":[NaN]}", 7, "null for a missing value")]
    [InlineData("{\"x\":[1.]}", 9, "this is not valid JSON")]
    [InlineData("{\"x\":[1e39]}", 7, "outside the range")]
    [InlineData("{\"x\":[\"1\"]}", 7, "the text '1' differs from the values before in its kind")]
    [InlineData("{\"x\":[[1],2]}", 11, "step 2 is not a list and step 1 is one")]
    [InlineData("{\"x\":[[1],[2,3]]}", 15, "step 2 has 2 values and step 1 has 1")]
    [InlineData("{\"x\":[[]]}", 8, "step 1 has 0 values")]
    [InlineData("{\"x\":[]}", 6, "the sequence has no steps")]
    [InlineData("{\"x\":[[1,2]]}", 6, "2 channels, the first")]
    [InlineData("{\"x\":3}", 6, "'x' must be a list of steps, not 3")]
    [InlineData("{\"x\":[1],\"x\":[1]}", 10, "'x' is given twice")]
    [InlineData("{\"x\":[1],\"channels\":{\"a\":[1]}}", 10, "the line has two of")]
    [InlineData("{\"channels\":{\"a\":[1]}}", 13, "this line has 'channels' and lines before have 'x'")]
    [InlineData("{\"label\":\"a\"}", null, "the line has neither 'x' nor 'channels'")]
    [InlineData("{\"x\":[1],\"label\":[\"a\"]}", 18, "the label is a list")]
    [InlineData("{\"x\":[1],\"label\":{}}", 18, "a label must be a text or a number, not an object")]
    [InlineData("{\"x\":[1],\"label\":\" \"}", 18, "the label is empty")]
    [InlineData("{\"x\":[1],\"label\":\"\\ud800\"}", 18, "half of a surrogate pair")]
    [InlineData("{\"x\":[1],\"\\udc00\":1}", 10, "half of a surrogate pair")]
    [InlineData("{\"x\":[1],\"id\":[1]}", 15, "'id' must be a text or a number, not a list")]
    public void A_bad_line_is_refused_at_its_byte(string line, int? column, string says)
    {
        DataFileException e = Text.Refuse("{\"x\":[1],\"label\":\"a\"}\n" + line + "\n{\"x\":[1]}\n", ".jsonl");
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Equal(2, e.Line);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        if (column is { } place)
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $", line 2, byte {e.Column}: "), e.Message,
                StringComparison.Ordinal);
        Assert.Equal(column, e.Column);
    }

    [Theory]
    [InlineData("{\"channels\":{\"a\":[1],\"b\":[1,2]}}", "channel 'b' has 2 steps, the first channel of this line")]
    [InlineData("{\"channels\":{\"a\":[1],\"a\":[1]}}", "channel 'a' is given twice")]
    [InlineData("{\"channels\":{\"a\":[1]}}\n{\"channels\":{\"b\":[1]}}", "there is no channel 'b' in the first line")]
    [InlineData("{\"channels\":{\"a\":[1],\"b\":[1]}}\n{\"channels\":{\"b\":[1]}}", "channel 'a' is missing, which the first line has")]
    [InlineData("{\"channels\":{\"a\":1}}", "channel 'a' must be a list of values, not 1")]
    [InlineData("{\"channels\":{}}", "the sequence has no steps")]
    [InlineData("{\"channels\":[]}", "'channels' must be an object")]
    [InlineData("{\"x\":[1],\"label\":\"1\"}\n{\"x\":[1],\"label\":1.0}", "'1' and '1.0' are two spellings of the same number")]
    public void Lines_that_do_not_fit_are_refused(string text, string says) =>
        Assert.Contains(says, Refuse(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"x\":[1],\"label\":\"a\"}", LabelKind.Numbers, "the label is the text 'a', but numbers")]
    [InlineData("{\"x\":[1]}", LabelKind.Numbers, "no line has target numbers;")]
    [InlineData("{\"x\":[1],\"targets\":[]}", LabelKind.Numbers, "'targets' is empty")]
    [InlineData("{\"x\":[1],\"targets\":{}}", LabelKind.Numbers, "'targets' is empty")]
    [InlineData("{\"x\":[1],\"targets\":{\"a\":1,\"a\":2}}", LabelKind.Numbers, "target 'a' is given twice")]
    [InlineData("{\"x\":[1],\"targets\":{\"a\":1}}\n{\"x\":[1],\"targets\":{\"b\":1}}", LabelKind.Numbers,
        "there is no target 'b' on the lines before")]
    [InlineData("{\"x\":[1],\"targets\":{\"a\":1}}\n{\"x\":[1],\"targets\":{}}", LabelKind.Numbers, "target 'a' is missing")]
    [InlineData("{\"x\":[1],\"targets\":[1]}\n{\"x\":[1],\"targets\":[1,2]}", LabelKind.Numbers, "give all lines the same")]
    [InlineData("{\"x\":[1,2],\"label\":[\"a\"]}", LabelKind.Steps, "1 label for 2 steps")]
    [InlineData("{\"x\":[1],\"label\":\"a\"}", LabelKind.Steps, "but labels of steps are needed;")]
    [InlineData("{\"x\":[1],\"label\":[null]}", LabelKind.Classes, "a label in the list is null; remove it,")]
    public void Labels_of_another_kind_are_refused(string text, LabelKind kind, string says) =>
        Assert.Contains(says, Refuse(text, new() { Labels = kind }), StringComparison.Ordinal);

    [Fact]
    public void Many_channels_take_no_longer_than_they_are()
    {
        const int Count = 100_000;
        string line = "{\"channels\":{" + string.Join(
            ',', Enumerable.Range(0, Count).Select(c => $"\"c{c}\":[{c}]")) + "},\"label\":\"a\"}\n";
        SequenceDataset data = Read(line + line);
        Assert.Equal(Count, data.Channels);
        Assert.Equal(Count - 1, data[1].Values.Span[^1]);
    }
}
