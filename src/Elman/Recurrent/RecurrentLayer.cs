using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;
using Elman.Sequences;

namespace Elman.Recurrent;

/// <summary>Base class of all recurrent layers, for any cell.</summary>
/// <param name="shape">The sizes.</param>
/// <param name="weights">The parameters of the recurrence.</param>
internal abstract unsafe class RecurrentLayer<T>(LayerShape shape, LayerWeights weights) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The sizes.</summary>
    public LayerShape Shape { get; protected set; } = shape;

    /// <summary>The parameters of the recurrence.</summary>
    public LayerWeights Weights { get; } = weights;

    /// <summary>Further matrices <c>[in, out]</c>, which are not recurrent.</summary>
    public virtual IEnumerable<ParameterSlice> Matrices => [];

    /// <summary>
    /// Initialises the parameters whose initial values do not depend on the chosen initialisation. The others are 0 or already initialised.
    /// </summary>
    public virtual void Initialize(Parameters<T> values, SeededRandom random)
    {
    }

    /// <summary>Packs the weights into the layout of the kernels. Needed after every change of them.</summary>
    /// <param name="values">The parameters.</param>
    /// <param name="forTraining">Whether to also pack the weights for the backward pass.</param>
    /// <param name="workers">The threads to use.</param>
    public abstract void Pack(Parameters<T> values, bool forTraining, Workers workers);

    /// <summary>Computes one step of some rows: <c>Gates</c> and <c>Next</c> from <c>Previous</c> and the inputs.</summary>
    /// <param name="inputs">The inputs <c>[rows, I]</c>.</param>
    /// <param name="step">The first row; the others follow at a distance of one row each.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="fromZero">Whether the states before the step are zero, so that their product need not be computed.</param>
    public abstract void Step(T* inputs, CellStep<T> step, int rows, bool fromZero);

    /// <summary>Computes the outputs of some rows.</summary>
    /// <param name="states">The states after a step, one row each.</param>
    /// <param name="inputs">The inputs of that step, <c>[rows, I]</c>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="outputs">Receives the outputs, <c>[rows, W]</c>.</param>
    /// <param name="scratch">The memory for intermediate results.</param>
    /// <param name="workers">The threads to use.</param>
    public abstract void Read(T* states, T* inputs, int rows, T* outputs, GatedTape<T> scratch, Workers workers);

    /// <summary>
    /// Begins the forward pass of a window: allocates memory, and continues from the states of the previous window. <c>Sweep</c> does the
    /// rest.
    /// </summary>
    /// <param name="window">The steps; the windows of a batch come in the order of time, or in a reversed layer in reverse order.</param>
    /// <param name="tape">Receives the states of the window.</param>
    /// <param name="parts">The number of parts into which the steps are divided.</param>
    public abstract RecurrentPass<T> BeginForward(LayerWindow<T> window, RecurrentTape<T> tape, int parts);

    /// <summary>
    /// Processes a part of a pass, through all its steps: forward, or backward from the gradients of states to those of gates.
    /// </summary>
    public abstract void Run(in RecurrentPass<T> pass, int part);

    /// <summary>Ends the forward pass of a window: operations on single rows that do not depend on the step.</summary>
    public virtual void EndForward(LayerWindow<T> window, RecurrentTape<T> tape, Workers workers)
    {
    }

    /// <summary>Computes the outputs of the sequences that end in a window, at the step that is read last.</summary>
    /// <param name="window">The window of the forward pass; all steps if the layer is reversed.</param>
    /// <param name="tape">The tape of the forward pass.</param>
    /// <param name="last">Receives the outputs, <c>[B, W]</c>.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="workers">The threads to use.</param>
    public abstract void Last(LayerWindow<T> window, RecurrentTape<T> tape, T* last, nint stride, Workers workers);

    /// <summary>
    /// Before the backward pass of a window: adds the gradient with respect to <see cref="Last"/> to that of the last states of the
    /// sequences that end in it.
    /// </summary>
    /// <param name="window">The window.</param>
    /// <param name="tape">The tape of the forward pass.</param>
    /// <param name="lastGradient">The gradient, <c>[B, W]</c>.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="workers">The threads to use.</param>
    public abstract void BackwardLast(
        LayerWindow<T> window, RecurrentTape<T> tape, T* lastGradient, nint stride, Parameters<T> gradients, Workers workers);

    /// <summary>Sets the gradient with respect to the states after the next backward window to zero.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="tape">The tape.</param>
    public void ClearStateGradient(SequenceBatch<T> batch, RecurrentTape<T> tape)
    {
        tape.StateGradient.Resize((long)batch.Count * Shape.StateSize);
        tape.StateGradient.Clear();
    }

    /// <summary>
    /// Begins the backward pass of a window after its forward pass, from its last step to its first. <c>Sweep</c> does the rest.
    /// </summary>
    /// <param name="window">The steps.</param>
    /// <param name="tape">The tape of the forward pass. <see cref="RecurrentTape{T}.StateGradient"/> holds the gradient with respect to
    /// each sequence's last state; after the steps, that with respect to the state before the window.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="parts">The number of parts into which the steps are divided.</param>
    /// <param name="workers">The threads to use.</param>
    public abstract RecurrentPass<T> BeginBackward(
        LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, int parts, Workers workers);

    /// <summary>Ends a backward pass: computes the gradients of parameters and inputs from the gradients of the gates of all
    /// steps.</summary>
    public abstract void EndBackward(LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, Workers workers);

    /// <inheritdoc/>
    public abstract void Dispose();
}
