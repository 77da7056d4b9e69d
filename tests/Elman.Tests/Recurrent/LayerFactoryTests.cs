using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Tests.Recurrent;

public class LayerFactoryTests
{
    public static TheoryData<string> AllVariants => [.. CellVariants.Names, .. UnevenCells.Names];

    [Theory]
    [MemberData(nameof(AllVariants))]
    public void The_gates_are_counted_as_the_weights_of_a_layer_have_them(string variant)
    {
        CellOptions cell = Find(variant);
        using RecurrentLayer<double> layer = Layer(cell, inputSize: 3, hiddenSize: 5);
        (int input, int recurrent) = LayerFactory.GateCounts(cell);
        Assert.Equal([3, input * 5], layer.Weights.Input.Shape);
        if (layer.Weights.Recurrent is null)
            Assert.Equal(0, recurrent);
        else
            Assert.Equal([layer.Shape.OutputSize, recurrent * 5], layer.Weights.Recurrent.Shape);
        Assert.InRange(layer.Weights.Bias.Count, Math.Max(input, recurrent) * 5, (input + recurrent) * 5);
        Assert.Equal(
            layer.Weights.Input.Count + (layer.Weights.Recurrent?.Count ?? 0) + layer.Weights.Bias.Count
                + layer.Matrices.Sum(matrix => matrix.Count),
            LayerFactory.WeightCount(cell, inputSize: 3, hiddenSize: 5));
    }

    [Theory]
    [MemberData(nameof(AllVariants))]
    public void The_most_units_are_the_most_whose_weights_can_be_stored(string variant)
    {
        CellOptions cell = Find(variant);
        (int input, int recurrent) = LayerFactory.GateCounts(cell);
        int most = LayerFactory.MaxHidden(cell);
        foreach (int gates in (int[])[input, recurrent])
            Assert.Equal((long)gates * most * most, new ParameterSlice("w", [most, gates * most], 0).Count);
        int more = Math.Max(input, recurrent) * (most + 1);
        Assert.Throws<ArgumentException>(() => new ParameterSlice("w", [most + 1, more], 0));
    }

    private static CellOptions Find(string variant) => UnevenCells.Find(variant) ?? CellVariants.Options(variant).Cell;

    private static RecurrentLayer<double> Layer(CellOptions cell, int inputSize, int hiddenSize) => LayerFactory.Create(
        new LayerPlan<double>(inputSize, hiddenSize, cell, "rnn.0", new ParameterLayout(), KernelCatalog.Default<double>()));
}
