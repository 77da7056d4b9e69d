using System.Numerics;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>
/// Takes a level's layers through a window, step by step. Threads share the sequences or the units, and where there are two layers, these.
/// </summary>
/// <remarks>
/// The two of a bidirectional level have nothing to do with each other, so half of the threads take either: fewer sequences then fill a
/// tile, and nobody waits for the last steps of one direction.
/// </remarks>
internal readonly struct ForwardSweep<T> : IJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LevelWays<T> _ways;
    private readonly RecurrentPass<T> _pass, _other;

    private ForwardSweep(LevelWays<T> ways, Workers workers)
    {
        _ways = ways;
        int parts = ways.PartsOfEach(workers);
        _pass = ways.Finer(ways.First.Layer.BeginForward(ways.First.Window, ways.First.Tape, parts), workers);
        if (ways.Second is { } second)
            _other = ways.Finer(second.Layer.BeginForward(second.Window, second.Tape, parts), workers);
    }

    /// <summary>Runs some steps forward: from zero states where a sequence begins, else from where the last window stopped.</summary>
    public static void Run(LevelWays<T> ways, Workers workers)
    {
        var sweep = new ForwardSweep<T>(ways, workers);
        ways.Run(ref sweep, sweep._pass.Parts, workers);
        ways.First.Layer.EndForward(ways.First.Window, ways.First.Tape, workers);
        ways.Second?.Layer.EndForward(ways.Second.Value.Window, ways.Second.Value.Tape, workers);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        if (_ways.Second is not { } second)
            _ways.First.Layer.ForwardPart(_pass, part);
        else if (part % 2 == 0)
            _ways.First.Layer.ForwardPart(_pass, part / 2);
        else
            second.Layer.ForwardPart(_other, part / 2);
    }
}
