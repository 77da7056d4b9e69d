namespace Elman.Data.Tests.Delimited;

/// <summary>Columns in long form that count rows are not values.</summary>
public sealed class RowCountersTests
{
    [Theory]
    [InlineData("index", 5, 0)]
    [InlineData("Row_Number", 6, 1)]
    [InlineData("#", 5, 1)]
    [InlineData("q", 20, 0)]
    [InlineData("q", 21, 1)]
    public void A_column_that_counts_all_rows_is_ignored_and_reported(string name, int rows, int start)
    {
        SequenceDataset data = Read(name, rows, row => $"{start + row}");
        Assert.Equal(["x"], data.ChannelNames);
        Assert.Equal(Enumerable.Range(0, rows).Select(Value), data.SelectMany(Text.Values));
        string warning = Assert.Single(data.Warnings);
        Assert.StartsWith($"Column 2 ('{name}') is ignored, because it is a row counter, {start}, {start + 1}, {start + 2}, "
            + $"…; list it in --channels", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q", 19, 0, 1)] // few rows, and the name does not say it
    [InlineData("index", 3, 0, 1)]
    [InlineData("index", 30, 2, 1)]
    [InlineData("index", 30, 0, 2)]
    [InlineData("index", 30, 30, -1)]
    public void Other_columns_are_channels(string name, int rows, int start, int step)
    {
        SequenceDataset data = Read(name, rows, row => $"{start + (step * row)}");
        Assert.Equal([name, "x"], data.ChannelNames);
        Assert.Empty(data.Warnings);
    }

    [Theory]
    [InlineData("?")]
    [InlineData("12.5")]
    [InlineData("11")]
    public void One_value_that_does_not_count_makes_a_channel(string value) =>
        Assert.Equal(2, Read("index", 30, row => row == 12 ? value : $"{row}").Channels);

    [Fact]
    public void A_channel_that_is_chosen_is_one()
    {
        SequenceDataset data = Read("index", 30, row => $"{row}", new() { Channels = "index,x" });
        Assert.Equal(["index", "x"], data.ChannelNames);
        Assert.Empty(data.Warnings);
        data = Read("index", 30, row => $"{row}", new() { KnownChannels = ["index", "x"] });
        Assert.Equal(["index", "x"], data.ChannelNames);
    }

    [Fact]
    public void A_file_of_nothing_but_row_numbers_is_refused()
    {
        string text = "id,label,index\n" + string.Concat(Enumerable.Range(0, 30).Select(row => $"s{row / 2},a,{row}\n"));
        Text.AssertPlace(Text.Refuse(text, ".csv"), null, null,
            "field 3 ('index') is a row counter, 0, 1, 2, …, and no other column remains for values; list it in --channels");
    }

    [Fact]
    public void Rows_that_stand_apart_and_are_ordered_by_time_lose_the_same_column()
    {
        string text = "id,time,index,x,y\n"
            + string.Concat(Enumerable.Range(0, 24).Select(row => $"s{row % 2},{50 - row},{row},{row}.5,-{row}\n"));
        SequenceDataset data = Text.Read(text, ".csv", new() { Labels = LabelKind.None });
        Assert.Equal(["x", "y"], data.ChannelNames);
        Assert.Equal([22.5f, -22, 20.5f, -20], Text.Values(data[0])[..4]);
        Assert.Equal([23.5f, -23, 21.5f, -21], Text.Values(data[1])[..4]);
    }

    [Theory]
    [InlineData("index", 2, 0, "name it as the time column (--time-column)")]
    [InlineData("q", 10, 1, "name it as the time column (--time-column)")]
    public void A_column_that_counts_the_steps_of_each_sequence_is_reported(string name, int sequences, int start, string way)
    {
        SequenceDataset data = Read(name, 4 * sequences, row => $"{start + (row % 4)}");
        Assert.Equal([name, "x"], data.ChannelNames);
        Assert.Contains(way, Assert.Single(data.Warnings), StringComparison.Ordinal);
        Assert.Empty(Read(name, 4 * sequences, row => $"{start + (row % 4)}", new() { TimeColumn = name }).Warnings);
    }

    private static float Value(int row) => (row * row % 7) - 0.5f;

    /// <summary>Reads sequences of four steps.</summary>
    private static SequenceDataset Read(string name, int rows, Func<int, string> counter, DataFileOptions? options = null) => Text.Read(
        $"id,{name},x,label\n" + string.Concat(Enumerable.Range(0, rows).Select(
            row => FormattableString.Invariant($"s{row / 4},{counter(row)},{Value(row)},a\n"))), ".csv", options);
}
