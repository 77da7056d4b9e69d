namespace Elman.Data.Tests.Numpy;

public class NumpyFormatTests
{
    // Sequence n, step t, channel c of the grid is 15 n + 3 t + c.
    private static readonly float[] _first = [.. Enumerable.Range(0, 15).Select(i => (float)i)];
    private static readonly float[] _second = [.. Enumerable.Range(15, 15).Select(i => (float)i)];

    public static TheoryData<string> Grids => [.. NumpyFiles.Names.Where(name => name.Contains("ntc_") || name.StartsWith("nct"))];

    [Theory]
    [MemberData(nameof(Grids))]
    public void Every_type_order_and_version_of_an_array_gives_the_same_sequences(string name)
    {
        SequenceDataset data = NumpyFiles.Read(name, new() { Axes = name[..3] });
        Assert.Equal(3, data.Channels);
        Assert.Equal([_first, _second], data.Select(sequence => sequence.Values.ToArray()));
    }

    [Theory]
    [InlineData("ntc_f4_little.npy", "5 steps and 3 channels, [sequences, steps, channels]", "give --axes ntc to confirm, or --axes nct")]
    [InlineData("nct.npy", "5 steps and 3 channels, [sequences, channels, steps]", "give --axes nct to confirm, or --axes ntc")]
    public void The_longer_of_the_last_two_axes_is_time_with_a_warning(string name, string understood, string type)
    {
        SequenceDataset data = NumpyFiles.Read(name, new() { Labels = LabelKind.Any });
        Assert.Equal([_first, _second], data.Select(sequence => sequence.Values.ToArray()));
        string warning = Assert.Single(data.Warnings);
        Assert.Contains(understood, warning, StringComparison.Ordinal);
        Assert.Contains(type, warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Axes_that_are_said_or_known_by_the_channels_are_no_matter_of_doubt()
    {
        Assert.Empty(NumpyFiles.Read("nct.npy", new() { Labels = LabelKind.Any, Axes = "NCT" }).Warnings);
        SequenceDataset other = NumpyFiles.Read("nct.npy", new() { Labels = LabelKind.Any, KnownChannels = ["a", "b", "c", "d", "e"] });
        Assert.Empty(other.Warnings);
        Assert.Equal(5, other.Channels);
        Assert.Equal([0f, 3, 6, 9, 12, 1], other[0].Values.Span[..6].ToArray());
        Assert.Equal((5, 6), (
            NumpyFiles.Read("nct.npy", new() { Axes = "ctn" }).Count, NumpyFiles.Read("t.npy", new() { Axes = "t" }).MaxSteps));
    }

    [Fact]
    public void Two_axes_are_sequences_and_steps_and_one_is_a_series_for_forecasts()
    {
        SequenceDataset data = NumpyFiles.Read("nt.npy");
        Assert.Equal((3, 4, 1), (data.Count, data.MaxSteps, data.Channels));
        Assert.Equal([4f, 5, 6, 7], data[1].Values.ToArray());
        Assert.Contains("no labels", Assert.Single(data.Warnings), StringComparison.Ordinal);
        Assert.Contains("--axes tc", Assert.Single(NumpyFiles.Read("nt.npy", new() { Labels = LabelKind.None }).Warnings),
            StringComparison.Ordinal);
        SequenceDataset series = NumpyFiles.Read("nt.npy", new() { Labels = LabelKind.None, Axes = "tc" });
        Assert.Equal((1, 3, 4), (series.Count, series.MaxSteps, series.Channels));
        Assert.Equal([0f, 1, 2, 3, 4, 5], NumpyFiles.Read("t.npy", new() { Labels = LabelKind.None })[0].Values.ToArray());
        Assert.Contains("--axes t if it is one series", NumpyFiles.Refused("t.npy"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bit_of_a_float_is_kept_and_truth_values_are_ones_and_zeros()
    {
        Assert.Equal(new uint[] { 0x3DCCCCCD, 0x80000000, 0x7FC00000, 1, 0x7F7FFFFF },
            NumpyFiles.Read("special.npy")[0].Values.ToArray().Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal([0f, 1, 0, 1], NumpyFiles.Read("bool.npy")[0].Values.ToArray());
    }

    [Theory]
    [InlineData("objects.npy", "Python objects (pickle), which are never loaded because that would run code;")]
    [InlineData("complex.npy", "of the type '<c8', which is not supported; save it as float32")]
    [InlineData("records.npy", "records with several fields;")]
    [InlineData("dates.npy", "of the type '<M8[D]', which is not supported")]
    [InlineData("infinite.npy", "the item at [1, 1] is not finite")]
    [InlineData("promises.npy", "truncated within the array;")]
    [InlineData("parts.npz", "the file has X_train, X_test, y_train, y_test. Save the values and labels with")]
    [InlineData("twice.npz", "'X' and 'data' could each be the values; keep one of them")]
    public void What_can_not_be_read_is_refused_with_what_to_do(string name, string says) =>
        Assert.Contains(says, NumpyFiles.Refused(name), StringComparison.Ordinal);

    [Theory]
    [InlineData("nt")]
    [InlineData("ntx")]
    [InlineData("nnt")]
    [InlineData("ncc")]
    [InlineData("nc")]
    public void Axes_that_do_not_fit_are_refused(string axes) => Assert.Contains($"the axes '{axes}'",
        NumpyFiles.Refused("nct.npy", new() { Axes = axes }), StringComparison.Ordinal);

    [Fact]
    public void An_array_that_is_truncated_is_refused_also_where_its_length_is_not_known()
    {
        byte[] whole = NumpyFiles.Content("promises.npy");
        foreach (int length in new[] { 1, 6, 9, 40, whole.Length })
        {
            using var stream = new OneWayStream(whole[..length]);
            Assert.Contains("truncated", Assert.Throws<DataFileException>(() => DataFile.Read(
                stream, "npy", cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Standard input, which is not seekable.</summary>
    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
