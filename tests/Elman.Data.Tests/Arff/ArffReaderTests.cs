using System.Globalization;

namespace Elman.Data.Tests.Arff;

public class ArffReaderTests
{
    private const string Header = "@relation r\n@attribute att0 numeric\n@attribute att1 numeric\n@attribute target {b,a}\n@data\n";
    private const string Relational = "@relation r\n@attribute rel relational\n@attribute t0 numeric\n@attribute t1 numeric\n"
        + "@attribute t2 numeric\n@end rel\n@attribute class {walk,run}\n@data\n";

    private static SequenceDataset Read(string text, DataFileOptions? options = null) => Text.Read(text, ".arff", options);

    private static string Refuse(string text, DataFileOptions? options = null) => Text.Refuse(text, ".arff", options).Message;

    [Fact]
    public void Each_row_is_a_sequence_and_classes_keep_the_declared_order()
    {
        SequenceDataset data = Read(Header + "1,2,a\n-3.5,4e-2,b\n");
        Assert.Equal(["b", "a"], data.ClassLabels);
        Assert.Equal([1, 0], data.Select(s => s.Label));
        Assert.Equal([-3.5f, 0.04f], Text.Values(data[1]));
        Assert.Empty(data.Warnings);
    }

    [Fact]
    public void Lines_of_a_relational_attribute_are_channels()
    {
        SequenceDataset data = Read(Relational + "'1,2,3\\n4,5,?',run\n\"7,8,9\\n10,11,12\",walk\n");
        Assert.Equal(2, data.Channels);
        Assert.Equal([1, 4, 2, 5, 3, float.NaN], Text.Values(data[0]));
        Assert.Equal([1, 0], data.Select(s => s.Label));
        Assert.Empty(data.Warnings);
    }

    [Fact]
    public void Shorter_lines_are_shorter_sequences() =>
        Assert.Equal([2, 3], Read(Relational + "'1,2\\n4,5',run\n'7,8,9\\n1,2,3',walk\n").Select(s => s.Steps));

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_ends_comments_blanks_quotes_and_case_are_understood(string end)
    {
        SequenceDataset data = Read((
            "\uFEFF% made by hand\n@RELATION 'my data'\n\n  @Attribute 'att 0' REAL % first\n@attribute \"att1\" Integer\n"
            + "@ATTRIBUTE Class { 'big\\'s one', \"two words\" , ü }\n@DATA % rows\n% none\n 1 , 2 ,\t'two words'\n3 4 'big\\'s one' % "
            + "blanks\n5,6,ü").Replace("\n", end, StringComparison.Ordinal));
        Assert.Equal(["big's one", "two words", "ü"], data.ClassLabels);
        Assert.Equal([1, 0, 2], data.Select(s => s.Label));
        Assert.Equal([3, 4], Text.Values(data[1]));
    }

    [Fact]
    public void Question_marks_are_missing_values_and_labels()
    {
        SequenceDataset data = Read(Header + "?,2,?\n3,?,a\n");
        Assert.Equal([float.NaN, 2, 3, float.NaN], data.SelectMany(Text.Values));
        Assert.Equal([Sequence.NoLabel, 1], data.Select(s => s.Label));
        Assert.StartsWith("1 of 2 sequences end in steps that are all '?'. They are read as missing; if they are padding, choose "
            + "--missing mask", Assert.Single(data.Warnings), StringComparison.Ordinal);
        Assert.Equal(["?"], Read("@attribute x numeric\n@attribute c {'?'}\n@data\n1,'?'\n").ClassLabels);
    }

    [Theory]
    [InlineData("@attribute class {u,v}\n@attribute x1 numeric\n@attribute x2 numeric\n@data\nv,1,2\n", null)]
    [InlineData("@attribute x1 numeric\n@attribute kind {u,v}\n@attribute x2 numeric\n@data\n1,v,2\n", null)]
    [InlineData("@attribute x1 numeric\n@attribute x2 numeric\n@attribute kind {u,v}\n@data\n1,2,v\n", null)]
    [InlineData("@attribute place {h}\n@attribute x1 numeric\n@attribute x2 numeric\n@attribute kind {u,v}\n@data\nh,1,2,v\n", "place")]
    [InlineData("@attribute Id string\n@attribute x1 numeric\n@attribute x2 numeric\n@attribute kind {u,v}\n@data\nh,1,2,v\n", null)]
    public void The_label_may_stand_anywhere(string text, string? id)
    {
        SequenceDataset data = Read(text, new() { IdColumn = id });
        Assert.Equal([1, 2], Text.Values(data[0]));
        Assert.Equal("v", Text.LabelOf(data, 0));
    }

    [Fact]
    public void Ids_and_groups_are_kept()
    {
        SequenceDataset data = Read("@attribute id string\n@attribute group string\n@attribute x1 numeric\n@attribute c {u}\n@data\n"
            + "'a b',g,1,u\nc,?,2,u\n");
        Assert.Equal(["a b", "c"], data.Select(s => s.Id));
        Assert.Equal(["g", null], data.Select(s => s.Group));
    }

