namespace Elman.Data.Tests.Delimited;

public class LongRowsTests
{
    private static SequenceDataset Read(string text, DataFileOptions? options = null) => Text.Read(text, ".csv", options);

    private static void AssertRefused(string text, long? line, int? column, string says, DataFileOptions? options = null) =>
        Text.AssertPlace(Text.Refuse(text, ".csv", options), line, column, says);

    [Fact]
    public void An_id_column_makes_rows_steps()
    {
        SequenceDataset data = Read("id,label,x,y\nq,up,1,2\nq,up,3,4\nr,down,5,6\nr,down,7,8\nr,down,9,10\n");
        Assert.Equal(2, data.Channels);
        Assert.Equal(["down", "up"], data.ClassLabels);
        Assert.Equal([1, 2, 3, 4], Text.Values(data[0]));
        Assert.Equal([5, 6, 7, 8, 9, 10], Text.Values(data[1]));
        Assert.Equal([1, 0], data.Select(s => s.Label));
    }

    [Fact]
    public void Rows_of_a_sequence_may_stand_apart_and_sequences_come_in_order_of_their_first_row()
    {
        SequenceDataset data = Read("id,class,x\nb,u,1\na,v,2\nb,u,3\nc,u,4\na,v,5\n");
        Assert.Equal([[1, 3], [2, 5], [4]], data.Select(Text.Values));
    }

    [Theory]
    [InlineData("id,t,label,x\na,3,u,30\na,1,u,10\na,2,u,20\n")]
    [InlineData("id,time,label,x\na,10,u,30\na,-9,u,10\na,9.5,u,20\n")]
    [InlineData("id,step,label,x\na,1700000000000000002,u,30\na,1700000000000000000,u,10\na,1700000000000000001,u,20\n")]
    [InlineData("id,Timestamp,label,x\na,2024-01-01,u,30\na,2023-12-31T23:59:59.9Z,u,10\na,2024-01-01 00:30:00+01:00,u,20\n", 1, 0, 2)]
    [InlineData("id,t,label,x\na,2024-01-01T00:00:00.0000002,u,30\na,2024-01-01T00:00,u,10\na,2024-01-01T00:00:00.0000001,u,20\n")]
    public void Steps_are_ordered_by_time(string text, params int[] order)
    {
        float[] expected = order.Length == 0 ? [10, 20, 30] : [.. order.Select(i => new float[] { 10, 20, 30 }[i])];
        Assert.Equal(expected, Text.Values(Read(text)[0]));
    }

    [Fact]
    public void Steps_without_a_time_column_keep_the_order_of_the_file() =>
        Assert.Equal([3, 1, 2], Text.Values(Read("id,label,x\na,u,3\na,u,1\na,u,2\n")[0]));

    [Fact]
    public void Times_order_many_channels_together() =>
        Assert.Equal([1, 10, 2, 20, 3, 30], Text.Values(Read("id,t,label,x,y\na,3,u,3,30\na,1,u,1,10\na,2,u,2,20\n")[0]));

    [Fact]
    public void Columns_can_be_chosen()
    {
        SequenceDataset data = Read("who,when,what,x,y,z\na,2,u,1,2,3\na,1,u,4,5,6\n",
            new() { IdColumn = "who", TimeColumn = "2", LabelColumn = "WHAT", Channels = "z, x" });
        Assert.Equal([6, 4, 3, 1], Text.Values(data[0]));
        Assert.Equal(["u"], data.ClassLabels);
    }

    [Fact]
    public void Columns_can_be_numbered_where_there_is_no_header()
    {
        SequenceDataset data = Read("a,u,1,2\na,u,3,4\n", new() { IdColumn = "1", LabelColumn = "2" });
        Assert.Equal([1, 2, 3, 4], Text.Values(data[0]));
    }

    [Fact]
    public void Labels_can_be_absent()
    {
        SequenceDataset data = Read("id,x\na,1\na,2\n", new() { LabelColumn = "none" });
        Assert.Equal(Sequence.NoLabel, data[0].Label);
        Assert.Empty(data.ClassLabels);
    }

    [Fact]
    public void A_column_called_y_is_a_channel() => Assert.Equal(2, Read("id,label,x,y\na,u,1,2\na,u,1,2\n").Channels);

