using Apache.Arrow;
using Apache.Arrow.Types;
using static Elman.Data.Columnar.Tests.Arrow.ArrowFiles;

namespace Elman.Data.Columnar.Tests;

public class NestedLabelTests
{
    private static readonly ListArray _values = Lists(Floats(1, 2, 3, 4), 0, 2, 4);

    private static ListArray Lists(IArrowArray items, params int[] offsets) => new(new ListType(items.Data.DataType), offsets.Length - 1,
        new ArrowBuffer.Builder<int>().AppendRange(offsets).Build(), items, ArrowBuffer.Empty);

    private static SequenceDataset Read(DataFileOptions options, params (string Name, IArrowArray Values)[] columns) =>
        Files.Read(Of([("x", _values), .. columns]), "arrow", options);

    private static string Refused(DataFileOptions options, params (string Name, IArrowArray Values)[] columns) =>
        Files.Refused(Of([("x", _values), .. columns]), "arrow", options);

    [Fact]
    public void Steps_have_a_label_each()
    {
        var steps = new DataFileOptions { Labels = LabelKind.Steps };
        SequenceDataset data = Read(steps, ("label", Lists(Texts("u", null, "v", "u"), 0, 2, 4)));
        Assert.Equal([[0, -1], [1, 0]], data.Select(sequence => sequence.StepLabels.ToArray()));
        Assert.Contains("row 1, column 2 ('label'): there are 1 labels for 2 steps",
            Refused(steps, ("label", Lists(Texts("u", "v"), 0, 1, 2))), StringComparison.Ordinal);
        Assert.Contains("give a list with one for each", Refused(steps, ("label", Texts("u", "v"))), StringComparison.Ordinal);
        Assert.Contains("of steps.", Refused(new(), ("label", Lists(Texts("u", "v"), 0, 1, 2))),
            StringComparison.Ordinal);
        Assert.Empty(Read(new() { Labels = LabelKind.Any }, ("label", Lists(Texts("u", "v"), 0, 1, 2))).ClassLabels);
    }

    [Fact]
    public void Several_classes_are_a_list_or_a_text()
    {
        var sets = new DataFileOptions { Labels = LabelKind.Classes };
        SequenceDataset data = Read(sets, ("label", Lists(Texts("u", "v"), 0, 2, 2)));
        Assert.Equal([[1f, 1], [0, 0]], data.Select(sequence => sequence.Targets.ToArray()));
        Assert.Equal([[1f, 1], [0, 1]], Read(sets, ("label", Texts("u|v", "v"))).Select(sequence => sequence.Targets.ToArray()));
        SequenceDataset unknown = Read(sets, ("label", Texts("u", null)));
        Assert.Equal([1f, float.NaN], unknown.Select(sequence => sequence.Targets.Span[0]));
        Assert.Contains("The classes of 1 row without a label (null)", Assert.Single(unknown.Warnings), StringComparison.Ordinal);
        Assert.Contains("is not a valid class "
            + "name;", Refused(sets, ("label", Lists(Texts("u|v", "v"), 0, 1, 2))), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_have_a_column_each()
    {
        SequenceDataset data = Read(new() { Labels = LabelKind.Numbers, LabelColumn = "size,weight" }, ("size", Floats(0.1f, float.NaN)),
            ("weight", Texts("2", null)));
        Assert.Equal([[0.1f, 2], [float.NaN, float.NaN]], data.Select(sequence => sequence.Targets.ToArray()));
        Assert.Equal(["size", "weight"], data.TargetNames);
    }

    [Fact]
    public void Without_labels_that_is_reported_and_for_forecasts_they_are_ignored()
    {
        Assert.Contains("so the sequences have no labels", Assert.Single(Read(new()).Warnings), StringComparison.Ordinal);
        SequenceDataset data = Read(new() { Labels = LabelKind.None }, ("label", Texts("u", "v")));
        Assert.Contains("'label' is ignored", Assert.Single(data.Warnings), StringComparison.Ordinal);
        Assert.Empty(data.ClassLabels);
    }

    [Fact]
    public void Lists_that_do_not_fit_are_refused()
    {
        Assert.Contains("row 2, column 2 ('y'): the list has 1 items, that of column 1 ('x') has 2",
            Refused(new(), ("y", Lists(Floats(1, 2, 3), 0, 2, 3))), StringComparison.Ordinal);
        Assert.Contains("the list is empty", Refused(new(), ("y", Lists(Floats(1, 2), 0, 2, 2))), StringComparison.Ordinal);
        Assert.Contains("holds lists, so each row is a sequence, not a step;", Refused(new() { Format = DelimitedForm.Long }),
            StringComparison.Ordinal);
        Assert.Contains("item 2: 'a' is not a number", Refused(new() { Channels = "y" }, ("y", Lists(Texts("1", "a"), 0, 2, 2))),
            StringComparison.Ordinal);
        Assert.Contains("Column 'time' is ignored, because it has the name of a time column", Read(new(), ("time", _values)).Warnings[1],
            StringComparison.Ordinal);
    }
}
