namespace Elman.Data.Tests.Reading;

public sealed class OptionUseTests
{
    private const string Ts = "@classLabel true a b\n@data\n1,2:a\n3,4:b\n", Json = "{\"label\":\"a\",\"x\":[1,2]}\n",
        Arff = "@relation r\n@attribute x1 numeric\n@attribute x2 numeric\n@attribute c {a,b}\n@data\n1,2,a\n3,4,b\n";

    [Theory]
    [InlineData(".ts", Ts, "--layout, --label-column, --id-column, --time-column, --group-column, --channels, --header, --delimiter, "
        + "--axes have no effect on .ts files")]
    [InlineData(".jsonl", Json, "--layout, --label-column, --id-column, --time-column, --group-column, --channels, --header, --delimiter, "
        + "--axes have no effect on .jsonl files")]
    public void Options_that_a_format_does_not_look_at_are_reported(string format, string text, string says) =>
        Assert.StartsWith(says, Assert.Single(Text.Read(text, format, new()
        {
            Format = DelimitedForm.Long,
            LabelColumn = "kind",
            IdColumn = "1",
            TimeColumn = "2",
            GroupColumn = "3",
            Channels = "1",
            HasHeader = true,
            Delimiter = ';',
            Axes = "nt",
        }).Warnings), StringComparison.Ordinal);

    [Fact]
    public void Options_that_it_looks_at_are_not() =>
        Assert.Equal("--header has no effect on .arff files; leave it out.",
            Assert.Single(Text.Read(Arff, ".arff", new() { LabelColumn = "c", Channels = "2", HasHeader = true }).Warnings));

    [Theory]
    [InlineData(".ts", Ts)]
    [InlineData(".jsonl", Json)]
    [InlineData(".arff", Arff)]
    public void Without_options_there_is_nothing_to_tell(string format, string text) => Assert.Empty(Text.Read(text, format).Warnings);
}