    [Fact]
    public void Delimiters_at_the_end_of_rows_do_no_harm() => Assert.Equal([1, 2], Text.Values(Read("id,label,x,\na,u,1,\na,u,2\n")[0]));

    [Theory]
    [InlineData("id,label,x\na,u,1\nb,u,1\na,v,2\n", 4, 2, "sequence 'a' is labelled 'v' here and 'u' on line 2")]
    [InlineData("id,t,label,x\na,1,u,1\nb,1,u,1\na,1.0,u,2\n", 4, 2, "sequence 'a' already has a row with this time on line 2")]
    [InlineData("id,t,label,x\na,2,u,1\nb,1,u,1\na,1,u,2\na,2,u,2\n", 5, 2, "on lines 2 and 5")]
    [InlineData("id,t,label,x\na,2024-01-01,u,1\na,2024-01-01T01:00+01:00,u,1\n", 3, 2, "this time on line 2")]
    [InlineData("id,t,label,x\na,1,u,1\na,soon,u,1\n", 3, 2, "'soon' is not a time; it must be a number like the first time")]
    [InlineData("id,t,label,x\na,2024-01-01,u,1\na,5,u,1\n", 3, 2, "'5' is not a time; it must be a date like the first one")]
    [InlineData("id,t,label,x\na,2024-13-01,u,1\n", 2, 2, "'2024-13-01' is not a time")]
    [InlineData("id,t,label,x\na,nan,u,1\n", 2, 2, "'nan' is not a time")]
    [InlineData("id,t,label,x\na,1e99,u,1\n", 2, 2, "'1e99' is not a time")]
    [InlineData("id,t,label,x\na,,u,1\n", 2, 2, "the time is missing")]
    [InlineData("id,label,x\n,u,1\n", 2, 1, "the id is missing")]
    [InlineData("id,label,x\na,,1\n", 2, 2, "the class label is missing")]
    [InlineData("id,label,x\na,u,1.2.3\n", 2, 3, "'1.2.3' is not a number")]
    [InlineData("id,label,x\na,u\n", 2, null, "fields, the first row")]
    [InlineData("id,label,x\na,u,1,2\n", 2, null, "fields, the first row")]
    [InlineData("id,label\na,u\n", 1, null, "no column remains for values;")]
    [InlineData("id,kind,x\na,u,1\n", 1, null,
        "no column is named label, class or target; name the label column (--label-column),")]
    [InlineData("trial,series,label,x\na,b,u,1\n", 1, null,
        "both field 1 ('trial') and field 2 ('series') could be the id column; name one ")]
    [InlineData("id,label,x\n", null, null, "no row after the header;")]
    [InlineData("id,x,label\n1,2,a\n2,3,b\n", null, null,
        "every id in field 1 ('id') occurs once, so the file looks like wide form; declare its form (--layout wide, or")]
    public void A_bad_file_is_refused_where_it_is_bad(string text, int? line, int? column, string says) =>
        AssertRefused(text, line, column, says);

