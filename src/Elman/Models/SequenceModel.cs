using System.Numerics;
using Elman.Kernels;
using Elman.Layers;
using Elman.Sequences;

namespace Elman.Models;

/// <summary>The stack: recurrent layer → last step → dense layer → logits.</summary>
internal sealed unsafe class SequenceModel<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Workers _alone = new(1);

    /// <summary>Makes a model with zero weights.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="kernels">The kernels to use; by default the catalog's choice.</param>
    public SequenceModel(ModelSpec spec, KernelSet<T>? kernels = null)
    {
        kernels ??= KernelCatalog.Default<T>();
        Spec = spec;
        var layout = new ParameterLayout();
        CellEntry cell = CellCatalog.Find(spec.Cell) ?? throw new ArgumentException($"There is no cell '{spec.Cell}'.", nameof(spec));
        Recurrent = cell.CreateLayer(new LayerPlan<T>(spec.InputSize, spec.HiddenSize, spec.CellOptions, "rnn.0", layout, kernels));
        Output = new Dense<T>(spec.HiddenSize, spec.ClassCount, "output", layout, kernels);
        Values = new Parameters<T>(layout);
    }

    /// <summary>What the model is.</summary>
    public ModelSpec Spec { get; }

    /// <summary>The recurrent layer.</summary>
    public RecurrentLayer<T> Recurrent { get; }

    /// <summary>The layer that turns the last output into logits.</summary>
    public Dense<T> Output { get; }

    /// <summary>All weights. Call <see cref="Pack"/> after a change.</summary>
    public Parameters<T> Values { get; }

    /// <summary>Draws the weights anew.</summary>
    /// <param name="how">From what.</param>
    /// <param name="random">Draws.</param>
    /// <param name="forgetBias">The bias of the forget gate, where the cell has one.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled: orthogonal matrices of thousands of units take a while.</exception>
    public void Initialize(WeightInitialization how, SeededRandom random, double forgetBias = WeightInitializer.DefaultForgetBias, CancellationToken cancellationToken = default)
    {
        Values.Buffer.Clear(); // what is not drawn starts at 0
        WeightInitializer.Fill(Recurrent, Values, how, random, forgetBias, cancellationToken);
        WeightInitializer.Fill(Output, Values, how, random);
    }

    /// <summary>Brings the weights into the layout of the kernels.</summary>
    /// <param name="forTraining">Also what <see cref="Backward"/> reads.</param>
    /// <param name="workers">Who works; by default the caller alone.</param>
    public void Pack(bool forTraining, Workers? workers = null)
    {
        Recurrent.Pack(Values, forTraining, workers ?? _alone);
        Output.Pack(Values, forTraining);
    }

    /// <summary>Runs a batch forward and leaves the logits on the tape; on one that keeps its steps, also what <see cref="Backward"/> needs.</summary>
    public void Forward(SequenceBatch<T> batch, ModelTape<T> tape, Workers workers)
    {
        tape.Logits.Resize((long)batch.Count * Output.OutputSize);
        Recurrent.Forward(batch, 0, batch.Steps, tape.Recurrent, workers);
        Output.Forward(tape.Recurrent.Final.Start, Recurrent.StateSize, tape.Logits.Start, batch.Count);
    }

    /// <summary>Backward from <see cref="ModelTape{T}.LogitsGradient"/>, after <see cref="Forward"/>.</summary>
    /// <param name="batch">The batch that went forward.</param>
    /// <param name="tape">What forward left.</param>
    /// <param name="gradients">The parameters' gradients, added to.</param>
    /// <param name="workers">Who works.</param>
    public void Backward(SequenceBatch<T> batch, ModelTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        NativeBuffer<T> state = tape.Recurrent.StateGradient; // [B, S·H]
        state.Resize((long)batch.Count * Recurrent.StateSize);
        state.Clear();
        Output.Backward(tape.Recurrent.Final.Start, Recurrent.StateSize, tape.LogitsGradient.Start, state.Start, Recurrent.StateSize, batch.Count, gradients);
        Recurrent.Backward(batch, tape.Recurrent, gradients, workers);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Recurrent.Dispose();
        Output.Dispose();
        Values.Dispose();
        _alone.Dispose();
    }
}