    [Fact]
    public void Numbers_are_trained_on_numeric_attributes()
    {
        const string Text = "@attribute x1 numeric\n@attribute target numeric\n@attribute y2 numeric\n@data\n1,2.5,3\n4,?,6\n";
        SequenceDataset data = Read(Text, new() { Labels = LabelKind.Numbers });
        Assert.Equal(["target"], data.TargetNames);
        Assert.Equal([2.5f, float.NaN], data.SelectMany(s => s.Targets.ToArray()));
        Assert.Equal([1, 3], Tests.Text.Values(data[0]));
        data = Read(Text, new() { Labels = LabelKind.Numbers, LabelColumn = "target,3" });
        Assert.Equal(["target", "y2"], data.TargetNames);
        Assert.Contains("attribute 'target' is numeric, but classes", Refuse(Text), StringComparison.Ordinal);
        Assert.Contains("(--task regress)", Refuse(Text), StringComparison.Ordinal);
        Assert.Contains("is nominal, but numbers are needed", Refuse(Header + "1,2,a\n", new() { Labels = LabelKind.Numbers }),
            StringComparison.Ordinal);
        Assert.Contains("name the one with the target numbers",
            Refuse("@attribute x1 numeric\n@data\n1\n", new() { Labels = LabelKind.Numbers }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LabelKind.Classes)]
    [InlineData(LabelKind.Steps)]
    public void Labels_that_are_not_one_a_sequence_are_refused(LabelKind kind) =>
        Assert.Contains("has one label per sequence;", Refuse(Header + "1,2,a\n", new() { Labels = kind }), StringComparison.Ordinal);

    [Fact]
    public void Without_needed_labels_none_is_wrong()
    {
        SequenceDataset any = Read(Header + "1,2,c\n3,4,a\n", new() { Labels = LabelKind.Any });
        Assert.Equal([Sequence.NoLabel, 1], any.Select(s => s.Label));
        Assert.Empty(Read(Header + "1,2,c\n", new() { Labels = LabelKind.None }).ClassLabels);
        SequenceDataset none = Read("@attribute x1 numeric\n@attribute class numeric\n@data\n1,2\n", new() { Labels = LabelKind.None });
        Assert.Equal([1], Text.Values(none[0]));
        Assert.Contains("'class' is ignored", Assert.Single(none.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, Read("@attribute x1 numeric\n@attribute class numeric\n@data\n1,2\n", new() { LabelColumn = "none" })[0].Steps);
    }

    [Fact]
    public void Channels_may_be_interleaved()
    {
        const string Text = "@attribute x1 numeric\n@attribute y1 numeric\n@attribute x2 numeric\n@attribute y2 numeric\n"
            + "@attribute c {u}\n@data\n1,2,3,4,u\n";
        Assert.Equal(2, Read(Text, new() { Channels = "2" }).Channels);
        Assert.Contains("give --channels 2", Assert.Single(Read(Text).Warnings), StringComparison.Ordinal);
        Assert.Contains("a multiple of the 3 channels", Refuse(Text, new() { Channels = "3" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@attribute time numeric\n@attribute ax numeric\n@attribute class {u}\n@data\n0,1,u\n",
        "has the name of a time column, so rows seem to be steps, but in an .arff file a row is")]
    [InlineData("@attribute id string\n@attribute ax numeric\n@attribute class {u}\n@data\np,1,u\np,2,u\n",
        "the id 'p' occurs in an earlier")]
    public void Rows_that_are_steps_are_refused(string text, string says) => Assert.Contains(says, Refuse(text), StringComparison.Ordinal);

    [Fact]
    public void Possible_misreadings_are_reported()
    {
        Assert.Contains("such as 'width', do not number steps", Assert.Single(
            Read("@attribute width numeric\n@attribute height numeric\n@attribute class {u}\n@data\n0,1,u\n").Warnings),
            StringComparison.Ordinal);
        Assert.Contains("so the sequences have no labels", Assert.Single(Read("@attribute x1 numeric\n@data\n0\n").Warnings),
            StringComparison.Ordinal);
        const string Bag = "@attribute b relational\n@attribute {0}1 numeric\n@attribute {0}{1} numeric\n@end b\n@attribute c "
            + "{{u}}\n@data\n"
            + "'1,2\\n3,4\\n5,6',u\n";
        Assert.Contains("but 'ay' does not number steps",
            Assert.Single(Read(string.Format(CultureInfo.InvariantCulture, Bag, "a", "y")).Warnings), StringComparison.Ordinal);
        Assert.Contains("read as 3 channels of at most 2 steps",
            Assert.Single(Read(string.Format(CultureInfo.InvariantCulture, Bag, "t", "2")).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2x,a", 3, "'2x' is not a number")]
    [InlineData("1,,a", 3, "there is no value before this comma; write '?'")]
    [InlineData("1,2,", 5, "no value after the last comma;")]
    [InlineData("1,2", null, "2 values for 3 attributes")]
    [InlineData("1,2,c", 5, "'c' is not one of the values declared for 'target' (b, a)")]
    [InlineData("{0 1, 2 a}", 1, "sparse rows")]
    [InlineData("1,2,a,{5}", 7, "row weights,")]
    [InlineData("1,2,'a", 5, "is not closed on its line")]
    [InlineData("1,2,'a'b", 8, "a closing quote;")]
    [InlineData("1,2,'\\x'", 7, "a backslash must be followed by")]
    [InlineData("1,2,a%", 6, "'%' is not allowed inside 'a'")]
    [InlineData("1,1e39,a", 3, "outside the range")]
    public void A_bad_row_is_refused_where_it_is_bad(string row, int? column, string says) =>
        Text.AssertPlace(Text.Refuse(Header + row + "\n1,2,a\n", ".arff"), 6, column, says);

    [Theory]
    [InlineData("'1,2\\n3',run", 1, "channel 2 of this sequence has 1 step, channel 1")]
    [InlineData("'1,2,3,4\\n1,2,3,4',run", 1, "has 4 values, but 'rel' declares 3 steps")]
    [InlineData("'1,2\\n3,x',run", 1, "channel 2, step 2 of this sequence: 'x' is not a number")]
    [InlineData("?,run", 1, "the values of this sequence are missing")]
    [InlineData("'',run", 1, "the value is missing")]
    [InlineData("'1,2',run", 1, "1 channel, the first")]
    public void A_bad_relation_is_refused_where_it_is_bad(string row, int? column, string says) =>
        Text.AssertPlace(Text.Refuse(Relational + "'1,2\\n3,4',run\n" + row + "\n", ".arff"), 10, column, says);

    [Theory]
    [InlineData("1,2\n", 1, 1, "'1,2' comes before @data")]
    [InlineData("@attribute x\n", 1, 13, "has no type")]
    [InlineData("@attribute x text\n", 1, 14, "'text' is not an attribute")]
    [InlineData("@attribute x {a,b,a}\n", 1, 19, "lists 'a' twice")]
    [InlineData("@attribute x {a b}\n", 1, 17, "need commas between them")]
    [InlineData("@attribute x {a,b\n", 1, 18, "need commas between them and a closing brace")]
    [InlineData("@attribute x numeric\n@attribute X numeric\n", 2, 12, "'X' is declared twice")]
    [InlineData("@attribute x numeric 7\n", 1, 22, "there is text after the declaration;")]
    [InlineData("@attribute x1 numeric\n@data 1\n", 2, 7, "there is text after the declaration;")]
    [InlineData("@attributes x numeric\n", 1, 1, "is not a tag of an .arff file;")]
    [InlineData("@end x\n", 1, 1, "has no relational attribute to close;")]
    [InlineData("@attribute r relational\n@end r\n", 2, 1, "has no attributes")]
    [InlineData("@attribute r relational\n@attribute x numeric\n@end s\n", 3, 1, "use the same name.")]
    [InlineData("@attribute r relational\n@attribute x {a}\n", 2, 12, "of the relational attribute 'r' is nominal")]
    [InlineData("@attribute r relational\n@attribute x numeric\n@data\n", 3, 1, "is not closed; put '@end r'")]
    [InlineData("@relation r\n@data\n", 2, 1, "there is no @attribute")]
    [InlineData("@attribute x numeric\n", null, null, "there is no @data")]
    [InlineData("% nothing\n", null, null, "neither a header nor data")]
    [InlineData("@attribute x numeric\n@data\n% nothing\n", null, null, "there are no rows after @data;")]
    [InlineData("@attribute x string\n@attribute y1 numeric\n@data\n", 1, null, "is a string, which can't hold values")]
    [InlineData("@attribute d date 'yyyy'\n@attribute y1 numeric\n@data\n", 1, null, "is a date, which can't hold values")]
    [InlineData("@attribute a {u}\n@attribute b {u}\n@attribute y1 numeric\n@data\n", 2, null, "both attribute 'a' and attribute 'b'")]
    public void A_bad_header_is_refused(string text, int? line, int? column, string says) =>
        Text.AssertPlace(Text.Refuse(text, ".arff"), line, column, says);

    [Fact]
    public void A_row_may_hold_a_hundred_thousand_values()
    {
        const int Steps = 100_000;
        string header = string.Concat(Enumerable.Range(0, Steps).Select(t => $"@attribute t{t} numeric\n"));
        SequenceDataset data = Read(header + "@data\n" + string.Join(',', Enumerable.Range(0, Steps)) + "\n",
            new() { LabelColumn = "none" });
        Assert.Equal(Steps - 1, data[0].Values.Span[^1]);
    }
}
