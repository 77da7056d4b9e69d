using System.Numerics;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>The cells there are. Options, model files, the tool and the tests that every cell must pass read this list.</summary>
internal static class CellCatalog
{
    /// <summary>All cells, in the order in which help lists them.</summary>
    public static IReadOnlyList<CellEntry> All { get; } = [new SimpleRnnEntry()];

    /// <summary>The cell of a name, in any case, or <see langword="null"/>.</summary>
    public static CellEntry? Find(string name) =>
        All.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private sealed class SimpleRnnEntry : CellEntry
    {
        public override string Name => SimpleRnnCell<TanhActivation>.Name;

        public override IReadOnlyList<CellOption> Options { get; } = [CellOption.Activation];

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => plan.Options.Activation.Accept(new Visitor<T>(plan));

        private sealed class Visitor<T>(LayerPlan<T> plan) : IActivationVisitor<RecurrentLayer<T>>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public RecurrentLayer<T> Visit<TFunction>(TFunction function)
                where TFunction : unmanaged, IActivation =>
                new Recurrent<SimpleRnnCell<TFunction>, T>(new(function), plan.InputSize, plan.HiddenSize, plan.Name, plan.Layout, plan.Kernels);
        }
    }
}

/// <summary>What a recurrent layer is made from.</summary>
internal sealed record LayerPlan<T>(
    int InputSize, int HiddenSize, CellOptions Options, string Name, ParameterLayout Layout, KernelSet<T> Kernels)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
