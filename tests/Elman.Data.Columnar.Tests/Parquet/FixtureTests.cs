namespace Elman.Data.Columnar.Tests.Parquet;

/// <summary>Parquet files of another writer, the C++ code of Arrow, which is also used by pyarrow and pandas.</summary>
public class FixtureTests
{
    [Fact]
    public void A_table_in_long_form_is_read_by_the_rules_of_tables()
    {
        SequenceDataset data = Files.ReadFixture("long.parquet");
        Assert.Equal(["a", "b", "c"], data.Select(sequence => sequence.Id));
        Assert.Equal(["run", "walk"], data.ClassLabels);
        Assert.Equal([0, 1, 0], data.Select(sequence => sequence.Label));
        Assert.Equal(["ax", "ay", "on"], data.ChannelNames);
        Assert.Equal(new[] { 0.1f, 1.5f, 1, -0f, 2.5f, 0 }.Select(BitConverter.SingleToUInt32Bits),
            data[0].Values.ToArray().Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(new[] { 1e-45f, 3.5f, 1, 3.4e38f, float.NaN, 0 }, data[1].Values.ToArray());
        Assert.Equal(("time", true), (data.Columns!.Time, data.Columns.IsLong));
        Assert.Contains("'__index_level_0__') is ignored, because its name is that of a row counter",
            data.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("('n') is ignored, because it is a row counter", data.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_in_wide_form_is_read_by_the_rules_of_tables()
    {
        SequenceDataset data = Files.ReadFixture("wide.parquet");
        Assert.Equal(["0", "1"], data.ClassLabels);
        Assert.Equal([[1f, 2, 3], [4, 5, 6], [7, 8]], data.Select(sequence => sequence.Values.ToArray()));
        Assert.Equal([1, 0, 1], data.Select(sequence => sequence.Label));
    }

    [Fact]
    public void Lists_are_channels_and_a_row_is_a_sequence()
    {
        SequenceDataset data = Files.ReadFixture("nested.parquet");
        Assert.Equal(["p", "q", null], data.Select(sequence => sequence.Id));
        Assert.Equal(["g", "g", "h"], data.Select(sequence => sequence.Group));
        Assert.Equal(["up", "down", "up"], data.Select(sequence => data.ClassLabels[sequence.Label]));
        Assert.Equal(["ax", "ay"], data.ChannelNames);
        Assert.Equal([[1f, 10, 2, 20, float.NaN, 30], [4, 40], [5, 50, 6, 60]], data.Select(sequence => sequence.Values.ToArray()));
        Assert.Contains("Column 'age' is ignored, because", Assert.Single(data.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_lists_are_steps_where_they_are_more_and_what_is_said_where_it_is()
    {
        SequenceDataset data = Files.ReadFixture("steps.parquet");
        Assert.Equal([[1f, 2, 3, 4, 5, 6], [7, 8]], data.Select(sequence => sequence.Values.ToArray()));
        Assert.Equal(2, data.Channels);
        Assert.Contains("give --axes tc to confirm, or --axes ct", Assert.Single(data.Warnings), StringComparison.Ordinal);
        Assert.Empty(Files.ReadFixture("steps.parquet", new() { Axes = "tc" }).Warnings);
        Assert.Contains("1 channels, the first",
            Files.Refused(Files.Fixture("steps.parquet"), "parquet", new() { Axes = "nct" }), StringComparison.Ordinal);
    }
}
