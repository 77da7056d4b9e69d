using System.Numerics;
using Elman.Cells;
using Elman.Linear;

namespace Elman.Recurrent;

/// <summary>The cells there are. Options, model files, the tool and the tests that every cell must pass read this list.</summary>
internal static class CellCatalog
{
    /// <summary>All cells, in the order in which help lists them.</summary>
    public static IReadOnlyList<CellEntry> All { get; } = [new SimpleRnnEntry(), new GruEntry(), new LstmEntry(), new IndRnnEntry(),
        new InputGatedEntry<MinGruCell>(), new InputGatedEntry<MinLstmCell>(), new LruEntry(), new SumEntry(), new EchoStateEntry(),
        new OscillatorEntry(), new DelaysEntry()];

    /// <summary>The cell of a name, in any case, or <see langword="null"/>.</summary>
    public static CellEntry? Find(string name) =>
        All.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is to be said of a name that no cell has.</summary>
    public static string Unknown(string name) =>
        $"Cell '{name}' is not known; it may be {string.Join(", ", All.Select(entry => entry.Name))}.";

    private sealed class SimpleRnnEntry : CellEntry
    {
        public override string Name => SimpleRnnCell<TanhActivation>.Name;

        public override IReadOnlyList<CellOption> Options { get; } = [CellOption.Activation, CellOption.LayerNorm];

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => plan.Options.Activation.Accept(new Visitor<T>(plan));

