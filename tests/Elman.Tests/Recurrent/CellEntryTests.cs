using Elman.Cells;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Tests.Recurrent;

public class CellEntryTests
{
    public static TheoryData<string> Cells => [.. CellCatalog.All.Select(cell => cell.Name)];

    public static TheoryData<string> Variants => [.. CellVariants.Names];

    public static TheoryData<string> AllVariants => [.. CellVariants.Names, .. UnevenCells.Names];

    public static TheoryData<string, string> CellsAndOptions =>
        new(from cell in CellCatalog.All from option in Enum.GetNames<CellOption>() select (cell.Name, option));

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_is_found_by_its_name_in_any_case(string cell)
    {
        Assert.Equal(cell, CellCatalog.Find(cell)?.Name);
        Assert.Equal(cell, CellCatalog.Find(cell.ToUpperInvariant())?.Name);
        Assert.Equal(cell, cell.ToLowerInvariant());
        Assert.Single(CellCatalog.All, entry => entry.Name == cell);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" rnn")]
    [InlineData("rnn2")]
    public void No_cell_is_found_by_another_name(string name) => Assert.Null(CellCatalog.Find(name));

    [Fact]
    public void Every_option_is_for_some_cell() =>
        Assert.All(Enum.GetValues<CellOption>(), option => Assert.Contains(CellCatalog.All, cell => cell.Options.Contains(option)));

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_cell_takes_its_own_options_in_any_combination(string variant)
    {
        TrainingOptions options = CellVariants.Options(variant);
        Assert.Empty(CellCatalog.Find(options.Cell)!.FindProblems(options.SpecFor(1, 1).CellOptions));
    }

    [Theory]
    [MemberData(nameof(CellsAndOptions))]
    public void What_only_other_cells_take_is_refused_with_their_names(string cell, string name)
    {
        CellOption option = Enum.Parse<CellOption>(name);
        CellEntry entry = CellCatalog.Find(cell)!;
        string? refusal = entry.Refusal(option);
        Assert.Equal(entry.Options.Contains(option), refusal is null);
        if (refusal is null)
            return;
        Assert.StartsWith($"{name} is for ", refusal, StringComparison.Ordinal);
        Assert.EndsWith($"; {cell} does not take it.", refusal, StringComparison.Ordinal);
        Assert.All(CellCatalog.All.Where(other => other.Options.Contains(option)),
            other => Assert.Contains(other.Name, refusal, StringComparison.Ordinal));
        if (option.ShapesModel())
            Assert.Equal([refusal], entry.FindProblems(CellVariants.Change(option, new TrainingOptions()).SpecFor(1, 1).CellOptions));
        else
            Assert.StartsWith(
                refusal[..^1], Assert.Single(CellVariants.Change(option, new TrainingOptions { Cell = cell }).FindProblems()),
                StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllVariants))]
    public void The_gates_are_counted_as_the_weights_of_a_layer_have_them(string variant)
    {
        (CellEntry entry, CellOptions options) = Find(variant);
        using RecurrentLayer<double> layer = Layer(entry, options, inputSize: 3, hiddenSize: 5);
        (int input, int recurrent) = entry.GateCounts(options);
        Assert.Equal([3, input * 5], layer.Weights.Input.Shape);
        if (layer.Weights.Recurrent is null)
            Assert.Equal(0, recurrent);
        else
            Assert.Equal([layer.Shape.OutputSize, recurrent * 5], layer.Weights.Recurrent.Shape);
        Assert.InRange(layer.Weights.Bias.Count, Math.Max(input, recurrent) * 5, (input + recurrent) * 5);
        Assert.Equal(
            layer.Weights.Input.Count + (layer.Weights.Recurrent?.Count ?? 0) + layer.Weights.Bias.Count
                + layer.Matrices.Sum(matrix => matrix.Count),
            entry.WeightCount(options, inputSize: 3, hiddenSize: 5));
    }

    [Theory]
    [MemberData(nameof(AllVariants))]
    public void The_most_units_are_the_most_whose_weights_can_be_stored(string variant)
    {
        (CellEntry entry, CellOptions options) = Find(variant);
        (int input, int recurrent) = entry.GateCounts(options);
        int most = entry.MaxHidden(options);
        foreach (int gates in (int[])[input, recurrent])
            Assert.Equal((long)gates * most * most, new ParameterSlice("w", [most, gates * most], 0).Count);
        int more = Math.Max(input, recurrent) * (most + 1);
        Assert.Throws<ArgumentException>(() => new ParameterSlice("w", [most + 1, more], 0));
    }

    private static (CellEntry Entry, CellOptions Options) Find(string variant)
    {
        if (UnevenCells.Find(variant) is { } uneven)
            return (uneven, CellOptions.Default);
        TrainingOptions options = CellVariants.Options(variant);
        return (CellCatalog.Find(options.Cell)!, options.SpecFor(1, 1).CellOptions);
    }

    private static RecurrentLayer<double> Layer(CellEntry entry, CellOptions options, int inputSize, int hiddenSize) =>
        entry.CreateLayer(
            new LayerPlan<double>(inputSize, hiddenSize, options, "rnn.0", new ParameterLayout(), KernelCatalog.Default<double>()));
}
