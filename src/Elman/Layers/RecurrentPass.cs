using System.Numerics;
using Elman.Cells;
using Elman.Sequences;

namespace Elman.Layers;

/// <summary>A window of steps: where its rows lie on the tape, and how its sequences are divided among threads.</summary>
/// <remarks>Sizes and addresses are fields, since a step of a small layer takes less time than a few virtual calls. The buffers must have their sizes before.</remarks>
internal readonly unsafe struct RecurrentPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int SequencesWorthAPart = 12;

    private readonly bool _keepsSteps;
    private readonly int _firstRow, _firstActive; // of the window: in the batch, and how many sequences run at its first step
    private readonly nint _inputSize, _gateSize, _stateSize, _unitStride;
    private readonly T* _inputs, _gates, _inner, _states, _carry, _final, _stateGradient, _innerGradient, _unitWeights;

    /// <param name="layer">The layer, for its sizes.</param>
    /// <param name="unitWeights">The weights that its cell applies element by element.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="firstStep">The first step.</param>
    /// <param name="endStep">The step after the last.</param>
    /// <param name="tape">The tape.</param>
    /// <param name="parts">Into how many parts the work is divided.</param>
    public RecurrentPass(
        RecurrentLayer<T> layer, T* unitWeights, SequenceBatch<T> batch, int firstStep, int endStep, RecurrentTape<T> tape, int parts)
    {
        (Batch, Tape, FirstStep, EndStep, Parts) = (batch, tape, firstStep, endStep, parts);
        _keepsSteps = tape.KeepsSteps;
        (_firstRow, _firstActive) = (batch.RowOf(firstStep), batch.ActiveAt(firstStep));
        (_inputSize, _gateSize, _stateSize, _unitStride) = (layer.InputSize, layer.GateSize, layer.StateSize, layer.UnitStride);
        _inputs = batch.Inputs;
        _gates = tape.Gates.Start;
        _inner = tape.Inner.Start;
        _states = tape.States.Start;
        _carry = tape.Carry.Start;
        _final = tape.Final.Start;
        _stateGradient = tape.StateGradient.Start;
        _innerGradient = tape.InnerGradient.Start;
        _unitWeights = unitWeights;
    }

    /// <summary>The batch.</summary>
    public SequenceBatch<T> Batch { get; }

    /// <summary>The tape.</summary>
    public RecurrentTape<T> Tape { get; }

    /// <summary>The first step.</summary>
    public int FirstStep { get; }

    /// <summary>The step after the last.</summary>
    public int EndStep { get; }

    /// <summary>Into how many parts the work is divided.</summary>
    public int Parts { get; private init; }

    /// <summary>
    /// The same in twice as many parts, if each still has sequences for two tiles. Processors are seldom equally fast for a whole
    /// pass, and whoever is done first takes another part.
    /// </summary>
    public RecurrentPass<T> InSmallerParts() =>
        Parts > 1 && _firstActive >= 2 * Parts * SequencesWorthAPart ? this with { Parts = 2 * Parts } : this;

    /// <summary>Sequences that run at a step; none after the batch's last.</summary>
    public int ActiveAt(int step) => step < Batch.Steps ? Batch.ActiveAt(step) : 0;

    /// <summary>The inputs of a step from a place in the batch on, <c>[active, I]</c>.</summary>
    public T* Inputs(int step, int place) => _inputs + ((Batch.RowOf(step) + place) * _inputSize);

    /// <summary>The rows of a step from a place in the batch on. Where the states after it go is not said: <see cref="RowsGoing"/>, <see cref="RowsEnding"/>.</summary>
    public CellStep<T> Step(int step, int place)
    {
        nint kept = _keepsSteps ? Batch.RowOf(step) - _firstRow + place : place;
        return new CellStep<T>
        {
            Gates = _gates + (kept * _gateSize),
            Inner = _inner + (kept * _unitStride),
            Previous = StateBefore(step, place),
            StateGradient = _stateGradient + (place * _stateSize),
            InnerGradient = _innerGradient + (place * _unitStride),
            UnitWeights = _unitWeights,
            UnitStride = _unitStride,
        };
    }

    /// <summary>The rows of sequences that have a further step: the state after this one goes before the next, or to the next window.</summary>
    public CellStep<T> RowsGoing(int step, int place)
    {
        CellStep<T> rows = Step(step, place);
        rows.Next = step + 1 == EndStep ? _carry + (place * _stateSize) : StateBefore(step + 1, place);
        return rows;
    }

    /// <summary>The rows of sequences that end.</summary>
    public CellStep<T> RowsEnding(int step, int place)
    {
        CellStep<T> rows = Step(step, place);
        rows.Next = _final + (place * _stateSize);
        return rows;
    }

    /// <summary>The first place in the batch that a part takes: the parts have about equally many steps to do.</summary>
    public int FirstPlace(int part)
    {
        if (part == 0)
            return 0;
        if (part == Parts)
            return _firstActive;
        ReadOnlySpan<int> lengths = Batch.Lengths;
        long wanted = (long)(Batch.RowOf(EndStep) - _firstRow) * part / Parts, steps = 0;
        int place = 0;
        while (place < _firstActive && steps < wanted)
            steps += Math.Min(lengths[place++], EndStep) - FirstStep;
        return place;
    }

    /// <summary>The states before a step from a place in the batch on. Where steps are not kept, two sets of rows take turns.</summary>
    private T* StateBefore(int step, int place)
    {
        nint first = _keepsSteps ? Batch.RowOf(step) - _firstRow : ((step - FirstStep) & 1) * _firstActive;
        return _states + ((first + place) * _stateSize);
    }
}
