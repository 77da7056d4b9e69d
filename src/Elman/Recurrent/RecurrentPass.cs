using System.Numerics;
using Elman.Cells;
using Elman.Sequences;

namespace Elman.Recurrent;

/// <summary>
/// A forward or backward pass of one layer over a window of steps: the order of the steps, the rows on the tape, and the division of the
/// work among threads.
/// </summary>
/// <remarks>
/// <para>
/// A reversed layer visits the same rows from the last step on, so that nothing has to be reversed. A sequence then joins at its last step,
/// and all sequences end together at the first.
/// </para>
/// <para>Sizes and addresses are fields, since a step of a small layer takes less time than a few virtual calls. The buffers must already
/// have their sizes.</para>
/// </remarks>
internal readonly unsafe struct RecurrentPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int SequencesWorthAPart = 12;

    /// <summary>The minimum number of multiply-adds of one thread in one step for sharing a step, about 2 µs of work: it outweighs the
    /// wait.</summary>
    private const long WorthWaiting = 100_000;

    /// <summary>The minimum number of sequences for each thread for sharing sequences: the number of rows that a product processes
    /// together.</summary>
    private const int RowsOfAProduct = 6;

    private readonly LayerWindow<T> _window;
    private readonly bool _keepsSteps, _isReversed, _beginsAtEnd;
    private readonly int _firstRow, _firstActive; // the first row of the window in the batch, and the active sequences at its first step
    private readonly nint _inputSize, _gateSize, _stateSize, _unitStride, _outputOffset, _outputStride;
    private readonly T* _gates, _inner, _states, _carry, _final, _stateGradient, _innerGradient, _diagonalWeights,
        _maskedOutputs, _recurrentMask;

    /// <param name="shape">The sizes of the layer.</param>
    /// <param name="diagonalWeights">The weights that its cell applies element by element.</param>
    /// <param name="window">The steps.</param>
    /// <param name="tape">The tape.</param>
    /// <param name="parts">The number of parts into which the work is divided.</param>
    /// <param name="isBackward">Whether the pass visits the steps in the opposite order.</param>
    public RecurrentPass(
        LayerShape shape, T* diagonalWeights, LayerWindow<T> window, RecurrentTape<T> tape, int parts, bool isBackward = false)
    {
        (_window, Tape, Parts, IsBackward) = (window, tape, parts, isBackward);
        (_keepsSteps, _isReversed, _beginsAtEnd) = (tape.KeepsSteps, shape.IsReversed, shape.IsReversed != isBackward);
        (_firstRow, _firstActive) = (Batch.RowOf(window.FirstStep), Batch.ActiveAt(window.FirstStep));
        (_inputSize, _gateSize, _stateSize, _unitStride) = (shape.InputSize, shape.GateSize, shape.StateSize, shape.UnitStride);
        (_outputOffset, _outputStride) = (shape.OutputOffset, shape.OutputStride);
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

    /// <summary>The steps, with pointers to inputs and outputs.</summary>
    public LayerWindow<T> Window => _window;

    /// <summary>The tape.</summary>
    public RecurrentTape<T> Tape { get; }

    /// <summary>Whether the pass visits the steps in the opposite order.</summary>
    public bool IsBackward { get; }

    /// <summary>The number of steps.</summary>
    public int Steps => _window.EndStep - _window.FirstStep;

    /// <summary>The number of parts into which the work is divided.</summary>
    public int Parts { get; private init; }

    /// <summary>
    /// The number of units that are not divided, if parts are ranges of units of all sequences and all parts synchronise after every step.
    /// 0 if parts are ranges of sequences with all units.
    /// </summary>
    private int PanelWidth { get; init; }

    /// <summary>
    /// Returns the pass with twice as many parts, if each still has sequences for two products. Processors are seldom equally fast during a
    /// whole pass, so threads that finish early take another part.
    /// </summary>
    public RecurrentPass<T> InSmallerParts() =>
        PanelWidth == 0 && _firstActive >= 2 * Parts * SequencesWorthAPart ? this with { Parts = 2 * Parts } : this;

    /// <summary>Returns the pass divided by units, if there are few sequences and enough to do in every step.</summary>
    /// <param name="panelWidth">The number of units that are not divided.</param>
    /// <param name="workOfARow">The number of multiply-adds of a row.</param>
    public RecurrentPass<T> ByUnits(int panelWidth, long workOfARow) =>
        Parts > 1 && _firstActive < RowsOfAProduct * Parts && _unitStride / panelWidth >= Parts
            && _firstActive * workOfARow / Parts >= WorthWaiting
            ? this with { PanelWidth = panelWidth }
            : this;

    /// <summary>Returns the share of a part in every step: a range of sequences, while they are active, and a range of units.</summary>
    public Tile Share(int part)
    {
        int units = (int)_unitStride;
        if (PanelWidth == 0)
        {
            int place = FirstPlace(part);
            return new Tile(FirstVisited, place, FirstPlace(part + 1) - place, 0, units);
        }
        int panels = units / PanelWidth, first = panels * part / Parts * PanelWidth, end = panels * (part + 1) / Parts * PanelWidth;
        return new Tile(FirstVisited, 0, _firstActive, first, end - first);
    }

    /// <summary>Returns the tile of a share at the step that is visited after <paramref name="visited"/> other steps; it has no rows if
    /// none of its sequences is active.</summary>
    public Tile At(int visited, Tile share)
    {
        int step = _beginsAtEnd ? _window.EndStep - 1 - visited : _window.FirstStep + visited;
        return share with { Step = step, Rows = Math.Min(share.Rows, ActiveAt(step) - share.FirstPlace) };
    }

    /// <summary>Waits until all parts have reached this point, if they share the units; otherwise parts are independent.</summary>
    /// <param name="met">The number of times that the part has waited, as <see cref="Kernels.StepBarrier"/> counts it; 0 at first.</param>
    public void Meet(ref long met)
    {
        if (PanelWidth > 0)
            Tape.Barrier.Wait(ref met, Parts);
    }

    /// <summary>Returns the tile of all sequences of a step, and all units.</summary>
    public Tile Whole(int step) => new(step, 0, ActiveAt(step), 0, (int)_unitStride);

    /// <summary>The step that is visited first.</summary>
    public int FirstVisited => _beginsAtEnd ? _window.EndStep - 1 : _window.FirstStep;

    /// <summary>
    /// Returns the number of rows of a tile, the first ones, that have a state before the step; for the others it is the first step that is
    /// read.
    /// </summary>
    public int Begun(Tile tile)
    {
        int begun = _isReversed ? ActiveAt(tile.Step + 1) : tile.Step == 0 ? 0 : ActiveAt(tile.Step);
        return Math.Clamp(begun - tile.FirstPlace, 0, tile.Rows);
    }

    /// <summary>Returns the number of rows of a tile, the first ones, that continue with a further step; for the others it is the last step
    /// that is read.</summary>
    public int Continuing(Tile tile)
    {
        int continuing = _isReversed ? tile.Step == 0 ? 0 : ActiveAt(tile.Step) : ActiveAt(tile.Step + 1);
        return Math.Clamp(continuing - tile.FirstPlace, 0, tile.Rows);
    }

    /// <summary>Returns the inputs of the rows of a tile, <c>[rows, I]</c>.</summary>
    public T* Inputs(Tile tile) => _window.Inputs + (Row(tile.Step, tile.FirstPlace) * _inputSize);

    /// <summary>Returns the offset of a tile's outputs, or their gradients, in those of the window.</summary>
    public nint OutputAt(Tile tile) => Row(tile.Step, tile.FirstPlace) * _window.OutputStride;

    /// <summary>
    /// Returns the rows of a tile for sequences that continue: the states after the step are stored before the next step, or for the next
    /// window.
    /// </summary>
    public CellStep<T> Rows(Tile tile)
    {
        (int step, nint place) = (tile.Step, tile.FirstPlace);
        nint row = Row(step, tile.FirstPlace), kept = _keepsSteps ? row : place;
        T* previous = StateBefore(step, tile.FirstPlace);
        return new CellStep<T>
        {
            Gates = _gates + (kept * _gateSize),
            Inner = _inner + (kept * _unitStride),
            Previous = previous,
            Next = IsReadLast(step) ? _carry + (place * _stateSize) : StateBefore(After(step), tile.FirstPlace),
            RecurrentInput = _recurrentMask == null ? previous + _outputOffset : _maskedOutputs + (row * _outputStride),
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

    /// <summary>Returns the rows of a tile for sequences that end.</summary>
    public CellStep<T> RowsEnding(Tile tile)
    {
        CellStep<T> rows = Rows(tile);
        rows.Next = _final + (tile.FirstPlace * _stateSize);
        return rows;
    }

    /// <summary>
    /// Returns the buffer of the masked outputs of a tile: before the step that is read next; <see langword="null"/> at the last step of
    /// the window. With dropout, every step is stored.
    /// </summary>
    public T* NextRecurrentInput(Tile tile) =>
        IsReadLast(tile.Step) ? null : _maskedOutputs + (Row(After(tile.Step), tile.FirstPlace) * _outputStride);

    /// <summary>Returns the first place in the batch of a part. The parts have about the same number of steps.</summary>
    private int FirstPlace(int part)
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

    /// <summary>Returns the number of active sequences at a step; 0 after the last step of the batch.</summary>
    private int ActiveAt(int step) => step < Batch.Steps ? Batch.ActiveAt(step) : 0;

    /// <summary>Returns the step that is read after another.</summary>
    private int After(int step) => _isReversed ? step - 1 : step + 1;

    /// <summary>Whether a step is the last of the window that is read.</summary>
    private bool IsReadLast(int step) => step == (_isReversed ? _window.FirstStep : _window.EndStep - 1);

    /// <summary>Returns the row of the window for a step and a place in the batch.</summary>
    private nint Row(int step, int place) => Batch.RowOf(step) - _firstRow + place;

    /// <summary>Returns the states before a step, from a place in the batch on. If steps are not kept, two sets of rows
    /// alternate.</summary>
    private T* StateBefore(int step, int place)
    {
        nint row = _keepsSteps ? Row(step, place) : (((step - _window.FirstStep) & 1) * _firstActive) + place;
        return _states + (row * _stateSize);
    }
}
