using Elman.Cells;
using Elman.Kernels;
using Elman.Layers;

namespace Elman.Tests.Layers;

public class CellEntryTests
{
    public static TheoryData<string> Cells => [.. CellCatalog.All.Select(cell => cell.Name)];

    public static TheoryData<string> Variants => [.. CellVariants.Names];

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
        Assert.All(CellCatalog.All.Where(other => other.Options.Contains(option)), other => Assert.Contains(other.Name, refusal, StringComparison.Ordinal));
        if (option.ShapesModel())
            Assert.Equal([refusal], entry.FindProblems(CellVariants.Change(option, new TrainingOptions()).SpecFor(1, 1).CellOptions));
        else
            Assert.Equal([refusal], CellVariants.Change(option, new TrainingOptions { Cell = cell }).FindProblems());
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_gates_are_counted_as_the_weights_of_a_layer_have_them(string variant)
    {
        TrainingOptions options = CellVariants.Options(variant);
        CellEntry entry = CellCatalog.Find(options.Cell)!;
        CellOptions cellOptions = options.SpecFor(1, 1).CellOptions;
        using RecurrentLayer<double> layer = Layer(entry, cellOptions, inputSize: 3, hiddenSize: 5);
        int gates = entry.GateCount(cellOptions);
        Assert.Equal([3, gates * 5], layer.InputWeights.Shape);
        if (layer.RecurrentWeights is not null)
            Assert.Equal([layer.OutputSize, gates * 5], layer.RecurrentWeights.Shape);
        Assert.InRange(layer.Bias.Count, gates * 5, (gates + 1) * 5);
        Assert.Equal(layer.InputWeights.Count + (layer.RecurrentWeights?.Count ?? 0) + layer.Bias.Count + layer.Matrices.Sum(matrix => matrix.Count), entry.WeightCount(cellOptions, inputSize: 3, hiddenSize: 5));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_most_units_are_the_most_whose_weights_can_be_stored(string variant)
    {
        TrainingOptions options = CellVariants.Options(variant);
        CellEntry entry = CellCatalog.Find(options.Cell)!;
        CellOptions cellOptions = options.SpecFor(1, 1).CellOptions;
        int gates = entry.GateCount(cellOptions), most = entry.MaxHidden(cellOptions);
        Assert.Equal((long)gates * most * most, new ParameterSlice("wh", [most, gates * most], 0).Count);
        Assert.Throws<ArgumentException>(() => new ParameterSlice("wh", [most + 1, gates * (most + 1)], 0));
    }

    private static RecurrentLayer<double> Layer(CellEntry entry, CellOptions options, int inputSize, int hiddenSize) =>
        entry.CreateLayer(new LayerPlan<double>(inputSize, hiddenSize, options, "rnn.0", new ParameterLayout(), KernelCatalog.Default<double>()));
}
