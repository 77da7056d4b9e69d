namespace Elman.Data.Tests;

/// <summary>Tables that are easily misread: each is read correctly, refused or reported with a warning, never silently misread.</summary>
public sealed class MisreadingTests
{
    [Theory]
    [InlineData("subject,time,ax,ay,label\n1,0,.1,.3,walk\n1,1,.2,.3,walk\n2,0,.9,.8,run\n2,1,.9,.7,run\n", "subject", "time")]
    [InlineData("trial,t,ax,ay,label\n1,0,.1,.3,walk\n1,1,.2,.3,walk\n2,0,.9,.8,run\n2,1,.9,.7,run\n", "trial", "t")]
    [InlineData("sample,ax,ay,label\n1,.1,.3,walk\n1,.2,.3,walk\n2,.9,.8,run\n2,.9,.7,run\n", "sample", null)]
    [InlineData("sequence_id,step,ax,ay,label\n1,0,.1,.3,walk\n1,1,.2,.3,walk\n2,0,.9,.8,run\n2,1,.9,.7,run\n", "sequence_id", "step")]
    [InlineData("Series ID,step,ax,ay,label\n1,0,.1,.3,walk\n1,1,.2,.3,walk\n2,0,.9,.8,run\n2,1,.9,.7,run\n", "Series ID", "step")]
    [InlineData("seriesId,Time (s),ax,ay,label\n1,0,.1,.3,walk\n1,1,.2,.3,walk\n2,0,.9,.8,run\n2,1,.9,.7,run\n", "seriesId", "Time (s)")]
    [InlineData("unit,cycle,ax,ay,label\n1,0,.1,.3,walk\n1,1,.2,.3,walk\n2,0,.9,.8,run\n2,1,.9,.7,run\n", "unit", "cycle")]
    [InlineData(
        "patient,date,ax,ay,label\n1,2024-01-01,.1,.3,walk\n1,2024-01-02,.2,.3,walk\n2,2024-01-01,.9,.8,run\n2,2024-01-02,.9,.7,run\n",
        "patient", "date")]
    public void Ids_and_times_are_known_by_many_names(string text, string id, string? time)
    {
        SequenceDataset data = Read(text);
        Assert.Equal(2, data.Count);
        Assert.Equal(["ax", "ay"], data.ChannelNames);
        Assert.Equal([.1f, .3f, .2f, .3f], Text.Values(data[0]));
        Assert.Equal(["1", "2"], data.Select(sequence => sequence.Id));
        Assert.Equal((true, id, time), (data.Columns!.IsLong, data.Columns.Id, data.Columns.Time));
        Assert.Equal(["label"], data.Columns.Labels);
        Assert.Empty(data.Warnings);
    }

    [Theory]
    [InlineData("case_id,reading_id,x,label\n1,1,.1,a\n1,2,.2,a\n",
        "both field 1 ('case_id') and field 2 ('reading_id') could be the id column; name one (--id-column).")]
    [InlineData("subject,trial,x,label\n1,1,.1,a\n1,2,.2,a\n", "both field 1 ('subject') and field 2 ('trial') could be the id column")]
    [InlineData("time,x,label\n0,.1,a\n1,.2,a\n",
        "field 1 ('time') has the name of a time column, so rows seem to be steps, but no column identifies the sequences; name the "
            + "id column (--id-column), or give --format long")]
    [InlineData("id,time,date,x,label\n1,0,2024-01-01,.1,a\n",
        "both field 2 ('time') and field 3 ('date') could be the time column; name one (--time-column).")]
    public void Where_it_can_not_be_told_it_is_refused_with_the_ways_out(string text, string says) =>
        Assert.Contains(says, Refuse(text), StringComparison.Ordinal);

    [Fact]
    public void Another_column_of_ids_is_no_channel()
    {
        SequenceDataset data = Read("id,patient,x,label\n1,700,.1,a\n1,700,.2,a\n2,900,.3,b\n2,900,.4,b\n");
        Assert.Equal(["x"], data.ChannelNames);
        Assert.StartsWith("Column 2 ('patient') is ignored, because its name is that of an id column",
            Assert.Single(data.Warnings), StringComparison.Ordinal);
        data = Read("id,patient,x,label\n1,700,.1,a\n1,700,.2,a\n2,900,.3,b\n2,900,.4,b\n", new() { GroupColumn = "patient" });
        Assert.Equal(["700", "900"], data.Select(sequence => sequence.Group));
        Assert.Empty(data.Warnings);
        Assert.Equal(["patient", "x"], Read("id,patient,x,label\n1,7,.1,a\n1,7,.2,a\n", new() { Channels = "patient,x" }).ChannelNames);
    }

