using System.Numerics;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>Takes a level's layers back through a window, step by step, shared as in <see cref="ForwardSweep{T}"/>.</summary>
/// <remarks>
/// What both layers add to, the gradient by their inputs, is added to before and after the steps,
/// by one layer after the other whatever the threads.
/// </remarks>
internal readonly struct BackwardSweep<T> : IJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LevelWays<T> _ways;
    private readonly RecurrentPass<T> _pass, _other;

    private BackwardSweep(LevelWays<T> ways, Parameters<T> gradients, Workers workers)
    {
        _ways = ways;
        int parts = ways.PartsOfEach(workers);
        _pass = ways.Finer(ways.First.Layer.BeginBackward(ways.First.Window, ways.First.Tape, gradients, parts, workers), workers);
        if (ways.Second is { } second)
            _other = ways.Finer(second.Layer.BeginBackward(second.Window, second.Tape, gradients, parts, workers), workers);
    }

    /// <summary>Runs a window backward, right after it went forward.</summary>
    public static void Run(LevelWays<T> ways, Parameters<T> gradients, Workers workers)
    {
        var sweep = new BackwardSweep<T>(ways, gradients, workers);
        ways.Run(ref sweep, sweep._pass.Parts, workers);
        ways.First.Layer.EndBackward(ways.First.Window, ways.First.Tape, gradients, workers);
        ways.Second?.Layer.EndBackward(ways.Second.Value.Window, ways.Second.Value.Tape, gradients, workers);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        if (_ways.Second is not { } second)
            _ways.First.Layer.BackwardPart(_pass, part);
        else if (part % 2 == 0)
            _ways.First.Layer.BackwardPart(_pass, part / 2);
        else
            second.Layer.BackwardPart(_other, part / 2);
    }
}
