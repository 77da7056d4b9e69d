using System.Text;

namespace Elman.Data.Tests.Delimited;

/// <summary>Labels other than one class per sequence.</summary>
public class LabelKindTests
{
    [Fact]
    public void Steps_of_a_long_file_have_labels_of_their_own_in_the_order_of_time()
    {
        SequenceDataset data = Read("id,time,x,label\na,2,0.2,up\na,1,0.1,down\na,3,0.3,\nb,1,1,?\nb,2,2,up\n", LabelKind.Steps);
        Assert.Equal(["down", "up"], data.ClassLabels);
        Assert.Equal([0, 1, Sequence.NoLabel], data[0].StepLabels.ToArray());
        Assert.Equal([0.1f, 0.2f, 0.3f], data[0].Values.ToArray());
        Assert.Equal([Sequence.NoLabel, 1], data[1].StepLabels.ToArray());
        Assert.Equal(Sequence.NoLabel, data[0].Label);
    }

    [Theory]
    [InlineData("id,x,label\na,1,up\na,2,down\nb,3,\n", 1)] // changes, and is missing
    [InlineData("x1,x2,label\n1,2,up\n3,4,\n", 1)]
    [InlineData("id,x,y\na,1,2\na,1,2\nb,3,4\n", 2)] // no column is called so
    public void Any_label_will_do_if_they_are_not_needed(string text, int channels)
    {
        SequenceDataset data = Read(text, LabelKind.Any);
        Assert.Equal(2, data.Count);
        Assert.Equal(channels, data.Channels);
        Assert.Equal(Sequence.NoLabel, data[1].Label);
    }