    [Fact]
    public void A_sequence_of_two_groups_is_refused() => Assert.Contains(
        "line 3, field 2 ('who'): sequence '1' is of the group '8' here and of '7' on line 2",
        Refuse("id,who,x,label\n1,7,.1,a\n1,8,.2,a\n", new() { GroupColumn = "who" }), StringComparison.Ordinal);

    [Theory]
    [InlineData(",x1,x2,label\n0,.5,.6,a\n1,.7,.8,a\n2,.9,1,b\n", "Column 1 is ignored, because it has no name")]
    [InlineData("Unnamed: 0,x1,x2,label\n0,.5,.6,a\n1,.7,.8,a\n2,.9,1,b\n",
        "Column 1 ('Unnamed: 0') is ignored, because its name is that of a row counter")]
    [InlineData(
        ",id,x1,x2,label\n0,p,.5,.6,a\n1,p,.7,.8,a\n2,q,.9,1,b\n3,q,.9,1,b\n", "Column 1 is ignored, because it has no name")]
    public void A_column_that_counts_rows_is_no_channel(string text, string says)
    {
        SequenceDataset data = Read(text);
        Assert.StartsWith(says, data.Warnings[0], StringComparison.Ordinal);
        Assert.Equal([.5f, .6f], Text.Values(data[0])[..2]);
    }

