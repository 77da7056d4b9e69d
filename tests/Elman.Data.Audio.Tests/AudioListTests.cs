namespace Elman.Data.Audio.Tests;

public sealed class AudioListTests : IDisposable
{
    private readonly AudioWorkspace _workspace = new();

    public AudioListTests() => _workspace.Tones();

    [Theory]
    [InlineData("file,label\ntones/low/b.wav,low\ntones/high/a.wav,high\n", "list.csv")]
    [InlineData("label\tPath\nlow\ttones/low/b.wav\nhigh\ttones/high/a.wav\n", "list.tsv")]
    [InlineData("filename;kind\n./tones/low/b.wav;low\ntones/../tones/high/a.wav;high\n", "list.csv")]
    [InlineData("# a comment\nwav,label\ntones\\low\\b.wav,low\ntones/high/a.wav,high\n", "list.csv")]
    public void Files_come_in_the_order_of_the_list(string text, string name)
    {
        string path = _workspace.Write(name, text);
        Assert.True(AudioData.IsAudio(path));
        SequenceDataset data = _workspace.Read(path);
        Assert.Equal(["tones/low/b.wav", "tones/high/a.wav"], data.Select(sequence => sequence.Id));
        Assert.Equal(["high", "low"], data.ClassLabels);
        Assert.Equal([1, 0], data.Select(sequence => sequence.Label));
        Assert.Equal([18, 28], data.Select(sequence => sequence.Steps));
        Assert.Empty(data.Warnings);
    }

    [Fact]
    public void A_decimal_comma_is_known_from_other_lists()
    {
        _workspace.Tones();
        _workspace.Write("list.csv", "file;pitch\ntones/low/b.wav;0,5\ntones/high/a.wav;1,5\n");
        var numbers = new DataFileOptions { Labels = LabelKind.Numbers, LabelColumn = "pitch" };
        SequenceDataset data = _workspace.Read("list.csv", options: numbers with { DecimalSeparator = ',' });
        Assert.Equal([0.5f, 1.5f], _workspace.Read("list.csv", options: numbers with { Known = data.Columns })
            .Select(sequence => sequence.Targets.Span[0]));
        _workspace.Refuses("list.csv", options: numbers);
    }

    [Fact]
    public void A_path_of_its_own_is_taken_inside_the_folder_alone()
    {
        string inside = Path.Combine(_workspace.Folder, "tones/low/a.wav");
        _workspace.Write("list.csv", $"file,label\n{inside},low\n");
        Assert.Equal("tones/low/a.wav", _workspace.Read("list.csv")[0].Id);
        _workspace.Write("tones/list.csv", $"file,label\nlow/a.wav,low\n{Path.Combine(_workspace.Folder, "other.wav")},low\n");
        _workspace.Write("other.wav", Wav.Tone(300));
        Assert.Contains("list.csv, line 3, field 1 ('file'): ", _workspace.Refuses("tones/list.csv"), StringComparison.Ordinal);
        Assert.Contains("is outside the folder of the list;", _workspace.Refuses("tones/list.csv"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file,label\nlow/a.wav,x\n../other.wav,x\n", 3, "is outside the folder")]
    [InlineData("file,label\nlow/a.wav,x\nlow/../../tones2/a.wav,x\n", 3, "is outside the folder")]
    [InlineData("file,label\nlow/a.wav,x\nlow/z.wav,x\n", 3, "there is no file 'low/z.wav'; paths are relative to the folder of the list")]
    [InlineData("file,label\nlow/a.wav,x\nlow/a.mp3,x\n", 3, "'low/a.mp3' is not a .wav file")]
    [InlineData("file,label\nlow/a.mp3,x\n", 2, "'low/a.mp3' is not a .wav file")]
    [InlineData("file,label\nlow/a.wav,x\n,x\n", 3, "the file name is missing;")]
    [InlineData("file,label\nlow/a.wav,x\nhigh/../low/a.wav,y\n", 3, "'low/a.wav' is on line 2 already")]
    [InlineData("file,label\nlow/a.wav,x\nlow/b.wav,\n", 3, "the class label is missing")]
    [InlineData("file,speaker,kind\nlow/a.wav,ann,x\n", 1, "no column is named label, class or target;")]
    public void A_row_that_can_not_be_used_is_named(string text, int line, string says)
    {
        _workspace.Write("tones/list.csv", text);
        string message = _workspace.Refuses("tones/list.csv");
        Assert.Contains($"list.csv, line {line}", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_numbers_and_several_classes_come_from_columns()
    {
        _workspace.Write("list.csv", "file,speaker,pitch,tags\ntones/low/a.wav,ann,320,a|b\ntones/low/b.wav,bob,300.5,\n");
        SequenceDataset numbers = _workspace.Read(
            "list.csv", options: new DataFileOptions { Labels = LabelKind.Numbers, LabelColumn = "pitch", GroupColumn = "speaker" });
        Assert.Equal(["ann", "bob"], numbers.Select(sequence => sequence.Group));
        Assert.Equal([320, 300.5f], numbers.Select(sequence => sequence.Targets.Span[0]));
        Assert.Equal(["pitch"], numbers.TargetNames);
        Assert.Equal("Column 'tags' is ignored; a list has files, labels and groups.", Assert.Single(numbers.Warnings));
        Assert.Equal(("file", "speaker"), (numbers.Columns!.Id, numbers.Columns.Group));
        SequenceDataset classes = _workspace.Read(
            "list.csv", options: new DataFileOptions { Labels = LabelKind.Classes, LabelColumn = "tags" });
        Assert.Equal(["a", "b"], classes.TargetNames);
        Assert.Equal([1, 1], classes[0].Targets.ToArray());
        Assert.Empty(_workspace.Read("list.csv", options: new DataFileOptions { LabelColumn = "none" }).ClassLabels);
    }

    [Theory]
    [InlineData("file,label\nlow,x\n")]
    [InlineData("name,label\na.wav,x\n")]
    [InlineData("x1,x2,label\n1,2,a\n")]
    [InlineData("file,label\n")]
    [InlineData("")]
    public void Another_table_is_not_a_list(string text) => Assert.False(AudioData.IsAudio(_workspace.Write("t.csv", text)));

    [Fact]
    public void What_is_for_tables_of_values_is_refused()
    {
        _workspace.Write("list.csv", "file,label\ntones/low/a.wav,x\n");
        foreach (DataFileOptions options in (DataFileOptions[])[new() { Channels = "1" }, new() { TimeColumn = "t" },
            new() { IdColumn = "i" },
            new() { HasHeader = false }, new() { Format = DelimitedForm.Long }])
            Assert.Contains("is for tables of values", _workspace.Refuses("list.csv", options: options), StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();
}
