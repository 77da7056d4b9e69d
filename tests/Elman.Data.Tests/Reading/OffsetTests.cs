using System.Text;

namespace Elman.Data.Tests.Reading;

/// <summary>An offset is subtracted from values that 32-bit floats can't distinguish.</summary>
public sealed class OffsetTests
{
    [Theory]
    [InlineData(".csv", "id,t,x,label\na,1,5800000.0,u\na,2,5800000.1,u\nb,1,5800000.2,v\nb,2,5800000.3,v\n")]
    [InlineData(".csv", "5800000.0,5800000.1,u\n5800000.2,5800000.3,v\n")]
    [InlineData(".ts", "@univariate true\n@classLabel true u v\n@data\n5800000.0,5800000.1:u\n5800000.2,5800000.3:v\n")]
    [InlineData(".ts", "@timeStamps true\n@univariate true\n@classLabel true u v\n@data\n(0,5800000.0),(1,5800000.1):u\n"
        + "(0,5800000.2),(1,5800000.3):v\n")]
    [InlineData(".arff", "@relation r\n@attribute a1 numeric\n@attribute a2 numeric\n@attribute class {u,v}\n@data\n"
        + "5800000.0,5800000.1,u\n5800000.2,5800000.3,v\n")]
    [InlineData(".jsonl", "{\"label\":\"u\",\"x\":[5800000.0,5800000.1]}\n{\"label\":\"v\",\"x\":[5800000.2,5800000.3]}\n")]
    [InlineData(".jsonl", "{\"label\":\"u\",\"channels\":{\"n\":[5800000.0,5800000.1]}}\n"
        + "{\"label\":\"v\",\"channels\":{\"n\":[5800000.2,5800000.3]}}\n")]
    public void Values_of_every_format_keep_what_distinguishes_them(string format, string text)
    {
        SequenceDataset data = Text.Read(text, format);
        Assert.Equal([5800000], data.Offsets.Channels);
        Assert.Empty(data.Warnings);
        string[] expected = ["5800000", "5800000.1", "5800000.2", "5800000.3"];
        Assert.Equal(expected, data.SelectMany(sequence => Text.Values(sequence)).Select(value => ValueOffsets.Format(value, 5800000)));
        Assert.Equal(["u", "v"], data.Select((_, i) => Text.LabelOf(data, i)));
    }

    [Theory]
    [InlineData(".csv", "id,t,x,y\na,1,1,1700000000001\na,2,2,1700000000001\nb,1,3,1700000000009\nb,2,4,1700000000009\n")]
    [InlineData(".csv", "x1,x2,y\n1,2,1700000000001\n3,4,1700000000009\n")]
    [InlineData(".ts", "@univariate true\n@targetLabel true\n@data\n1,2:1700000000001\n3,4:1700000000009\n")]
    [InlineData(".arff", "@relation r\n@attribute a1 numeric\n@attribute a2 numeric\n@attribute y numeric\n@data\n"
        + "1,2,1700000000001\n3,4,1700000000009\n")]
    [InlineData(".jsonl", "{\"targets\":{\"y\":1700000000001},\"x\":[1,2]}\n{\"targets\":{\"y\":1700000000009},\"x\":[3,4]}\n")]
    [InlineData(".jsonl", "{\"targets\":[1700000000001],\"x\":[1,2]}\n{\"targets\":[1700000000009],\"x\":[3,4]}\n")]
    [InlineData(".jsonl", "{\"label\":1700000000001,\"x\":[1,2]}\n{\"label\":1700000000009,\"x\":[3,4]}\n")]
    public void So_do_targets(string format, string text)
    {
        DataFileOptions options = new() { Labels = LabelKind.Numbers, LabelColumn = format is ".csv" or ".arff" ? "y" : null };
        SequenceDataset data = Text.Read(text, format, options);
        string target = Assert.Single(data.TargetNames);
        Assert.Equal(1700000000001, data.Offsets.OfTarget(target));
        Assert.Empty(data.Offsets.Channels);
        Assert.Equal([0, 8], data.Select(sequence => sequence.Targets.Span[0]));
        Assert.Empty(data.Warnings);
    }

    [Theory]
    [InlineData("id,t,x,east,label\na,1,0.5,5800000.0,u\na,2,0.25,5800000.1,u\nb,1,0.1,5800000.2,v\nb,2,7,5800000.3,v\n", 1)]
    [InlineData("id,t,east,x,label\na,1,5800000.0,0.5,u\na,2,5800000.1,0.25,u\nb,1,5800000.2,0.1,v\nb,2,5800000.3,7,v\n", 0)]
    public void Other_channels_are_unchanged(string text, int channel)
    {
        SequenceDataset data = Text.Read(text, ".csv");
        Assert.Equal(channel == 0 ? [5800000, 0] : [0, 5800000], data.Offsets.Channels);
        Assert.Equal([0.5f, 0.25f, 0.1f, 7], data.SelectMany(sequence => Text.Values(sequence)).Where((_, i) => i % 2 == 1 - channel));
    }

    [Fact]
    public void A_column_of_times_that_grow_by_one_does_not_become_one_that_counts_rows()
    {
        string rows = string.Concat(Enumerable.Range(0, 24).Select(i => $"{i / 4},{1700000000 + i},{i % 3},u\n"));
        SequenceDataset data = Text.Read("id,clock,x,label\n" + rows, ".csv");
        Assert.Equal(["clock", "x"], data.ChannelNames);
        Assert.Equal([1700000000, 0], data.Offsets.Channels);
        SequenceDataset wide = Text.Read(string.Concat(Enumerable.Range(0, 6).Select(i => $"{1700000000 + i},{1700000002 + (i % 2)},u\n")),
            ".csv");
        Assert.Equal(12, wide.TotalSteps);
    }

