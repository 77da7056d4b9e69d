namespace Elman.Data.Tests;

public class PublishedDataTests
{
    [Theory]
    [InlineData("JapaneseVowels", "JapaneseVowels_TRAIN.ts", 270, 12, 9, 7, 26)]
    [InlineData("JapaneseVowels", "JapaneseVowels_TEST.ts", 370, 12, 9, 7, 29)]
    [InlineData("ItalyPowerDemand", "ItalyPowerDemand_TRAIN.ts", 67, 1, 2, 24, 24)]
    [InlineData("ItalyPowerDemand", "ItalyPowerDemand_TEST.ts", 1029, 1, 2, 24, 24)]
    [InlineData("SyntheticControl", "SyntheticControl_TRAIN.ts", 300, 1, 6, 60, 60)]
    [InlineData("SyntheticControl", "SyntheticControl_TEST.ts", 300, 1, 6, 60, 60)]
    [InlineData("PenDigits", "PenDigits_TRAIN.csv", 7494, 2, 10, 8, 8)]
    [InlineData("PenDigits", "PenDigits_TEST.csv", 3498, 2, 10, 8, 8)]
    public void A_published_set_has_the_size_it_is_said_to_have(
        string set, string file, int cases, int channels, int classes, int minSteps, int maxSteps)
    {
        SequenceDataset data = SharedData.Read(
            set, file, new() { Channels = channels.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Equal((cases, channels, classes), (data.Count, data.Channels, data.ClassLabels.Count));
        Assert.Equal((minSteps, maxSteps), (data.MinSteps, data.MaxSteps));
        Assert.Equal(data.ClassLabels.OrderBy(int.Parse), data.ClassLabels);
        Assert.DoesNotContain(0, data.CountByClass());
    }

    [Fact]
    public void Text_in_columns_is_refused_with_its_position()
    {
        DataFileException e = Assert.Throws<DataFileException>(() => SharedData.Read("names", "names_TRAIN.tsv"));
        Assert.Equal((2, 2), (e.Line, e.Column));
    }
}