        private sealed class Visitor<T>(LayerPlan<T> plan) : IActivationVisitor<RecurrentLayer<T>>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public RecurrentLayer<T> Visit<TFunction>(TFunction function)
                where TFunction : unmanaged, IActivation =>
                plan.Create(new SimpleRnnCell<TFunction>(function));
        }
    }

    private sealed class IndRnnEntry : CellEntry
    {
        public override string Name => IndRnnCell<TanhActivation>.Name;

        public override IReadOnlyList<CellOption> Options { get; } = [CellOption.Activation];

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => plan.Options.Activation.Accept(new Visitor<T>(plan));

        private sealed class Visitor<T>(LayerPlan<T> plan) : IActivationVisitor<RecurrentLayer<T>>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public RecurrentLayer<T> Visit<TFunction>(TFunction function)
                where TFunction : unmanaged, IActivation =>
                plan.Create(new IndRnnCell<TFunction>(function));
        }
    }

    private sealed class EchoStateEntry : CellEntry
    {
        public override string Name => EchoStateCell<TanhActivation>.Name;

        public override IReadOnlyList<CellOption> Options { get; } =
            [CellOption.Activation, CellOption.LeakRate, CellOption.SpectralRadius, CellOption.ReservoirDensity,
                CellOption.InputScale, CellOption.Ridge];

        public override bool IsReservoir => true;

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => plan.Options.Activation.Accept(new Visitor<T>(plan));

        private sealed class Visitor<T>(LayerPlan<T> plan) : IActivationVisitor<RecurrentLayer<T>>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public RecurrentLayer<T> Visit<TFunction>(TFunction function)
                where TFunction : unmanaged, IActivation =>
                new CellLayer<EchoStateCell<TFunction>, T>(new(function, plan.Options.LeakRate), plan); // never with zoneout
        }
    }

    private sealed class OscillatorEntry : CellEntry
    {
        public override string Name => OscillatorCell.Name;

        public override IReadOnlyList<CellOption> Options { get; } = [CellOption.Mix, CellOption.LongestMemory, CellOption.Ridge];

        public override bool IsReservoir => true;

        public override int DefaultUnits(int featuresOfAUnit) => featuresOfAUnit switch
        {
            _ when featuresOfAUnit == CountsLayout.Full.FeatureVectors => 400, // 6,000 features
            _ when featuresOfAUnit > CountsLayout.Whole.FeatureVectors => 500,
            _ => 800,
        };

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) =>
            plan.Options.Mix ? new MixedOscillatorLayer<T>(plan) : new CellLayer<OscillatorCell, T>(default, plan); // never with zoneout

        /// <remarks>With the matrix that mixes units.</remarks>
        public override long WeightCount(CellOptions options, long inputSize, long hiddenSize) =>
            base.WeightCount(options, inputSize, hiddenSize) + (options.Mix ? MixPass<float>.BlockSize * hiddenSize : 0);
    }

    private sealed class DelaysEntry : CellEntry
    {
        public override string Name => DelayLayer<float>.Name;

        public override IReadOnlyList<CellOption> Options { get; } = [CellOption.Ridge];

        public override bool IsReservoir => true;

        public override int DefaultUnits(int featuresOfAUnit) => 336;

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => new DelayLayer<T>(plan); // never with zoneout
    }

    private sealed class GruEntry : CellEntry
    {
        public override string Name => GruCell.Name;

        public override IReadOnlyList<CellOption> Options { get; } = [CellOption.GruReset, CellOption.GateActivation,
            CellOption.CandidateActivation, CellOption.LayerNorm];

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => (plan.Options.GruReset, plan.Options.HasPlainGates) switch
        {
            (GruReset.Before, true) => plan.Create<ResetBeforeGruCell>(default),
            (GruReset.Before, false) => plan.Create(new RuntimeActivationResetBeforeGruCell(plan.Options)),
            (_, true) => plan.Create<GruCell>(default),
            (_, false) => plan.Create(new RuntimeActivationGruCell(plan.Options)),
        };
    }

    /// <summary>A cell without options but the first bias of its forget gate, such as those whose gates see the input alone.</summary>
    private sealed class InputGatedEntry<TCell> : CellEntry
        where TCell : unmanaged, IRecurrentCell
    {
        public override string Name => TCell.Name;

        public override IReadOnlyList<CellOption> Options { get; } = [CellOption.ForgetBias];

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => plan.Create<TCell>(default);
    }

    private sealed class SumEntry : CellEntry
    {
        public override string Name => SumCell.Name;

        public override IReadOnlyList<CellOption> Options { get; } = [];

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => plan.Create<SumCell>(default);
    }

    private sealed class LruEntry : CellEntry
    {
        public override string Name => LruCell.Name;

        public override IReadOnlyList<CellOption> Options { get; } = [];

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => new LruLayer<T>(plan);

        /// <remarks>With the two matrices <c>[2·H, H]</c> of the gated linear unit, and the one past it.</remarks>
        public override long WeightCount(CellOptions options, long inputSize, long hiddenSize) =>
            base.WeightCount(options, inputSize, hiddenSize) + (4 * hiddenSize * hiddenSize)
                + (inputSize == hiddenSize ? 0 : inputSize * hiddenSize);
    }

    private sealed class LstmEntry : CellEntry
    {
        public override string Name => LstmCell.Name;

        public override IReadOnlyList<CellOption> Options { get; } =
        [
            CellOption.Peepholes, CellOption.CoupledGates, CellOption.GateClip,
            CellOption.GateActivation, CellOption.CandidateActivation, CellOption.OutputActivation, CellOption.Projection,
            CellOption.LayerNorm, CellOption.ForgetBias,
        ];

        public override RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan) => plan.Options switch
        {
            { Peepholes: false, CoupledGates: false, GateClip: double.PositiveInfinity, HasPlainGates: true } =>
                plan.Create<LstmCell>(default),
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
            where TCoupled : struct, IAnswer => (plan.Options.HasPlainGates, double.IsFinite(plan.Options.GateClip)) switch
            {
                (true, true) => plan.Create(new LstmVariantCell<LstmVariant<TPeepholes, TCoupled, Yes>>(plan.Options.GateClip)),
                (true, false) => plan.Create<LstmVariantCell<LstmVariant<TPeepholes, TCoupled, No>>>(default),
                // A limit of infinity is none.
                (false, _) => plan.Create(new RuntimeActivationLstmCell<LstmVariant<TPeepholes, TCoupled, Yes>>(plan.Options)),
            };
    }
}
