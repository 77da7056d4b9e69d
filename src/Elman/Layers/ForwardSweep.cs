using System.Numerics;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>
/// Takes the directions of a layer through a window, step by step. Threads share the sequences or the units, and two directions, too.
/// </summary>
/// <remarks>
/// The two directions of a layer do not depend on each other, so half of the threads take either: fewer sequences then fill a
/// tile, and nobody waits for the last steps of one direction.
/// </remarks>
internal readonly struct ForwardSweep<T> : IJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LayerDirections<T> _directions;
    private readonly RecurrentPass<T> _pass, _other;

    private ForwardSweep(LayerDirections<T> directions, Workers workers)
    {
        _directions = directions;
        int parts = directions.PartsOfEach(workers);
        DirectionPass<T> first = directions.First;
        _pass = directions.Finer(first.Layer.BeginForward(first.Window, first.Tape, parts), workers);
        if (directions.Second is { } second)
            _other = directions.Finer(second.Layer.BeginForward(second.Window, second.Tape, parts), workers);
    }

    /// <summary>Runs some steps forward: from zero states where a sequence begins, else from where the last window stopped.</summary>
    public static void Run(LayerDirections<T> directions, Workers workers)
    {
        var sweep = new ForwardSweep<T>(directions, workers);
        directions.Run(ref sweep, sweep._pass.Parts, workers);
        directions.First.Layer.EndForward(directions.First.Window, directions.First.Tape, workers);
        directions.Second?.Layer.EndForward(directions.Second.Value.Window, directions.Second.Value.Tape, workers);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        if (_directions.Second is not { } second)
            _directions.First.Layer.ForwardPart(_pass, part);
        else if (part % 2 == 0)
            _directions.First.Layer.ForwardPart(_pass, part / 2);
        else
            second.Layer.ForwardPart(_other, part / 2);
    }
}