    [Theory]
    [InlineData("x1,y1,x2,y2\n1,2,3,4\n", 2)]
    [InlineData("1,2,3,4\n", 2)]
    [InlineData("1,2,3,4,\n", 2)]
    [InlineData("id,x1,y1,x2,y2\na,1,2,3,4\n", 2)]
    [InlineData("x1,y1,x2,y2,kind\n1,2,3,4,5\n", 2)]
    [InlineData("1,2,3,4,5\n", 2)]
    [InlineData("x1,y1,kind\n1,2,3\n", 1)]
    public void The_last_column_holds_no_label_where_the_channels_only_come_out_even_with_it(string text, int steps)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var options = new DataFileOptions { Labels = LabelKind.Any, Format = DelimitedForm.Wide, Channels = "2" };
        Assert.Equal(
            steps, DataFile.Read(stream, "csv", "even", options, cancellationToken: TestContext.Current.CancellationToken)[0].Steps);
    }

    [Theory]
    [InlineData("x1,x2,kind\n1,2,a\n", "kind")]
    [InlineData("1,2,a\n", "target")]
    [InlineData("x1,x2,label\n1,2,a\n", null)]
    [InlineData("x1,x2,y\n1,2,a\n", null)]
    public void A_label_column_that_is_guessed_is_reported(string text, string? expected)
    {
        string? guessed = null;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        DataFile.Read(stream, "csv", "guess", new DataFileOptions { LabelColumnGuessed = name => guessed = name },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected, guessed);
    }

    [Theory]
    [InlineData("id,x,Weight,size\na,1,2,3\n", 1)]
    [InlineData("x,weight,size\n1,2,3\n", 1)]
    [InlineData("id,x,weight\na,1,2\n", 2)] // not all of them are there
    public void Columns_that_usually_hold_labels_are_no_channels_where_all_are_there(string text, int channels)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        SequenceDataset data = DataFile.Read(stream, "csv", "usual", new DataFileOptions
        {
            Labels = LabelKind.Any,
            UsualLabelColumn = "weight,size",
        }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(channels, data.Channels);
    }

    [Theory]
    [InlineData("id,x,label\na,1,up|down\na,2,up|down\nb,3,\nc,4,left\n")]
    [InlineData("x,label\n1,up|down\n3,\n4, left \n")]
    public void Several_classes_of_a_sequence_stand_between_bars(string text)
    {
        SequenceDataset data = Read(text, LabelKind.Classes);
        Assert.Equal(["down", "left", "up"], data.ClassLabels);
        Assert.Equal(data.ClassLabels, data.TargetNames);
        Assert.Equal([[1, 0, 1], [0, 0, 0], [0, 1, 0]], data.Select(sequence => sequence.Targets.ToArray()));
    }

    [Theory]
    [InlineData("id,x,weight,size\na,1,2.5,7\na,2,2.5,7\nb,3,?,-1e3\nc,4,,NaN\n", "weight,size")]
    [InlineData("x,weight,size\n1,2.5,7\n3,?,-1e3\n4,,NaN\n", "2, size")]
    public void Numbers_come_from_as_many_columns_as_are_named(string text, string columns)
    {
        if (!text.StartsWith("id", StringComparison.Ordinal))
            columns = columns.Replace("2,", "weight,", StringComparison.Ordinal);
        SequenceDataset data = Read(text, LabelKind.Numbers, columns);
        Assert.Equal(["weight", "size"], data.TargetNames);
        Assert.Empty(data.ClassLabels);
        Assert.Equal([[2.5f, 7], [float.NaN, -1000], [float.NaN, float.NaN]], data.Select(sequence => sequence.Targets.ToArray()));
        Assert.All(data, sequence => Assert.Equal(1, sequence.Channels));
    }

    [Fact]
    public void Without_a_header_the_last_number_is_the_target()
    {
        SequenceDataset data = Read("1,2,3\n4,5,6\n", LabelKind.Numbers);
        Assert.Equal(["target"], data.TargetNames);
        Assert.Equal([3f, 6f], data.Select(sequence => sequence.Targets.Span[0]));
    }

    [Theory]
    [InlineData("id,x,label\na,1,2\na,2,3\n", LabelKind.Numbers, 3, "is labelled '3' here and '2'")]
    [InlineData("id,x,label\na,1,two\n", LabelKind.Numbers, 2, "two")]
    [InlineData("x,label\n1,up\n", LabelKind.Steps, 1, "long form")]
    [InlineData("id,x,label\na,1,u|v\na,2,u\n", LabelKind.Classes, 3, "is labelled 'u' here and 'u|v'")]
    public void What_does_not_fit_is_refused_where_it_stands(string text, LabelKind kind, int line, string says)
    {
        var e = Assert.Throws<DataFileException>(() => Read(text, kind));
        Assert.Equal(line, e.Line);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_named_twice_is_refused() =>
        Assert.Contains("twice", Assert.Throws<DataFileException>(() => Read("x,y\n1,2\n", LabelKind.Numbers, "y,2")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_ts_file_may_end_its_cases_with_a_number()
    {
        SequenceDataset data = Read("@problemName p\n@targetLabel true\n@data\n1,2,3:0.5\n4,5,6:?\n", LabelKind.Numbers, format: "ts");
        Assert.Equal(["target"], data.TargetNames);
        Assert.Equal([0.5f, float.NaN], data.Select(sequence => sequence.Targets.Span[0]));
    }

    [Theory]
    [InlineData("@classLabel true a b\n@data\n1:a\n", LabelKind.Numbers, "declares a classification problem")]
    [InlineData("@classLabel true a b\n@data\n1:a\n", LabelKind.Steps, "labels of steps are read from .csv")]
    [InlineData("@classLabel true a b\n@data\n1:a\n", LabelKind.Classes, "several classes of one sequence are read from .csv")]
    [InlineData("@targetLabel true\n@data\n1:2\n", LabelKind.Class, "declares a regression problem")]
    [InlineData("@targetLabel true\n@classLabel true a\n@data\n1:2\n", LabelKind.Numbers, "declares both")]
    [InlineData("@targetLabel true\n@data\n1:x\n", LabelKind.Numbers, "'x'")]
    [InlineData("@targetLabel true\n@data\n1:\n", LabelKind.Numbers, "without a target")]
    public void A_ts_file_for_something_else_is_refused(string text, LabelKind kind, string says) =>
        Assert.Contains(says, Assert.Throws<DataFileException>(() => Read(text, kind, format: "ts")).Message, StringComparison.Ordinal);

    private static SequenceDataset Read(string text, LabelKind kind, string? labelColumn = null, string format = "csv")
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return DataFile.Read(stream, format, options: new DataFileOptions { Labels = kind, LabelColumn = labelColumn });
    }
}
