namespace Elman.Data.Tests.Writing;

public sealed class WritingNotesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elman").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly SequenceDataset _data = new(1, ["b", "a"], [
        new Sequence(new float[2], 1, 0) { Id = "p", Group = "g" }, new Sequence(new float[2], 1, 1) { Id = "q" }])
    {
        ChannelNames = ["ax"],
        Columns = new TableColumns { IsLong = true, Time = "when" },
    };

    private string[] Notes(SequenceDataset data, string format) => [.. DataFile.Write(Path.Combine(_folder, "d" + format), data)];

    private string Refusal(SequenceDataset data, string format) =>
        Assert.Throws<ArgumentException>(() => Notes(data, format)).Message;

    [Theory]
    [InlineData(".ts", "The times of the steps, in the column 'when',", "The ids of the sequences, such as 'p',",
        "The groups of the sequences",
        "The names of the channels, ax,")]
    [InlineData(".arff.gz", "The times of the steps", "The names of the channels, ax,")]
    [InlineData(".jsonl", "The times of the steps", "The order of the classes")]
    [InlineData(".csv", "The times of the steps", "The groups are in the column 'group'; read the file with --group-column group.",
        "Sequences without a group are one group", "The order of the classes")]
    public void Losses_of_writing_are_reported(string format, params string[] says)
    {
        string[] notes = Notes(_data, format);
        Assert.Equal(says.Length, notes.Length);
        Assert.All(notes.Zip(says), pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public void Lossless_writing_reports_nothing()
    {
        var data = new SequenceDataset(1, ["a", "b"], [new Sequence(new float[2], 1, 0), new Sequence(new float[2], 1, 1)]);
        foreach (string format in (string[])[".ts", ".csv", ".tsv", ".arff", ".jsonl", ".ndjson"])
            Assert.Empty(Notes(data, format));
    }

    [Fact]
    public void Ids_that_are_alike_become_numbers_in_a_table()
    {
        var data = new SequenceDataset(1, ["a"], [
            new Sequence(new float[2], 1, 0) { Id = "p" }, new Sequence(new float[2], 1, 0) { Id = "p" }]);
        Assert.Contains("because some are missing, duplicate or blank; numbers are", Assert.Single(Notes(data, ".csv")),
            StringComparison.Ordinal);
        Assert.Equal(2, DataFile.Read(Path.Combine(_folder, "d.csv"), cancellationToken: TestContext.Current.CancellationToken).Count);
    }

    [Fact]
    public void Options_that_a_reader_needs_are_reported()
    {
        var numbers = new SequenceDataset(1, [], [new Sequence(new float[2], 1).WithTargets(new float[2])], targetNames: ["u", "v"]);
        Assert.Contains("--label-column u,v", Assert.Single(Notes(numbers, ".csv")), StringComparison.Ordinal);
        var single = new SequenceDataset(1, [], [new Sequence(new float[1], 1), new Sequence(new float[1], 1)]);
        Assert.Contains("--label-column none", Notes(single, ".csv")[0], StringComparison.Ordinal);
        Assert.Contains("--layout long", Notes(single, ".csv")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_format_can_not_hold_is_refused()
    {
        var steps = new SequenceDataset(1, ["a"], [new Sequence(new float[1], 1).WithStepLabels(new int[1])]);
        var sets = new SequenceDataset(1, ["a"], [new Sequence(new float[1], 1).WithTargets(new float[1])]);
        foreach (string format in (string[])[".ts", ".arff"])
        {
            Assert.Contains("has labels of steps, which", Refusal(steps, format), StringComparison.Ordinal);
            Assert.Contains("has several classes of one sequence, which", Refusal(sets, format), StringComparison.Ordinal);
        }
        Assert.Contains("has 2 targets", Refusal(
            new SequenceDataset(1, [], [new Sequence(new float[1], 1).WithTargets(new float[2])], targetNames: ["u", "v"]), ".ts"),
            StringComparison.Ordinal);
        var infinite = new SequenceDataset(2, [], [new Sequence(new[] { 0, float.NegativeInfinity }, 2)]);
        foreach (string format in (string[])[".ts", ".arff", ".csv", ".jsonl"])
        {
            Assert.Contains("Step 1, channel 2 of sequence 1", Refusal(infinite, format), StringComparison.Ordinal);
            Assert.Contains("has no sequences", Refusal(new SequenceDataset(1, [], []), format), StringComparison.Ordinal);
        }
        Assert.Contains("'.txt' can't be written", Refusal(_data, ".txt"), StringComparison.Ordinal);
        Assert.Equal([], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("?", "x", "would be read as something else")]
    [InlineData("na", "x", "would be read as something else")]
    [InlineData(" a", "x", "would be read as something else")]
    [InlineData("a", "time", "has the name of a table column without")]
    [InlineData("a", "label", "Two columns")]
    [InlineData("a", "subject", "has the name of a table column without")]
    public void Names_that_a_table_would_change_are_refused(string label, string channel, string says)
    {
        var data = new SequenceDataset(1, [label], [new Sequence(new float[1], 1, 0)]) { ChannelNames = [channel] };
        Assert.Contains(says, Refusal(data, ".csv"), StringComparison.Ordinal);
    }
}
