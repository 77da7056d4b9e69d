using Elman.Data;

namespace Elman.Samples.Tests.Pages;

/// <summary>The examples of data files in the pages are read as the text around them says.</summary>
public sealed class DataBlockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("elman-data-");

    [Theory]
    [InlineData("label,t1,t2,t3\n", "wide.csv", 1, "circle,line", "3,2")]
    [InlineData("id,time,x,y,label\n", "long.csv", 2, "circle,line", "2,1")]
    [InlineData("@problemName", "strokes.ts", 2, "circle,line", "3,2")]
    [InlineData("@relation", "strokes.arff", 2, "circle,line", "2,2")]
    [InlineData("{\"id\":\"a\"", "strokes.jsonl", 2, "circle,line", "2,2")]
    public void An_example_of_the_page_about_data_is_read(string begin, string file, int channels, string classes, string steps)
    {
        SequenceDataset data = Read("docs/guide/data.md", begin, file);
        Assert.Equal(channels, data.Channels);
        Assert.Equal(classes, string.Join(',', data.ClassLabels));
        Assert.Equal(steps, string.Join(',', data.Select(sequence => sequence.Steps)));
    }

    [Fact]
    public void An_example_of_the_page_about_forecasts_is_one_series()
    {
        SequenceDataset data = Read("docs/guide/forecasts.md", "time,load\n", "load.csv",
            new DataFileOptions { Labels = LabelKind.None, Format = DelimitedForm.Long });
        Assert.Equal((1, 1, 2), (data.Count, data.Channels, data[0].Steps));
        Assert.Equal(["load"], data.ChannelNames);
        Assert.Equal(new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.Zero), data[0].Times!.DateAt(1));
    }

    /// <summary>Every block with no language, or that of a table, that looks like data is tested here.</summary>
    [Fact]
    public void No_example_of_the_page_about_data_is_left_out() =>
        Assert.Equal(
            ["label,t1,t2,t3", "id,time,x,y,label", "@problemName strokes", "@relation strokes", "{\"id\":\"a\",\"label\":\"circle\",\"x\":"
                + "[[0.1,1.0],[0.4,0.8]]}", "file,word,speaker"], // the last by the commands of the page
            Block.Of("docs/guide/data.md").Where(block => block.Language is "" or "csv").Select(block => block.Text.Split('\n')[0]));

    public void Dispose() => _folder.Delete(recursive: true);

    private SequenceDataset Read(string page, string begin, string file, DataFileOptions? options = null)
    {
        Block block = Block.Of(page).Single(block => block.Text.StartsWith(begin, StringComparison.Ordinal));
        string path = Path.Combine(_folder.FullName, file);
        File.WriteAllText(path, block.Text);
        return DataFile.Read(path, options);
    }
}
