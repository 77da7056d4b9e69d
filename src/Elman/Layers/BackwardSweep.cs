using System.Numerics;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>Takes the directions of a layer back through a window, step by step, shared as in <see cref="ForwardSweep{T}"/>.</summary>
/// <remarks>
/// What both layers add to, the gradient by their inputs, is added to before and after the steps,
/// by one layer after the other whatever the threads.
/// </remarks>
internal readonly struct BackwardSweep<T> : IJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LayerDirections<T> _directions;
    private readonly RecurrentPass<T> _pass, _other;

    private BackwardSweep(LayerDirections<T> directions, Parameters<T> gradients, Workers workers)
    {
        _directions = directions;
        int parts = directions.PartsOfEach(workers);
        DirectionPass<T> first = directions.First;
        _pass = directions.Finer(first.Layer.BeginBackward(first.Window, first.Tape, gradients, parts, workers), workers);
        if (directions.Second is { } second)
            _other = directions.Finer(second.Layer.BeginBackward(second.Window, second.Tape, gradients, parts, workers), workers);
    }

    /// <summary>Runs a window backward, right after it went forward.</summary>
    public static void Run(LayerDirections<T> directions, Parameters<T> gradients, Workers workers)
    {
        var sweep = new BackwardSweep<T>(directions, gradients, workers);
        directions.Run(ref sweep, sweep._pass.Parts, workers);
        directions.First.Layer.EndBackward(directions.First.Window, directions.First.Tape, gradients, workers);
        directions.Second?.Layer.EndBackward(directions.Second.Value.Window, directions.Second.Value.Tape, gradients, workers);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        if (_directions.Second is not { } second)
            _directions.First.Layer.BackwardPart(_pass, part);
        else if (part % 2 == 0)
            _directions.First.Layer.BackwardPart(_pass, part / 2);
        else
            second.Layer.BackwardPart(_other, part / 2);
    }
}
