using Elman.Cells;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Benchmarks.Cells;

/// <summary>The work of a cell's step without its matrix products, for a batch of rows, as in a layer.</summary>
internal abstract class CellWork : IDisposable
{
    /// <summary>
    /// The numbers of rows and of units, H. All data of the rows stay in the second-level cache, as between two products.
    /// </summary>
    public const int Rows = 32, Hidden = 128;

    /// <summary>The names of all cells.</summary>
    public static IEnumerable<string> Names => CellCatalog.All.Select(entry => entry.Name);

    /// <summary>
    /// Creates the work of a cell with default options. The catalog returns layers; the type of the cell is taken from a layer.
    /// </summary>
    public static CellWork Create(string name, KernelSet<float> kernels)
    {
        using RecurrentLayer<float> layer = LayerFactory.Create(
            new LayerPlan<float>(1, 1, CellCatalog.Find(name)!, name, new ParameterLayout(), kernels));
        Type cell = layer.GetType().GetGenericArguments()[0];
        return (CellWork)Activator.CreateInstance(typeof(CellWork<>).MakeGenericType(cell), kernels)!;
    }

    /// <summary>Computes states from gates.</summary>
    public abstract void Forward();

    /// <summary>Computes gradients of gates from gradients of states.</summary>
    public abstract void Backward();

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>The work of one type of cell.</summary>
internal sealed unsafe class CellWork<TCell> : CellWork
    where TCell : unmanaged, IRecurrentCell
{
    private readonly CellPass<TCell, float> _pass;
    private readonly (GateActivation Gates, ActivationPass<float> Pass)[] _early, _late; // before and after the inner vector
    private readonly NativeBuffer<float> _gates, _previous, _next, _stateGradient, _inner, _innerGradient, _diagonalWeights;

    /// <summary>Draws the numbers to work on.</summary>
    public CellWork(KernelSet<float> kernels)
    {
        _pass = CellPass<TCell, float>.For(kernels);
        ILookup<bool, (GateActivation, ActivationPass<float>)> passes = TCell.Activations.ToLookup(
            gates => TCell.Products.Any(product => product.Inner && product.FirstGate == gates.FirstGate),
            gates => (gates, ActivationPass<float>.For(gates.Function, kernels)));
        (_early, _late) = ([.. passes[false]], [.. passes[true]]);

        var random = new SeededRandom(1);
        _gates = Draw(TCell.GateCount);
        _previous = Draw(TCell.StateCount);
        _next = Draw(TCell.StateCount);
        _stateGradient = Draw(TCell.StateCount);
        _inner = Draw(1);
        _innerGradient = Draw(1);
        _diagonalWeights = Draw(TCell.DiagonalWeightCount);

        NativeBuffer<float> Draw(int vectors)
        {
            var buffer = new NativeBuffer<float>(vectors * Rows * Hidden);
            foreach (ref float value in buffer.Span)
                value = (float)random.NextUniform(-1, 1);
            return buffer;
        }
    }

    private CellStep<float> First => new()
    {
        Gates = _gates.Start,
        Previous = _previous.Start,
        Next = _next.Start,
        StateGradient = _stateGradient.Start,
        Inner = _inner.Start,
        InnerGradient = _innerGradient.Start,
        DiagonalWeights = _diagonalWeights.Start,
        UnitStride = Hidden,
    };

    /// <inheritdoc/>
    public override void Forward()
    {
        CellStep<float> step = First;
        Activate(_early);
        if (TCell.HasInner)
        {
            _pass.ForwardInner(default, step, Rows, Hidden);
            Activate(_late);
        }
        _pass.Forward(default, step, Rows, Hidden);
    }

    /// <remarks>Works in place on its previous results, so the numbers tend to zero. The time does not depend on them.</remarks>
    public override void Backward()
    {
        CellStep<float> step = First;
        _pass.Backward(default, step, Rows, Hidden);
        if (TCell.HasInner)
            _pass.BackwardInner(default, step, Rows, Hidden);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (NativeBuffer<float> buffer in new[] { _gates, _previous, _next, _stateGradient, _inner, _innerGradient, _diagonalWeights })
            buffer.Dispose();
    }

    private void Activate((GateActivation Gates, ActivationPass<float> Pass)[] activations)
    {
        foreach ((GateActivation gates, ActivationPass<float> pass) in activations)
            pass.Apply(_gates.Start + (gates.FirstGate * Hidden), TCell.GateCount * Hidden, Rows, gates.Count * Hidden);
    }
}
