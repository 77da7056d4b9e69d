using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Tests.Recurrent;

/// <summary>
/// Cells that exist only in tests, with different numbers of gates in Wx and in Wh: no cell of the catalog has this property, but the
/// contract allows it.
/// </summary>
internal static class UnevenCells
{
    private static readonly CellOptions[] _cells = [new Uneven<MoreOfInput>(), new Uneven<MoreOfOutput>()];

    /// <summary>The names of the cells.</summary>
    public static IEnumerable<string> Names => _cells.Select(cell => cell.Name);

    /// <summary>Returns the cell with a name, or <see langword="null"/> for cells of the catalog.</summary>
    public static CellOptions? Find(string name) => _cells.FirstOrDefault(cell => cell.Name == name);

    private interface ICandidate
    {
        static abstract string Name { get; }

        /// <summary>The product that the candidate is computed from.</summary>
        static abstract GateProduct Product { get; }
    }

    private readonly struct MoreOfInput : ICandidate
    {
        public static string Name => "uneven: 2 of x, 1 of h";

        public static GateProduct Product => new(1, 1, 1, GateProduct.None);
    }

    private readonly struct MoreOfOutput : ICandidate
    {
        public static string Name => "uneven: 1 of x, 2 of h";

        public static GateProduct Product => new(1, 1, GateProduct.None, 1);
    }

    private sealed record Uneven<TCandidate> : CellOptions
        where TCandidate : unmanaged, ICandidate
    {
        public override string Name => TCandidate.Name;

        public override IReadOnlyList<OptionDefinition<CellOptions>> Options => [];

        internal override TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) => visitor.Visit<Cell<TCandidate>>(default);
    }

    /// <summary>z = σ(x·Wx_z + h·Wh_z + b_z), n = tanh of a product with x or with h alone, h_t = h + z∘(n − h).</summary>
    private readonly unsafe struct Cell<TCandidate> : IRecurrentCell
        where TCandidate : unmanaged, ICandidate
    {
        public static string Name => TCandidate.Name;

        public static int GateCount => 2;

        public static int StateCount => 1;

        public static IReadOnlyList<GateProduct> Products { get; } = [new(0, 1, 0, 0), TCandidate.Product];

        public static IReadOnlyList<GateActivation> Activations { get; } = [GateActivation.Sigmoid(0), GateActivation.Tanh(1)];

        public static bool PassesOutputOn => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T* gates = step.Gates + j;
            V z = V.Load(gates), candidate = V.Load(gates + step.UnitStride), previous = V.Load(step.Previous + j);
            Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(z, candidate - previous, previous)).Store(step.Next + j);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T* gates = step.Gates + j, gradient = step.StateGradient + j;
            V one = V.Constant(1), z = V.Load(gates), candidate = V.Load(gates + step.UnitStride), dh = V.Load(gradient);
            (dh * (candidate - V.Load(step.Previous + j)) * (z * (one - z))).Store(gates);
            (dh * z * (one - (candidate * candidate))).Store(gates + step.UnitStride);
            Functions.FlushTiny<V, T>(dh * (one - z)).Store(gradient);
        }
    }
}
