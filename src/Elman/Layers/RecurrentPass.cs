using System.Numerics;
using Elman.Cells;
using Elman.Sequences;

namespace Elman.Layers;

/// <summary>
/// A pass of one layer over a window of steps: in which order, where the rows lie on the tape,
/// and how the sequences are divided among threads.
/// </summary>
/// <remarks>
/// <para>
/// A layer that reads backwards visits the same rows from the last step on, so that nothing need be reversed. Then a sequence joins at
/// its last step, and all end together at the first.
/// </para>
/// <para>Sizes and addresses are fields, since a step of a small layer takes less time than a few virtual calls.
/// The buffers must have their sizes before.</para>
/// </remarks>
internal readonly unsafe struct RecurrentPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int SequencesWorthAPart = 12;

    private readonly LayerWindow<T> _window;
    private readonly bool _keepsSteps, _isReversed;
    private readonly int _firstRow, _firstActive; // of the window: in the batch, and how many sequences run at its first step
    private readonly nint _inputSize, _gateSize, _stateSize, _unitStride, _outputOffset, _outputStride;
    private readonly T* _gates, _inner, _states, _carry, _final, _stateGradient, _innerGradient, _diagonalWeights,
        _maskedOutputs, _recurrentMask;

    /// <param name="layer">The layer, for its sizes.</param>
    /// <param name="diagonalWeights">The weights that its cell applies element by element.</param>
    /// <param name="window">The steps.</param>
    /// <param name="tape">The tape.</param>
    /// <param name="parts">Into how many parts the work is divided.</param>
    public RecurrentPass(RecurrentLayer<T> layer, T* diagonalWeights, LayerWindow<T> window, RecurrentTape<T> tape, int parts)
    {
        (_window, Tape, Parts) = (window, tape, parts);
        _keepsSteps = tape.KeepsSteps;
        _isReversed = layer.IsReversed;
        (_firstRow, _firstActive) = (Batch.RowOf(window.FirstStep), Batch.ActiveAt(window.FirstStep));
        (_inputSize, _gateSize, _stateSize, _unitStride) = (layer.InputSize, layer.GateSize, layer.StateSize, layer.UnitStride);
        (_outputOffset, _outputStride) = (layer.OutputOffset, layer.OutputStride);
        _gates = tape.Gates.Start;
        _inner = tape.Inner.Start;
        _states = tape.States.Start;
        _carry = tape.Carry.Start;
        _final = tape.Final.Start;
        _stateGradient = tape.StateGradient.Start;
        _innerGradient = tape.InnerGradient.Start;
        _diagonalWeights = diagonalWeights;
        _recurrentMask = tape.RecurrentMask.IsDrawn ? tape.RecurrentMask.Values.Start : null;
        _maskedOutputs = tape.MaskedOutputs.Start;
    }

    /// <summary>The batch.</summary>
    public SequenceBatch<T> Batch => _window.Batch;

    /// <summary>The steps, and where inputs and outputs are.</summary>
    public LayerWindow<T> Window => _window;

    /// <summary>The tape.</summary>
    public RecurrentTape<T> Tape { get; }

    /// <summary>How many steps there are.</summary>
    public int Steps => _window.EndStep - _window.FirstStep;

    /// <summary>The step that is visited first.</summary>
    public int FirstVisited => StepAt(0);

    /// <summary>Into how many parts the work is divided.</summary>
    public int Parts { get; private init; }

    /// <summary>
    /// Whether a part is some units of all sequences, and all parts meet after every step; else it is all units of some sequences.
    /// </summary>
    public bool DividesUnits { get; init; }

    /// <summary>
    /// The same in twice as many parts, if each still has sequences for two tiles. Processors are seldom equally fast for a whole
    /// pass, so threads that finish early take another part.
    /// </summary>
    public RecurrentPass<T> InSmallerParts() =>
        !DividesUnits && _firstActive >= 2 * Parts * SequencesWorthAPart ? this with { Parts = 2 * Parts } : this;

    /// <summary>Which step is visited after so many others.</summary>
    public int StepAt(int visited) => _isReversed ? _window.EndStep - 1 - visited : _window.FirstStep + visited;

    /// <summary>Sequences that run at a step; none after the batch's last.</summary>
    public int ActiveAt(int step) => step < Batch.Steps ? Batch.ActiveAt(step) : 0;

    /// <summary>
    /// How many of a step's sequences, the first ones, have a state before it; for the others it is the first that is visited.
    /// </summary>
    public int BegunAt(int step) => _isReversed ? ActiveAt(step + 1) : step == 0 ? 0 : ActiveAt(step);

    /// <summary>The inputs of a step from a place in the batch on, <c>[active, I]</c>.</summary>
    public T* Inputs(int step, int place) => _window.Inputs + (Row(step, place) * _inputSize);

    /// <summary>The row of outputs, or of their gradients, of a step and a place in the batch.</summary>
    public nint OutputAt(int step, int place) => Row(step, place) * _window.OutputStride;

    /// <summary>
    /// The rows of a step from a place in the batch on. Where the states after it go is not said:
    /// <see cref="RowsContinuing"/>, <see cref="RowsEnding"/>.
    /// </summary>
    public CellStep<T> Step(int step, int place)
    {
        nint kept = _keepsSteps ? Row(step, place) : place;
        T* previous = StateBefore(step, place);
        return new CellStep<T>
        {
            Gates = _gates + (kept * _gateSize),
            Inner = _inner + (kept * _unitStride),
            Previous = previous,
            RecurrentInput = _recurrentMask == null ? previous + _outputOffset : MaskedOutputs(step, place),
            RecurrentInputStride = _recurrentMask == null ? _stateSize : _outputStride,
            RecurrentMask = _recurrentMask == null ? null : _recurrentMask + (place * _outputStride),
            StateGradient = _stateGradient + (place * _stateSize),
            InnerGradient = _innerGradient + (place * _unitStride),
            DiagonalWeights = _diagonalWeights,
            UnitStride = _unitStride,
            StateStride = _stateSize,
            Row = kept,
        };
    }

    /// <summary>How many of some rows of a step go on to a further one; for the others it is the last that is visited.</summary>
    public int ContinuingFrom(int step, int place, int rows) =>
        Math.Clamp((_isReversed ? step == 0 ? 0 : ActiveAt(step) : ActiveAt(step + 1)) - place, 0, rows);

    /// <summary>The rows of sequences that go on: the state after this step goes before the next, or to the next window.</summary>
    public CellStep<T> RowsContinuing(int step, int place)
    {
        CellStep<T> rows = Step(step, place);
        rows.Next = IsLastVisited(step) ? _carry + (place * _stateSize) : StateBefore(_isReversed ? step - 1 : step + 1, place);
        return rows;
    }

    /// <summary>
    /// Where what dropout leaves of the states after a step goes: before the next that is visited. With dropout every step is kept.
    /// </summary>
    public T* MaskedOutputsAfter(int step, int place) => MaskedOutputs(_isReversed ? step - 1 : step + 1, place);

    /// <summary>Whether a step is the last of the window that is visited.</summary>
    public bool IsLastVisited(int step) => step == StepAt(Steps - 1);

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
        long wanted = (long)_window.Rows * part / Parts, steps = 0;
        int place = 0;
        while (place < _firstActive && steps < wanted)
            steps += Math.Min(lengths[place++], _window.EndStep) - _window.FirstStep;
        return place;
    }

    /// <summary>Of the window's rows, that of a step and a place in the batch.</summary>
    private nint Row(int step, int place) => Batch.RowOf(step) - _firstRow + place;

    private T* MaskedOutputs(int step, int place) => _maskedOutputs + (Row(step, place) * _outputStride);

    /// <summary>The states before a step from a place in the batch on. Where steps are not kept, two sets of rows take turns.</summary>
    private T* StateBefore(int step, int place)
    {
        nint row = _keepsSteps ? Row(step, place) : (((step - _window.FirstStep) & 1) * _firstActive) + place;
        return _states + (row * _stateSize);
    }
}
