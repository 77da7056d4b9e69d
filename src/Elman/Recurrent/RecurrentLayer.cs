using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;
using Elman.Sequences;

namespace Elman.Recurrent;

/// <summary>A recurrent layer as a model sees it: whatever its cell.</summary>
/// <param name="shape">Its sizes.</param>
/// <param name="weights">The parameters of its recurrence.</param>
internal abstract unsafe class RecurrentLayer<T>(LayerShape shape, LayerWeights weights) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Its sizes.</summary>
    public LayerShape Shape { get; protected set; } = shape;

    /// <summary>The parameters of its recurrence.</summary>
    public LayerWeights Weights { get; } = weights;

    /// <summary>Further matrices <c>[in, out]</c>, which have no part in the recurrence.</summary>
    public virtual IEnumerable<ParameterSlice> Matrices => [];

    /// <summary>
    /// Sets those parameters whose first values are the same whatever is chosen for the others. The rest are 0 or drawn before.
    /// </summary>
    public virtual void Initialize(Parameters<T> values, SeededRandom random)
    {
    }

    /// <summary>Brings the weights into the layout of the kernels. Needed after every change of them.</summary>
    /// <param name="values">The parameters.</param>
    /// <param name="forTraining">Whether to also pack the weights for the backward pass.</param>
    /// <param name="workers">The threads to use.</param>
    public abstract void Pack(Parameters<T> values, bool forTraining, Workers workers);

    /// <summary>One step of some rows: <c>Gates</c> and <c>Next</c> from <c>Previous</c> and the inputs.</summary>
    /// <param name="inputs">The inputs <c>[rows, I]</c>.</param>
    /// <param name="step">The first row; the others follow, each a whole row further on.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="fromZero">Whether the states before the step are zero, so that their product need not be computed.</param>
    public abstract void Step(T* inputs, CellStep<T> step, int rows, bool fromZero);

    /// <summary>What some rows give out.</summary>
    /// <param name="states">Their states after a step, each a whole row further on.</param>
    /// <param name="inputs">The inputs of that step, <c>[rows, I]</c>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="outputs">Receives the outputs, <c>[rows, W]</c>.</param>
    /// <param name="scratch">Memory for what comes between.</param>
    /// <param name="workers">The threads to use.</param>
    public abstract void Read(T* states, T* inputs, int rows, T* outputs, GatedTape<T> scratch, Workers workers);

    /// <summary>
    /// Before the first step of a window forward: takes memory, and goes on from where the window before stopped.
    /// <c>Sweep</c> does the rest.
    /// </summary>
    /// <param name="window">The steps; the windows of a batch go forward in time, or in a reversed layer backward.</param>
    /// <param name="tape">Receives the states of the window.</param>
    /// <param name="parts">Into how many parts to divide the steps.</param>
    public abstract RecurrentPass<T> BeginForward(LayerWindow<T> window, RecurrentTape<T> tape, int parts);

    /// <summary>
    /// A part of a pass, through all its steps: forward, or back from the gradients by states to those by gates.
    /// </summary>
    public abstract void Run(in RecurrentPass<T> pass, int part);

    /// <summary>After the last step of a window forward: what looks at one row at a time, whatever its step.</summary>
    public virtual void EndForward(LayerWindow<T> window, RecurrentTape<T> tape, Workers workers)
    {
    }

    /// <summary>What the sequences that end in a window gave out at the step that was read last.</summary>
    /// <param name="window">The window that went forward; all steps where the layer reads from the end.</param>
    /// <param name="tape">The tape of the forward pass.</param>
    /// <param name="last">Receives the outputs, <c>[B, W]</c>.</param>
    /// <param name="stride">From one row of them to the next.</param>
    /// <param name="workers">The threads to use.</param>
    public abstract void Last(LayerWindow<T> window, RecurrentTape<T> tape, T* last, nint stride, Workers workers);

    /// <summary>
    /// Before a window goes backward: takes the gradient by <see cref="Last"/> to the last states of the sequences that end in it.
    /// </summary>
    /// <param name="window">The window.</param>
    /// <param name="tape">The tape of the forward pass.</param>
    /// <param name="lastGradient">The gradient, <c>[B, W]</c>.</param>
    /// <param name="stride">From one row of it to the next.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="workers">The threads to use.</param>
    public abstract void BackwardLast(
        LayerWindow<T> window, RecurrentTape<T> tape, T* lastGradient, nint stride, Parameters<T> gradients, Workers workers);

    /// <summary>Lets no gradient come by the states after the window that goes backward next.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="tape">The tape.</param>
    public void ClearStateGradient(SequenceBatch<T> batch, RecurrentTape<T> tape)
    {
        tape.StateGradient.Resize((long)batch.Count * Shape.StateSize);
        tape.StateGradient.Clear();
    }

    /// <summary>
    /// Before a window that went forward goes backward, from its last step to its first. <c>Sweep</c> does the rest.
    /// </summary>
    /// <param name="window">The steps.</param>
    /// <param name="tape">The tape of the forward pass. <see cref="RecurrentTape{T}.StateGradient"/> holds the gradient by each sequence's
    /// last state; after the steps that by the state before the window.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="parts">Into how many parts to divide the steps.</param>
    /// <param name="workers">The threads to use.</param>
    public abstract RecurrentPass<T> BeginBackward(
        LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, int parts, Workers workers);

    /// <summary>After the first step: from the gradients by the gates of all steps to those by parameters and inputs.</summary>
    public abstract void EndBackward(LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, Workers workers);

    /// <inheritdoc/>
    public abstract void Dispose();
}
