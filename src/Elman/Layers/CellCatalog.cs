using System.Numerics;
using Elman.Cells;

namespace Elman.Layers;

/// <summary>The cells there are. Options, model files, the tool and the tests that every cell must pass read this list.</summary>
internal static class CellCatalog
{
    /// <summary>All cells, in the order in which help lists them.</summary>
    public static IReadOnlyList<CellEntry> All { get; } = [new SimpleRnnEntry(), new GruEntry(), new LstmEntry(), new InputGatedEntry<MinGruCell>(), new InputGatedEntry<MinLstmCell>()];

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
                new Recurrent<SimpleRnnCell<TFunction>, T>(new(function), plan);
        }
    }

    private sealed class GruEntry : CellEntry
    {
        public override string Name => GruCell.Name;

        public override IReadOnlyList<CellOption> Options { get; } = [CellOption.GruReset];

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => plan.Options.GruReset == GruReset.Before
            ? new Recurrent<ResetBeforeGruCell, T>(default, plan)
            : new Recurrent<GruCell, T>(default, plan);
    }

    /// <summary>A cell without options but the first bias of its forget gate, such as those whose gates see the input alone.</summary>
    private sealed class InputGatedEntry<TCell> : CellEntry
        where TCell : unmanaged, IRecurrentCell
    {
        public override string Name => TCell.Name;

        public override IReadOnlyList<CellOption> Options { get; } = [CellOption.ForgetBias];

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => new Recurrent<TCell, T>(default, plan);
    }

    private sealed class LstmEntry : CellEntry
    {
        public override string Name => LstmCell.Name;

        public override IReadOnlyList<CellOption> Options { get; } = [CellOption.Peepholes, CellOption.CoupledGates, CellOption.GateClip, CellOption.ForgetBias];

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => plan.Options switch
        {
            { Peepholes: false, CoupledGates: false, GateClip: double.PositiveInfinity } => new Recurrent<LstmCell, T>(default, plan),
            { Peepholes: false } => Coupled<T, No>(plan),
            _ => Coupled<T, Yes>(plan),
        };

        private static RecurrentLayer<T> Coupled<T, TPeepholes>(LayerPlan<T> plan)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TPeepholes : struct, IAnswer =>
            plan.Options.CoupledGates ? Clipped<T, TPeepholes, Yes>(plan) : Clipped<T, TPeepholes, No>(plan);

        private static RecurrentLayer<T> Clipped<T, TPeepholes, TCoupled>(LayerPlan<T> plan)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            where TPeepholes : struct, IAnswer
            where TCoupled : struct, IAnswer => double.IsFinite(plan.Options.GateClip)
            ? new Recurrent<LstmVariantCell<LstmVariant<TPeepholes, TCoupled, Yes>>, T>(new(plan.Options.GateClip), plan)
            : new Recurrent<LstmVariantCell<LstmVariant<TPeepholes, TCoupled, No>>, T>(default, plan);
    }
}