    [Fact]
    public void Form_can_be_said()
    {
        const string Text = "id,x,label\n1,2,a\n2,3,b\n";
        Assert.Equal(2, Read(Text, new() { Format = DelimitedForm.Long }).Count);
        Assert.Equal([2], Data.Tests.Text.Values(Read(Text, new() { Format = DelimitedForm.Wide })[0]));
        SequenceDataset one = Read("x,label\n1,a\n2,a\n", new() { Format = DelimitedForm.Long });
        Assert.Equal([1, 2], Data.Tests.Text.Values(Assert.Single(one)));
        Assert.StartsWith("No column identifies sequences,", Assert.Single(one.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,x", "field 3 ('x') is given as a channel twice")]
    [InlineData("id", "is given as a channel, but is the id, time, group or label column;")]
    [InlineData("nope", "no column 'nope', given as a channel")]
    [InlineData("", "no column ''")]
    [InlineData("4", "no column 4")]
    public void Channels_that_do_not_fit_are_refused(string channels, string says) =>
        AssertRefused("id,label,x\na,u,1\n", 1, null, says, new() { Channels = channels });

    [Fact]
    public void One_column_can_not_play_two_parts() =>
        AssertRefused(
            "id,label,x\na,u,1\n", 1, null, "the id, time, group and label columns must be different", new() { LabelColumn = "id" });

    [Fact]
    public void Many_sequences_row_by_row_in_turn_come_out_whole()
    {
        const int Sequences = 300, Steps = 50;
        IEnumerable<string> rows = from t in Enumerable.Range(0, Steps)
                                   from i in Enumerable.Range(0, Sequences)
                                   select $"s{i},{(t * 7) % Steps},{i % 3},{i},{(t * 7) % Steps}";
        SequenceDataset data = Read("id,t,label,i,x\n" + string.Join('\n', rows));
        Assert.Equal(Sequences, data.Count);
        Assert.All(data, (s, i) => Assert.Equal(Enumerable.Range(0, Steps).SelectMany(t => new float[] { i, t }), Text.Values(s)));
    }

    [Fact]
    public void A_header_of_many_columns_takes_no_longer_than_it_is()
    {
        const int Count = 100_000;
        string names = string.Join(',', Enumerable.Range(0, Count).Select(i => i % 2 == 0 ? "" : $"c{i}"));
        string values = string.Join(',', Enumerable.Repeat("1", Count));
        SequenceDataset data = Text.Read($"id,label,{names}\na,u,{values}\na,u,{values}\n", ".csv");
        Assert.Equal(Count / 2, data.Channels);
        string commas = new(',', Count);
        Assert.Equal(1, Text.Read($"id,label,x{commas}\na,u,1{commas}\na,u,2{commas}\n", ".csv").Channels);
    }

    [Fact]
    public void A_label_of_many_classes_takes_no_longer_than_it_is()
    {
        const int Count = 50_000;
        string label = string.Join('|', Enumerable.Range(0, Count).Select(i => $"c{i}"));
        SequenceDataset data = Text.Read(
            $"id,x,label\na,1,{label}\na,2,{label}\nb,1,c0\nb,2,c0\n", ".csv", new() { Labels = LabelKind.Classes });
        Assert.Equal(Count + 1f, data.Sum(sequence => sequence.Targets.ToArray().Sum()));
    }

    [Theory]
    [InlineData("X,y", "x,y")]
    [InlineData("Y,X", "x,y")]
    [InlineData("x,X", "x,X")] // each is there just so
    [InlineData("X,x", "x,X")]
    [InlineData("z,X,x", "x")]
    [InlineData("Ä", "ä")]
    public void Known_channels_are_found_in_any_letter_case_where_only_one_can_be_meant(string file, string known)
    {
        SequenceDataset data = Read($"id,{file}\na,{string.Join(',', file.Split(',').Select((_, i) => i))}\n",
            new() { Labels = LabelKind.None, KnownChannels = known.Split(',') });
        string[] columns = file.Split(',');
        Assert.Equal(known.Split(',').Select(name => (float)(Array.IndexOf(columns, name) is >= 0 and var exact
            ? exact
            : Array.FindIndex(columns, column => column.Equals(name, StringComparison.OrdinalIgnoreCase)))), Text.Values(data[0]));
    }

    [Theory]
    [InlineData("X,x", "ẋ", "there is no column 'ẋ'")]
    [InlineData("XA,xa", "xA",
        "several columns are named 'xA' apart from case, which is a channel of the training data; give exactly one of them")]
    [InlineData("X", "x,X", "there is no column 'x'")]
    public void Known_channels_that_may_be_several_are_refused(string file, string known, string says) => AssertRefused(
        $"id,{file}\na,{string.Join(',', file.Split(',').Select((_, i) => i))}\n", 1, null, says,
        new() { Labels = LabelKind.None, KnownChannels = known.Split(',') });

    [Fact]
    public void Many_short_sequences_take_little_memory()
    {
        const int Count = 50_000;
        byte[] text = System.Text.Encoding.UTF8.GetBytes(
            "id,x,label\n" + string.Concat(Enumerable.Range(0, Count).Select(i => $"{i},{i % 7},{i % 3}\n")));
        DataFileOptions options = new() { Format = DelimitedForm.Long };
        ReadAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        SequenceDataset data = ReadAll();
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
        Assert.Equal(Count, data.Count);
        Assert.Equal("49999", data[^1].Id);
        Assert.True(each < 150, $"{each} bytes were allocated for each sequence of one value.");

        SequenceDataset ReadAll() => DataFile.Read(new MemoryStream(text), ".csv", options: options);
    }
}
