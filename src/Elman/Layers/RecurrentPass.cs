using System.Numerics;
using Elman.Cells;
using Elman.Sequences;

namespace Elman.Layers;

/// <summary>A window of steps: where its rows lie on the tape, and how its sequences are divided among threads.</summary>
internal readonly unsafe struct RecurrentPass<T>(
    RecurrentLayer<T> layer, SequenceBatch<T> batch, int firstStep, int endStep, RecurrentTape<T> tape, int parts)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int SequencesWorthAPart = 12;

    /// <summary>The batch.</summary>
    public SequenceBatch<T> Batch => batch;

    /// <summary>The tape.</summary>
    public RecurrentTape<T> Tape => tape;

    /// <summary>The first step.</summary>
    public int FirstStep => firstStep;

    /// <summary>The step after the last.</summary>
    public int EndStep => endStep;

    /// <summary>Into how many parts the work is divided.</summary>
    public int Parts => parts;

    /// <summary>
    /// The same in twice as many parts, if each still has sequences for two tiles. Processors are seldom equally fast for a whole
    /// pass, and whoever is done first takes another part.
    /// </summary>
    public RecurrentPass<T> InSmallerParts() =>
        parts > 1 && batch.ActiveAt(firstStep) >= 2 * parts * SequencesWorthAPart ? new(layer, batch, firstStep, endStep, tape, 2 * parts) : this;

    /// <summary>Rows of the window.</summary>
    public int Rows => batch.RowOf(endStep) - batch.RowOf(firstStep);

    /// <summary>Sequences that run at a step; none after the batch's last.</summary>
    public int ActiveAt(int step) => step < batch.Steps ? batch.ActiveAt(step) : 0;

    /// <summary>The inputs of a step, <c>[active, I]</c>.</summary>
    public T* Inputs(int step) => batch.Inputs + ((nint)batch.RowOf(step) * layer.InputSize);

    /// <summary>The rows of a step from a place in the batch on.</summary>
    public CellStep<T> Step(int step, int place)
    {
        nint kept = tape.KeepsSteps ? batch.RowOf(step) - batch.RowOf(firstStep) + place : place;
        return new CellStep<T>
        {
            Gates = tape.Gates.Start + (kept * layer.GateSize),
            Inner = tape.Inner.Start + (kept * layer.UnitStride),
            Previous = StateBefore(step, place),
            StateGradient = tape.StateGradient.Start + ((nint)place * layer.StateSize),
            InnerGradient = tape.InnerGradient.Start + ((nint)place * layer.UnitStride),
            UnitStride = layer.UnitStride,
        };
    }

    /// <summary>The states before a step from a place in the batch on. Where steps are not kept, two sets of rows take turns.</summary>
    private T* StateBefore(int step, int place)
    {
        nint first = tape.KeepsSteps ? batch.RowOf(step) - batch.RowOf(firstStep) : ((step - firstStep) & 1) * batch.ActiveAt(firstStep);
        return tape.States.Start + ((first + place) * layer.StateSize);
    }

    /// <summary>Where the state after a step goes for a sequence that has a further one: before the next step, or to the next window.</summary>
    public T* StateAfter(int step, int place) => step + 1 == endStep
        ? tape.Carry.Start + ((nint)place * layer.StateSize)
        : StateBefore(step + 1, place);

    /// <summary>Where it goes for a sequence that ends.</summary>
    public T* FinalState(int place) => tape.Final.Start + ((nint)place * layer.StateSize);

    /// <summary>The first place in the batch that a part takes: the parts have about equally many steps to do.</summary>
    public int FirstPlace(int part)
    {
        int active = batch.ActiveAt(firstStep);
        if (part == 0)
            return 0;
        if (part == parts)
            return active;
        ReadOnlySpan<int> lengths = batch.Lengths;
        long wanted = (long)Rows * part / parts, steps = 0;
        int place = 0;
        while (place < active && steps < wanted)
            steps += Math.Min(lengths[place++], endStep) - firstStep;
        return place;
    }
}