    [Theory]
    [InlineData("1,.5,.6,a\n2,.7,.8,a\n3,.9,1,b\n4,.9,1,b\n", "the first column counts the rows, 1, 2, …")]
    [InlineData("n,p,q,label\n0,.5,.6,a\n1,.7,.8,a\n2,.9,1,b\n3,.9,1,b\n", "the first column ('n') counts the rows, 0, 1, …")]
    public void Where_nothing_but_its_values_tells_it_is_refused(string text, string says)
    {
        string refusal = Refuse(text);
        Assert.Contains(says, refusal, StringComparison.Ordinal);
        Assert.Contains("--id-column 1", refusal, StringComparison.Ordinal);
        SequenceDataset data = Read(text, new() { IdColumn = "1", Format = DelimitedForm.Wide });
        Assert.Equal([.5f, .6f], Text.Values(data[0]));
        Assert.Equal(4, data.Select(sequence => sequence.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("\t", ".tsv")]
    [InlineData("\t", ".txt")]
    [InlineData("  ", ".txt")]
    [InlineData(",", ".csv")]
    public void Labels_that_stand_first_as_in_the_archive_are_found(string delimiter, string format)
    {
        string text = "1,.11,.52,.93\n2,.94,.51,.12\n1,.12,.53,.91\n2,.95,.50,.13\n2,.96,.49,.14\n".Replace(
            ",", delimiter, StringComparison.Ordinal);
        SequenceDataset data = Text.Read(text, format);
        Assert.Equal(["1", "2"], data.ClassLabels);
        Assert.Equal(["1", "2", "1", "2", "2"], Enumerable.Range(0, 5).Select(i => Text.LabelOf(data, i)));
        Assert.Equal([.11f, .52f, .93f], Text.Values(data[0]));
        Assert.Equal([.96f, .49f, .14f], Text.Values(data[4]));
        Assert.Equal(["1"], data.Columns!.Labels);
        Assert.Contains("first field", Assert.Single(data.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1\t.11\t.52\t.93\n2\t.94\t.51\t.12\n")]
    [InlineData("1.5\t.11\t.52\t.93\n2.5\t.94\t.51\t.12\n1.5\t.9\t.6\t.4\n")]
    public void Classes_that_are_fractions_and_all_different_are_refused(string text)
    {
        string refusal = Text.Refuse(text, ".tsv").Message;
        Assert.Contains("would be its class, but it is a fraction and different in each", refusal, StringComparison.Ordinal);
        Assert.Contains("--label-column 1", refusal, StringComparison.Ordinal);
        Assert.Contains("--task regress", refusal, StringComparison.Ordinal);
        Assert.NotEmpty(Text.Read(text, ".tsv", new() { LabelColumn = "1" }).ClassLabels);
        Assert.Equal(["target"], Text.Read(text, ".tsv", new() { Labels = LabelKind.Numbers }).TargetNames);
    }

    [Fact]
    public void Forecasts_take_the_last_column_for_a_value()
    {
        SequenceDataset data = Read("1,2,3,4\n5,6,7,8\n", new() { Labels = LabelKind.None });
        Assert.Equal([1, 2, 3, 4], Text.Values(data[0]));
        data = Read("id,load,target\na,1,2\na,3,4\n", new() { Labels = LabelKind.None });
        Assert.Equal(["load", "target"], data.ChannelNames);
        data = Read("id,load,label\na,1,p\na,3,p\n", new() { Labels = LabelKind.None });
        Assert.Equal(["load"], data.ChannelNames);
        Assert.Contains("'label' is ignored", Assert.Single(data.Warnings), StringComparison.Ordinal);
        Assert.Equal([1, 2], Text.Values(Read("1,2,p\n", new() { Labels = LabelKind.None, LabelColumn = "3" })[0]));
    }

    [Theory]
    [InlineData("time,load\n2024-01-01 00:00,5\n2024-01-01 01:00,6\n2024-01-01 02:00,7\n")]
    [InlineData("load\n5\n6\n7\n")]
    public void A_series_without_ids_is_one_sequence_to_forecast(string text)
    {
        SequenceDataset data = Read(text, new() { Labels = LabelKind.None });
        Assert.Equal([5, 6, 7], Text.Values(Assert.Single(data)));
        Assert.Equal(["load"], data.ChannelNames);
    }

    [Theory]
    [InlineData("0,1,2,3,target\n.5,.6,.7,.8,a\n.1,.2,.3,.4,b\n", false)]
    [InlineData("1,2,3,y\n.5,.6,.7,a\n.1,.2,.3,b\n", false)]
    [InlineData("0,1,2,3,4\n.5,.6,.7,.8,a\n.1,.2,.3,.4,b\n", true)]
    public void A_header_of_numbers_is_no_case(string text, bool warns)
    {
        SequenceDataset data = Read(text);
        Assert.Equal(2, data.Count);
        Assert.Equal(["a", "b"], data.ClassLabels);
        Assert.Equal(warns ? 1 : 0, data.Warnings.Count);
    }

    [Fact]
    public void The_header_can_be_said()
    {
        Assert.Equal(3, Read("0,1,2,3,4\n.5,.6,.7,.8,1\n.1,.2,.3,.4,1\n", new() { HasHeader = false }).Count);
        Assert.Equal(2, Read("7,8,a\n.5,.6,b\n.1,.2,c\n", new() { HasHeader = true }).Count);
        Assert.Contains(
            "declare whether the first row is a header (--header yes or no).", Refuse("9,4,class\n3,1,other\n"), StringComparison.Ordinal);
        Assert.Equal(["class", "other"], Read("9,4,class\n3,1,other\n", new() { HasHeader = false }).ClassLabels);
    }

    [Theory]
    [InlineData("?")]
    [InlineData("NaN")]
    [InlineData("NA")]
    [InlineData("n/a")]
    [InlineData("null")]
    public void Marks_of_missing_values_are_no_classes(string mark)
    {
        SequenceDataset data = Read($"1,2,a\n3,4,{mark}\n5,6,b\n");
        Assert.Equal(["a", "b"], data.ClassLabels);
        Assert.Equal([0, -1, 1], data.Select(sequence => sequence.Label));
        data = Read($"id,x,label\n1,1,a|b\n1,1,a|b\n2,3,{mark}\n2,4,{mark}\n3,4,\n3,4,\n", new() { Labels = LabelKind.Classes });
        Assert.Equal(["a", "b"], data.TargetNames);
        Assert.Equal([1, 1, float.NaN, float.NaN, 0, 0], data.SelectMany(sequence => sequence.Targets.ToArray()));
        data = Read($"id,x,label\n1,1,a\n1,1,{mark}\n", new() { Labels = LabelKind.Steps });
        Assert.Equal([0, -1], data[0].StepLabels.ToArray());
    }

    [Fact]
    public void None_may_be_a_class() => Assert.Equal(["event", "none"], Read("1,2,event\n3,4,none\n").ClassLabels);

    [Fact]
    public void Repeated_ids_are_reported_if_nothing_orders_their_rows()
    {
        SequenceDataset data = Read("id,x,label\na,1,u\nb,2,v\na,3,u\n");
        Assert.StartsWith("Line 4: the id 'a' occurs again after rows of other ids, and there is no time column",
            Assert.Single(data.Warnings),
            StringComparison.Ordinal);
        Assert.Empty(Read("id,t,x,label\na,1,1,u\nb,1,2,v\na,2,3,u\n").Warnings);
        data = Read("id,x,label\n" + string.Concat(Enumerable.Repeat("a,1,u\nb,2,v\n", 10)));
        Assert.Equal(4, data.Warnings.Count);
        Assert.Equal("15 more warnings of this kind: ids that come back.", data.Warnings[^1]);
    }

    [Fact]
    public void Gaps_in_time_are_reported()
    {
        SequenceDataset data = Read("id,t,x,label\na,1,1,u\na,2,2,u\na,3,2,u\na,4,2,u\na,5,2,u\na,6,2,u\na,9,3,u\na,10,3,u\n");
        Assert.StartsWith("Sequence 'a' has a gap before line 8: 3 after the last step, where 1 is usual.", Assert.Single(data.Warnings),
            StringComparison.Ordinal);
        data = Read("time,load\n2024-01-01 05:00,1\n2024-01-01 06:00,1\n2024-01-01 07:00,1\n2024-01-01 00:00,1\n2024-01-01 01:00,1\n"
            + "2024-01-01 02:00,1\n", new() { Labels = LabelKind.None });
        Assert.StartsWith("The series has a gap before line 2: 3 h after the last step, where 1 h is usual.", data.Warnings[^1],
            StringComparison.Ordinal);
        data = Read("id,t,x,label\na,1,1,u\na,2,2,u\na,5,2,u\na,15,2,u\na,16.5,2,u\n");
        Assert.StartsWith("Steps are not evenly spaced in time: 1 to 10 apart.", Assert.Single(data.Warnings), StringComparison.Ordinal);
        Assert.Empty(Read("id,t,x,label\na,2024-01-01,1,u\na,2024-02-01,2,u\na,2024-03-01,2,u\na,2024-04-01,2,u\n").Warnings);
    }

    [Theory]
    [InlineData(
        "x1,y1,x2,y2,x3,y3,label\n1,5,2,6,3,7,a\n2,5,2,6,3,7,b\n", "the header names 2 interleaved values for each step; give "
            + "--channels 2")]
    public void Interleaved_channels_are_reported_by_the_header(string text, string says)
    {
        Assert.Contains(says, Assert.Single(Read(text).Warnings), StringComparison.Ordinal);
        Assert.Empty(Read(text, new() { Channels = "2" }).Warnings);
        Assert.Empty(Read(text, new() { Channels = "1" }).Warnings);
    }

    [Fact]
    public void Interleaved_channels_are_reported_by_their_values_too()
    {
        string rows = string.Concat(Enumerable.Range(0, 30).Select(
            i => string.Join(',', Enumerable.Range(0, 8).SelectMany(t => new[] { 10 + i + t, 500 - (3 * t) })) + $",{"ab"[i % 2]}\n"));
        Assert.Contains("closer to the value 2 fields before than to their neighbour; give --channels 2",
            Assert.Single(Read(rows).Warnings), StringComparison.Ordinal);
        string smooth = string.Concat(Enumerable.Range(0, 30).Select(
            i => string.Join(',', Enumerable.Range(0, 16).Select(t => (int)(100 * Math.Sin(i + (0.4 * t))))) + $",{"ab"[i % 2]}\n"));
        Assert.Empty(Read(smooth).Warnings);
    }

    [Theory]
    [InlineData("sep=;\n1;2;a\n3;4;b\n", 0)]
    [InlineData("# measured in May\n#by hand\n1,2,a\n3,4,b\n", 1)]
    [InlineData("# x,y,label\n1,2,a\n3,4,b\n", 0)]
    [InlineData("# measured in May\n# x;y;label\n1;2;a\n3;4;b\n", 1)]
    [InlineData("1|2|a\n3|4|b\n", 0)]
    [InlineData("  1   2 a\n 3\t4   b\n", 0)]
    public void Other_delimiters_and_comments_before_the_rows_are_understood(string text, int warnings)
    {
        SequenceDataset data = Read(text);
        Assert.Equal([[1, 2], [3, 4]], data.Select(Text.Values));
        Assert.Equal(["a", "b"], data.ClassLabels);
        Assert.Equal(warnings, data.Warnings.Count);
    }

    [Fact]
    public void Lines_are_counted_from_the_start_of_the_file_all_the_same() =>
        Text.AssertPlace(Text.Refuse("# a\n# b\n1,2,a\n1,oops,b\n", ".csv"), 4, 2, "'oops' is not a number");

    [Theory]
    [InlineData("id,x,label\na,0.1,u\na,0.123456789012,u\na,-7.5e-9,u\n")]
    [InlineData("id,x,label\na,5800000.1,u\na,5800000.1,u\n")]
    [InlineData("id,x,label\na,123456789,u\na,-123456780,u\n")]
    public void Numbers_of_which_floats_keep_enough_are_unchanged(string text)
    {
        Assert.Empty(Read(text).Warnings);
        Assert.True(Read(text).Offsets.IsNone);
    }

    [Fact]
    public void Two_texts_of_one_number_are_not_two_classes()
    {
        Assert.Contains("the labels '1' and '1.0' are two spellings of the same number", Refuse("5,6,1\n7,8,1.0\n"),
            StringComparison.Ordinal);
        Assert.Equal(["run", "walk"], Read("5,6,\"walk \"\n7,8,walk\n7,9,run\n").ClassLabels);
    }

    [Fact]
    public void Labels_that_change_within_a_sequence_point_to_tagging() =>
        Assert.Contains("a sequence has one label, unless steps have labels (--task tag)", Refuse("id,x,label\na,1,u\na,2,v\n"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\"\"")]
    [InlineData("#")]
    [InlineData(" ,\n")]
    public void A_file_of_a_character_is_refused_in_words(string text) => Assert.NotEmpty(Refuse(text));

    [Theory]
    [InlineData("1,2,a\n3,4,b\n", true, new string[0])]
    [InlineData("p,q,kind\n1,2,a\n3,4,b\n", false, new[] { "kind" })]
    [InlineData("1.5,.2,.3\n", true, new string[0])]
    public void Where_the_label_was_found_is_kept(string text, bool isLast, string[] labels)
    {
        TableColumns columns = Read(text).Columns!;
        Assert.Equal((isLast, false), (columns.LabelIsLast, columns.IsLong));
        Assert.Equal(labels, columns.Labels);
    }

    [Theory]
    [InlineData("when,x,kind\n1,6,a\n2,8,a\n", LabelKind.Any,
        "No column has the name 'who' and identifies sequences, as in the training data")]
    [InlineData("when,x,kind\n1,6,a\n2,8,a\n", LabelKind.None,
        "No column has the name 'who' and identifies sequences, as in the training data")]
    [InlineData("when,x,kind\n1,6,a\n2,8,a\n", LabelKind.Class,
        "No column has the name 'who' and identifies sequences, as in the training data")]
    [InlineData("who,x,kind\n1,6,a\n1,8,a\n", LabelKind.Any,
        "No column has the name 'when' and has the times of the steps, as in the training data")]
    public void What_other_data_lack_of_those_that_were_read_before_is_reported(string text, LabelKind labels, string says)
    {
        TableColumns known = Read(
            "who,when,x,kind\n1,1,6,a\n1,2,8,a\n", new() { IdColumn = "who", TimeColumn = "when", LabelColumn = "kind" }).Columns!;
        Assert.StartsWith(says, Assert.Single(Read(text, new() { Known = known, KnownChannels = ["x"], Labels = labels }).Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Other_data_are_read_as_those_that_were_read_before()
    {
        SequenceDataset first = Read(
            "who,when,y,x,kind\n1,1,5,6,a\n1,2,7,8,a\n", new() { IdColumn = "who", TimeColumn = "when", LabelColumn = "kind" });
        DataFileOptions like = new() { Known = first.Columns, KnownChannels = first.ChannelNames };
        SequenceDataset other = Read("x,kind,z,when,y,who\n6,a,0,1,5,1\n8,a,0,2,7,1\n", like);
        Assert.Equal(["y", "x"], other.ChannelNames);
        Assert.Equal(first.Select(Text.Values), other.Select(Text.Values));
        Assert.Equal("Column 'z' is ignored, because the training data have no such channel.", Assert.Single(other.Warnings));
        Assert.Contains("there is no column 'x', which is a channel of the training data; the other columns are y",
            Refuse("who,when,y,kind\n1,1,5,a\n", like), StringComparison.Ordinal);
        Assert.Equal(["y", "x"], Read("who,when,x,y\n1,1,5,6\n", like with { Labels = LabelKind.Any }).ChannelNames);
    }

    private static SequenceDataset Read(string text, DataFileOptions? options = null) => Text.Read(text, ".csv", options);

    private static string Refuse(string text, DataFileOptions? options = null) => Text.Refuse(text, ".csv", options).Message;
}
