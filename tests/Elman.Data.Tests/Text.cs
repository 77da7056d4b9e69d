using System.Text;

namespace Elman.Data.Tests;

/// <summary>Reads data from text, as from a stream.</summary>
internal static class Text
{
    public static SequenceDataset Read(string text, string format, DataFileOptions? options = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return DataFile.Read(stream, format, "file" + format, options);
    }

    public static DataFileException Refuse(string text, string format, DataFileOptions? options = null) =>
        Assert.Throws<DataFileException>(() => Read(text, format, options));

    /// <summary>Checks that the message has the position and the text that the theory expects.</summary>
    public static void AssertPlace(DataFileException e, long? line, int? column, string says)
    {
        Assert.Equal(line, e.Line);
        Assert.Equal(column, e.Column);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.StartsWith(line is null ? $"{e.Path}: " : $"{e.Path}, line {line}", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    public static float[] Values(Sequence s) => s.Values.ToArray();

    public static string LabelOf(SequenceDataset data, int i) => data.ClassLabels[data[i].Label];
}