    [Fact]
    public void Where_a_file_is_read_once_it_is_reported_what_is_lost()
    {
        using var stream = new OnceStream(Encoding.UTF8.GetBytes("id,x,label\na,5800000.0,u\na,5800000.1,u\na,5800000.2,u\n"));
        SequenceDataset data = DataFile.Read(stream, ".csv", cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(data.Offsets.IsNone);
        Assert.Equal("The values of field 2 ('x') lie between 5800000 and 5800000.2, but 32-bit floats represent them only to within "
            + "2E-1; subtract 5800000 from all.", Assert.Single(data.Warnings));
    }

    [Fact]
    public void Offsets_that_are_given_are_used_as_they_are()
    {
        DataFileOptions like = new() { Offsets = new ValueOffsets([5799999, 0]), KnownChannels = ["north", "x"] };
        SequenceDataset data = Text.Read("id,x,north,label\na,1,5800000.1,u\na,2,5800000.1,u\n", ".csv", like);
        Assert.Equal(["north", "x"], data.ChannelNames);
        Assert.Equal([5799999, 0], data.Offsets.Channels);
        Assert.Equal([(float)1.1, 1, (float)1.1, 2], Text.Values(data[0]), (a, b) => Math.Abs(a - b) < 1e-6);
        using var stream = new OnceStream(Encoding.UTF8.GetBytes("id,north,x,label\na,5800000.1,1,u\na,5800000.2,1,u\n"));
        SequenceDataset streamed = DataFile.Read(stream, ".csv", options: like, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(streamed.Warnings);
        Assert.Equal([5799999, 0], streamed.Offsets.Channels);
    }

    [Fact]
    public void Steps_that_are_small_beside_the_span_are_kept_too()
    {
        string rows = string.Concat(Enumerable.Range(0, 14_400).Select(t => $"a,{1700000000 + (60 * t)},u\n"));
        SequenceDataset data = Text.Read("id,x,label\n" + rows, ".csv");
        Assert.Equal([1700000000], data.Offsets.Channels);
        Assert.Equal(Enumerable.Range(0, 14_400).Select(t => 60f * t), Text.Values(data[0]));
    }

    [Theory]
    [InlineData("0", "; correct wrong values, and write '?' for missing ones.")]
    [InlineData("9007199254750993", "they have more digits than 64-bit floats can hold;")]
    public void What_no_offset_helps_is_reported(string first, string says)
    {
        bool isLarge = first.Length > 1;
        string rows = string.Concat(Enumerable.Range(0, 50).Select(t => $"a,{(isLarge ? 9007199254750993 : 1700000000) + t},u\n"));
        SequenceDataset data = Text.Read($"id,x,label\na,{first},u\n{rows}", ".csv");
        Assert.True(data.Offsets.IsNone);
        Assert.Contains(says, Assert.Single(data.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_that_an_offset_does_not_save_are_not_taken_for_values_far_from_those_of_the_training_data()
    {
        string rows = string.Concat(Enumerable.Range(0, 300).Select(t =>
            $"a,{5800000 + t},u\na,{(t == 0 ? "5800250.100000001" : $"{5800000 + t}.5")},u\n"));
        SequenceDataset data = Text.Read("id,x,label\n" + rows + "a,5800250.100000002,u\na,5800250.100000004,u\n", ".csv");
        Assert.Equal([5800000], data.Offsets.Channels);
        Assert.Empty(data.Warnings);
    }

    [Fact]
    public void Offsets_of_channels_without_names_go_by_places_among_those_that_are_left()
    {
        string rows = string.Concat(Enumerable.Range(0, 24).Select(i => $"{i},{i / 4},{i % 3},{1700000000 + (i % 5)},u\n"));
        DataFileOptions like = new() { Offsets = new ValueOffsets([0, 1700000000]) };
        SequenceDataset data = Text.Read("n,id,x,x,label\n" + rows, ".csv", like);
        Assert.Equal([0, 1700000000], data.Offsets.Channels);
        Assert.Equal([0, 0, 1, 1, 2, 2, 0, 3], Text.Values(data[0]));
        using var stream = new OnceStream(Encoding.UTF8.GetBytes("n,id,x,x,label\n" + rows));
        Assert.Contains("must be read twice;", Assert.Throws<DataFileException>(() =>
            DataFile.Read(stream, ".csv", options: like, cancellationToken: TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Values_far_from_those_of_the_training_data_are_reported()
    {
        SequenceDataset data = Text.Read("5.1,5.2,u\n5.3,5.4,v\n", ".csv", new() { Offsets = new ValueOffsets([1700000000]) });
        Assert.Contains("1700000000 is subtracted from them, as from the training data, but they are far from",
            Assert.Single(data.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_always_the_same_is_not_rounded_away_either()
    {
        SequenceDataset data = Text.Read("1700000001,1700000001,u\n1700000001,1700000001,v\n", ".csv");
        Assert.Equal([1700000001], data.Offsets.Channels);
        Assert.Equal([0, 0], Text.Values(data[1]));
    }

    [Fact]
    public void Values_beyond_whole_doubles_are_reported()
    {
        SequenceDataset data = Text.Read("1e20,1.0000001e20,u\n1e20,1.00000005e20,v\n", ".csv");
        Assert.True(data.Offsets.IsNone);
        Assert.Contains("32-bit floats represent them only to", Assert.Single(data.Warnings), StringComparison.Ordinal);
    }

    /// <summary>Bytes that can't be read twice, like a pipe.</summary>
    private sealed class OnceStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
