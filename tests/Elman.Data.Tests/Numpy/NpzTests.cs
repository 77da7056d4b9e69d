using System.IO.Compression;

namespace Elman.Data.Tests.Numpy;

public class NpzTests
{
    private static DataFileOptions Of(LabelKind kind) => new() { Labels = kind, Axes = "ntc" };

    [Fact]
    public void Labels_are_numbers_or_texts_and_all_that_is_known_is_read()
    {
        SequenceDataset classes = NumpyFiles.Read("classes.npz", Of(LabelKind.Class));
        Assert.Equal(["-3", "7"], classes.ClassLabels);
        Assert.Equal([1, 0], classes.Select(sequence => sequence.Label));
        Assert.Empty(classes.Warnings);
        SequenceDataset texts = NumpyFiles.Read("texts.npz", Of(LabelKind.Class));
        Assert.Equal(["a", "größe"], texts.ClassLabels);
        Assert.Equal(["p", "q"], texts.Select(sequence => sequence.Id));
        Assert.Equal(["1", "1"], texts.Select(sequence => sequence.Group));
        Assert.Equal(["ax", "ay", "az"], texts.ChannelNames);
        Assert.Equal(15f, texts[1].Values.Span[0]);
    }

    [Fact]
    public void Lengths_cut_what_is_padded_or_divide_what_is_joined_and_say_what_is_time()
    {
        SequenceDataset padded = NumpyFiles.Read("padded.npz"), joined = NumpyFiles.Read("joined.npz");
        Assert.Equal([5, 2], padded.Select(sequence => sequence.Steps));
        Assert.Equal([15f, 16, 17, 18, 19, 20], padded[1].Values.ToArray());
        Assert.Equal([7, 3], joined.Select(sequence => sequence.Steps));
        Assert.Equal(21f, joined[1].Values.Span[0]);
        Assert.Equal(["u", "v"], joined.ClassLabels);
        Assert.Empty(padded.Warnings.Concat(joined.Warnings));
    }

    [Theory]
    [InlineData("steps.npz")]
    [InlineData("steps_fortran.npz")]
    public void Steps_may_be_labelled(string name)
    {
        SequenceDataset data = NumpyFiles.Read(name, new() { Labels = LabelKind.Steps });
        Assert.Equal(["0", "1", "2"], data.ClassLabels);
        Assert.Equal([[0, 1, 0, 1, 0], [1, 1, 1, 0, 2]], data.Select(sequence => sequence.StepLabels.ToArray()));
        Assert.Contains("one class for each of the 2 sequences is needed", NumpyFiles.Refused(name), StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_and_sets_are_read()
    {
        SequenceDataset numbers = NumpyFiles.Read("numbers.npz", Of(LabelKind.Numbers));
        Assert.Equal(["size", "weight"], numbers.TargetNames);
        Assert.Equal([[0.1f, 2], [float.NaN, 4]], numbers.Select(sequence => sequence.Targets.ToArray()));
        SequenceDataset sets = NumpyFiles.Read("sets.npz", Of(LabelKind.Classes));
        Assert.Equal(["0", "1"], sets.ClassLabels);
        Assert.Equal([[1f, 0], [1, 1]], sets.Select(sequence => sequence.Targets.ToArray()));
        Assert.Contains("np.argmax", NumpyFiles.Refused("sets.npz", Of(LabelKind.Class)), StringComparison.Ordinal);
        Assert.Equal(["target"], NumpyFiles.Read("classes.npz", Of(LabelKind.Numbers)).TargetNames);
    }

    [Fact]
    public void A_single_array_of_another_name_is_taken_and_that_is_reported() => Assert.Contains(
        NumpyFiles.Read("one.npz", Of(LabelKind.Any)).Warnings,
        warning => warning.Contains("'arr_0' is read as the values", StringComparison.Ordinal));

    [Fact]
    public void A_small_archive_can_not_make_much_of_nothing()
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("X.npy", CompressionLevel.Optimal).Open();
            byte[] head = NumpyFiles.Content("promises.npy")[..128], zeros = new byte[1 << 20];
            entry.Write(head);
            for (int i = 0; i < 80; i++)
                entry.Write(zeros);
        }
        packed.Position = 0;
        Assert.Contains("more than 100 times its compressed size; if that is correct, save it with np.savez",
            Assert.Throws<DataFileException>(() => DataFile.Read(
            packed, "npz", cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_bit_is_found()
    {
        byte[] file = [.. NumpyFiles.Content("classes.npz")];
        file[300] ^= 1; // within the values
        using var stream = new MemoryStream(file);
        Assert.Contains("array 'X': its length or checksum does not match", Assert.Throws<DataFileException>(() => DataFile.Read(
            stream, "npz", options: Of(LabelKind.Class), cancellationToken: TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }
}
