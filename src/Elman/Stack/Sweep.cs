using System.Numerics;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Stack;

/// <summary>A recurrent layer, its window of steps, and its tape.</summary>
internal readonly record struct SweepDirection<T>(RecurrentLayer<T> Layer, LayerWindow<T> Window, RecurrentTape<T> Tape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>
/// Runs the directions of a layer, one or two of the same sizes, over a window: forward, or backward after the forward pass.
/// Threads share the sequences or the units, and also two directions.
/// </summary>
/// <remarks>
/// The two directions do not depend on each other, so half of the threads process each. Then fewer sequences fill a tile, and no thread
/// waits for the last steps of one direction. Both directions add to the gradient with respect to their inputs. They do so before and after
/// the steps, one direction after the other, at any number of threads.
/// </remarks>
internal struct Sweep<T> : IJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SweepDirection<T> _first, _second; // the second has no layer if there is only one
    private readonly int _threads, _partsOfEach;
    private RecurrentPass<T> _firstPass, _secondPass;

    private Sweep(SweepDirection<T> first, SweepDirection<T>? second, Workers workers)
    {
        (_first, _second) = (first, second ?? default);
        int directions = second is null ? 1 : 2;
        _threads = workers.PartsFor(directions * first.Window.Rows * first.Layer.Shape.WorkOfARow);
        _partsOfEach = Math.Max(_threads / directions, 1);
    }

    private readonly bool HasSecond => _second.Layer is not null;

    /// <summary>Runs the forward pass over some steps: from zero states if a sequence begins, otherwise from the states of the last
    /// window.</summary>
    public static void Forward(SweepDirection<T> first, SweepDirection<T>? second, Workers workers)
    {
        var sweep = new Sweep<T>(first, second, workers);
        sweep._firstPass = sweep.Finer(first.Layer.BeginForward(first.Window, first.Tape, sweep._partsOfEach));
        if (second is { } other)
            sweep._secondPass = sweep.Finer(other.Layer.BeginForward(other.Window, other.Tape, sweep._partsOfEach));
        workers.Run(ref sweep, sweep.Parts);
        first.Layer.EndForward(first.Window, first.Tape, workers);
        second?.Layer.EndForward(second.Value.Window, second.Value.Tape, workers);
    }

    /// <summary>Runs the backward pass of a window, directly after its forward pass.</summary>
    public static void Backward(SweepDirection<T> first, SweepDirection<T>? second, Parameters<T> gradients, Workers workers)
    {
        var sweep = new Sweep<T>(first, second, workers);
        sweep._firstPass = sweep.Finer(first.Layer.BeginBackward(first.Window, first.Tape, gradients, sweep._partsOfEach, workers));
        if (second is { } other)
            sweep._secondPass = sweep.Finer(other.Layer.BeginBackward(other.Window, other.Tape, gradients, sweep._partsOfEach, workers));
        workers.Run(ref sweep, sweep.Parts);
        first.Layer.EndBackward(first.Window, first.Tape, gradients, workers);
        second?.Layer.EndBackward(second.Value.Window, second.Value.Tape, gradients, workers);
    }

    /// <summary>The number of parts; if sharing is not worthwhile, one part processes both directions.</summary>
    private readonly int Parts => HasSecond && _threads > 1 ? 2 * _firstPass.Parts : _firstPass.Parts;

    /// <inheritdoc/>
    public readonly void Execute(int part)
    {
        try
        {
            if (!HasSecond)
            {
                _first.Layer.Run(_firstPass, part);
            }
            else if (_threads == 1)
            {
                _first.Layer.Run(_firstPass, 0);
                _second.Layer.Run(_secondPass, 0);
            }
            else
            {
                (part % 2 == 0 ? _first.Layer : _second.Layer).Run(part % 2 == 0 ? _firstPass : _secondPass, part / 2);
            }
        }
        catch
        {
            // The other parts would wait for this one for ever.
            _first.Tape.Barrier.Break();
            _second.Tape?.Barrier.Break();
            throw;
        }
    }

    /// <summary>Returns the pass in smaller parts, if threads share it.</summary>
    private readonly RecurrentPass<T> Finer(RecurrentPass<T> pass) => _threads > 1 ? pass.InSmallerParts() : pass;
}
