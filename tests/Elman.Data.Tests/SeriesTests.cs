namespace Elman.Data.Tests;

/// <summary>Series and recordings in tables: their times, resampling, windows.</summary>
public sealed class SeriesTests
{
    private const string Recording = "recording,time,x,label\na,2024-01-01 00:00,1,sit\na,2024-01-01 00:10,2,sit\n"
        + "a,2024-01-01 01:10,3,run\na,2024-01-01 02:30,4,run\n";

    [Fact]
    public void Steps_have_the_times_of_their_rows_in_the_order_of_time()
    {
        SequenceDataset data = Text.Read("time,x\n2024-01-01 02:00,3\n2024-01-01 00:00,1\n2024-01-01 01:00,2\n", ".csv",
            new DataFileOptions { Labels = LabelKind.None, Format = DelimitedForm.Long });
        Assert.Equal([1, 2, 3], data[0].Values.ToArray());
        Assert.Equal(["2024-01-01 00:00", "2024-01-01 01:00", "2024-01-01 02:00", "2024-01-01 03:00"],
            Enumerable.Range(0, 4).Select(data[0].Times!.TextAt));
    }

    [Fact]
    public void A_column_without_a_name_and_values_does_not_keep_the_other_from_being_a_series()
    {
        SequenceDataset data = Text.Read("x,\n1,\n2,\n3,\n", ".csv", new DataFileOptions { Labels = LabelKind.None });
        Assert.Equal([1, 2, 3], Assert.Single(data).Values.ToArray());
    }

    [Fact]
    public void Rows_become_steps_of_a_fixed_length_and_data_like_others_do_too()
    {
        var options = new DataFileOptions { Labels = LabelKind.Steps, Resampling = new Resampling(TimeSpan.FromHours(1)) };
        SequenceDataset data = Text.Read(Recording, ".csv", options);
        Assert.Equal([1.5f, 3, 4], data[0].Values.ToArray());
        Assert.Equal(["sit", "run", "run"], data[0].StepLabels.ToArray().Select(label => data.ClassLabels[label]));
        SequenceDataset further = Text.Read(Recording, ".csv", new DataFileOptions { Labels = LabelKind.Steps, Known = data.Columns });
        Assert.Equal(data[0].Values.ToArray(), further[0].Values.ToArray());
        DataFileException e = Assert.Throws<DataFileException>(() => Text.Read("id,time,x,label\n1,1,2,a\n1,2,2,a\n", ".csv", options));
        Assert.Contains("needs the date of each row: the times in 'time' are numbers", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recordings_become_windows_and_further_recordings_too()
    {
        var options = new DataFileOptions { Windowing = new Windowing(2, 1) };
        SequenceDataset data = Text.Read(Recording, ".csv", options);
        Assert.Equal(["sit", "sit", "run"], data.Select(window => data.ClassLabels[window.Label]));
        Assert.Equal(["a@0", "a@1", "a@2"], data.Select(window => window.Id));
        SequenceDataset further = Text.Read(Recording, ".csv", new DataFileOptions { Known = data.Columns, Labels = LabelKind.Any });
        Assert.Equal(3, further.Count);
        SequenceDataset lines = Text.Read("{\"id\":\"a\",\"x\":[1,2,3,4],\"label\":[\"u\",\"u\",\"v\",\"v\"]}\n", ".jsonl", options);
        SequenceDataset furtherLines = Text.Read("{\"id\":\"b\",\"x\":[5,6,7]}\n", ".jsonl",
            new DataFileOptions { Known = lines.Columns, Labels = LabelKind.Any });
        Assert.Equal((3, 2), (lines.Count, furtherLines.Count));
        Assert.Contains("--task classify", Assert.Throws<DataFileException>(
            () => Text.Read(Recording, ".csv", options with { Labels = LabelKind.Steps })).Message, StringComparison.Ordinal);
        DataFileException e = Assert.Throws<DataFileException>(() => Text.Read(Recording, ".csv"));
        Assert.Contains("--window", e.Message, StringComparison.Ordinal);
    }
}
