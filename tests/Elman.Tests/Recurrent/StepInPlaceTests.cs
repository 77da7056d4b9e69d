using Elman.Cells;
using Elman.Kernels;
using Elman.Models;
using Elman.Recurrent;
using Elman.Tests.Kernels;

namespace Elman.Tests.Recurrent;

public sealed unsafe class StepInPlaceTests
{
    public static TheoryData<string> Sets => [.. KernelCatalog.All<float>().Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Layers_that_step_in_place_get_there_what_they_get_elsewhere(string set)
    {
        KernelSet<float> kernels = KernelCatalog.Choose<float>(set);
        var checkedCells = new List<string>();
        foreach (CellOptions cell in CellCatalog.All)
        {
            using var model = new SequenceModel<float>(
                new ModelSpec { Cell = cell, InputSize = 2, Layers = [37], OutputSize = 2 }, kernels);
            RecurrentLayer<float> layer = model.Layers[0].FromStart;
            if (!layer.Shape.StepsInPlace)
                continue;
            model.Initialize(WeightInitialization.Rotation, new SeededRandom(3));
            model.Pack(forTraining: false);
            Check(layer);
            checkedCells.Add(cell.Name);
        }
        Assert.Contains(OscillatorCell.Name, checkedCells);
    }

    private static void Check(RecurrentLayer<float> layer)
    {
        using NativeBuffer<float> x = Kernels.Products.Numbers.Native<float>(2, 1),
            state = Kernels.Products.Numbers.Native<float>(layer.Shape.StateSize, 2), next = new(layer.Shape.StateSize);
        using NativeBuffer<float> gates = new(layer.Shape.GateSize), inner = new(layer.Shape.UnitStride);
        for (int t = 0; t < 3; t++)
        {
            var step = new CellStep<float>
            {
                Gates = gates.Start,
                Inner = inner.Start,
                Previous = state.Start,
                RecurrentInput = state.Start + layer.Shape.OutputOffset,
                RecurrentInputStride = layer.Shape.StateSize,
                Next = next.Start,
                UnitStride = layer.Shape.UnitStride,
                StateStride = layer.Shape.StateSize,
            };
            layer.Step(x.Start, step, 1, fromZero: false);
            layer.Step(x.Start, step with { Next = state.Start }, 1, fromZero: false);
            SameBits.Assert<float>(next.Span, state.Span);
        }
    }
}
