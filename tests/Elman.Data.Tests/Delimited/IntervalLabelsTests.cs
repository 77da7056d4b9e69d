namespace Elman.Data.Tests.Delimited;

/// <summary>Labels of intervals, from a separate file.</summary>
public sealed class IntervalLabelsTests : IDisposable
{
    private const string Recordings = "recording,time,x\na,0,1\na,1,2\na,2,3\na,3,4\nb,0,5\nb,1,6\n";

    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Steps_from_the_start_up_to_the_end_have_the_label()
    {
        SequenceDataset data = Read(Recordings, "recording,start,end,label\na,1,3,walk\nb,0,0.5,run\n");
        Assert.Equal(["run", "walk"], data.ClassLabels);
        Assert.Equal([-1, 1, 1, -1], data[0].StepLabels.ToArray());
        Assert.Equal([0, -1], data[1].StepLabels.ToArray());
    }

    [Fact]
    public void Windows_take_their_classes_from_them()
    {
        SequenceDataset data = Read(Recordings, "recording,from,to,class\na,0,2,walk\na,2,9,run\nb,0,9,run\n", new Windowing(2, 2));
        Assert.Equal(["walk", "run", "run"], data.Select(window => data.ClassLabels[window.Label]));
    }

    [Fact]
    public void Dates_are_compared_in_any_form()
    {
        SequenceDataset data = Read("time,x\n2024-01-01 00:00,1\n2024-01-01 01:00,2\n2024-01-01 02:00,3\n",
            "start,end,label\n2024-01-01T01:00:00Z,2024-01-01T03:00:00+01:00,on\n");
        Assert.Equal([-1, 0, -1], data[0].StepLabels.ToArray());
    }

    [Theory]
    [InlineData("start,end,label\n0,1,a\n", "no id column; add a column with the name of the recordings'")]
    [InlineData("recording,start,end\na,0,1\n", "no column is named label")]
    [InlineData("recording,end,label\na,0,1\n", "no column is named start")]
    [InlineData("recording,start,end,label\na,1,1,u\n", "is not after its start;")]
    [InlineData("recording,start,end,label\na,x,1,u\n", "'x' is not a time")]
    [InlineData("recording,start,end,label\na,0,2,u\na,1,3,v\n", "overlaps the one on line 2")]
    [InlineData("recording,start,end,label\na,10,20,u\n", "no step of")]
    [InlineData("recording,start,end,label\n", "no step of")]
    [InlineData("", "the file is empty")]
    [InlineData("\n\n", "only blank lines")]
    public void Intervals_that_can_not_be_are_refused(string intervals, string because) => Assert.Contains(
        because, Assert.Throws<DataFileException>(() => Read(Recordings, intervals)).Message, StringComparison.Ordinal);

    [Fact]
    public void Intervals_of_a_recording_that_is_not_there_are_warned_about_and_a_file_that_is_not_there_is_refused()
    {
        SequenceDataset data = Read(Recordings, "recording,start,end,label\na,0,2,u\nc,0,2,v\n");
        Assert.Contains(data.Warnings, warning => warning.Contains("'c' are not used", StringComparison.Ordinal));
        data = Read(
            Recordings, "recording,start,end,label\na,0,2,u\nc,0,2,v\nd,0,2,v\ne,0,2,v\nf,0,2,v\n");
        Assert.Contains(data.Warnings, warning => warning.StartsWith("Intervals of 'c', 'd', 'e' are not used", StringComparison.Ordinal));
        Assert.Throws<DataFileException>(() => Text.Read(Recordings, ".csv", new DataFileOptions { Intervals = _path + ".none" }));
    }

    public void Dispose() => File.Delete(_path);

    private SequenceDataset Read(string recordings, string intervals, Windowing? windows = null)
    {
        File.WriteAllText(_path, intervals);
        return Text.Read(recordings, ".csv", new DataFileOptions
        {
            Intervals = _path,
            Windowing = windows,
            Labels = windows is null ? LabelKind.Steps : LabelKind.Class,
            Format = DelimitedForm.Long,
        });
    }
}
