using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Packing;
using Elman.Readouts;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Models;

// Forward and backward through the stack, a window of steps at a time. A batch may be one window.
internal sealed unsafe partial class SequenceModel<T>
{
    /// <summary>The approximate number of outputs of a layer in one window of inference, so that they stay in the second-level
    /// cache.</summary>
    private const int OutputsOfAWindow = 1 << 16;

    /// <summary>
    /// Runs the forward pass of a whole batch. The logits are then on the tape; on a tape that keeps its steps, also the values for a
    /// backward pass.
    /// </summary>
    public void Forward(SequenceBatch<T> batch, ModelTape<T> tape, Workers workers)
    {
        int steps = tape.KeepsSteps || Readout.AnswersEveryStep ? batch.Steps : StepsOfAWindow(batch);
        for (int first = 0; first < batch.Steps; first += steps)
            Forward(LayerWindow<T>.Of(batch, first, Math.Min(first + steps, batch.Steps)), tape, workers);
    }

    /// <summary>Runs the forward pass of a window: from zero states if a sequence begins, otherwise from the states of the previous
    /// window.</summary>
    /// <remarks>
    /// If there is an output at every step, its logits are then on the tape; otherwise the tape has the logits of the sequences after the
    /// last window.
    /// </remarks>
    /// <param name="window">The steps; all of them in a bidirectional model.</param>
    /// <param name="tape">The tape of the previous window.</param>
    /// <param name="workers">The threads to use.</param>
    /// <param name="again">
    /// Whether the window runs forward again for its backward pass; the features of the sequences then stay as they are.
    /// </param>
    public void Forward(LayerWindow<T> window, ModelTape<T> tape, Workers workers, bool again = false)
    {
        int layers = Readout.ReplacesTopLayer(window, tape.KeepsSteps) ? Layers.Count - 1 : Layers.Count,
            withOutputs = Readout.ReadsEveryStep ? Layers.Count : Layers.Count - 1;
        Embed(window, tape, workers);
        for (int layer = 0; layer < layers; layer++)
            Layers[layer].Forward(Seen(window, layer, tape, layer < withOutputs), tape.Layer(layer), workers);
        ReadoutPass<T> pass = ReadoutOf(window, tape);
        if (again)
            Readout.Repeat(pass, workers);
        else
            Readout.Forward(pass, workers);
        if (Readout.AnswersEveryStep || (window.IsLast && !again))
            ForwardOutput(pass, tape, workers);
    }

    /// <summary>
    /// Returns the inputs of the output layer after <see cref="Forward(SequenceBatch{T}, ModelTape{T}, Workers)"/>, <c>[rows, W]</c>, with
    /// a row for each sequence or for each step.
    /// </summary>
    public NativeBuffer<T> Features(SequenceBatch<T> batch, ModelTape<T> tape) =>
        Readout.Features(ReadoutOf(LayerWindow<T>.All(batch), tape)).Values;

    /// <summary>Runs the backward pass of a whole batch from <see cref="ModelTape{T}.LogitsGradient"/>, directly after its forward
    /// pass.</summary>
    /// <param name="batch">The batch of the forward pass.</param>
    /// <param name="tape">The tape of the forward pass.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="workers">The threads to use.</param>
    public void Backward(SequenceBatch<T> batch, ModelTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        ClearStateGradients(batch, tape);
        Backward(LayerWindow<T>.All(batch), tape, gradients, workers);
    }

    /// <summary>
    /// Sets the gradient with respect to the states after the next backward window to zero: before the last window, and at truncations.
    /// </summary>
    public void ClearStateGradients(SequenceBatch<T> batch, ModelTape<T> tape)
    {
        for (int layer = 0; layer < Layers.Count; layer++)
            Layers[layer].ClearStateGradient(batch, tape.Layer(layer));
    }

    /// <summary>
    /// Runs the backward pass of a window, directly after its forward pass: from <see cref="ModelTape{T}.LogitsGradient"/> and from the
    /// state gradients of the window after it.
    /// </summary>
    /// <param name="window">The steps; in reverse order, the last window of a batch first.</param>
    /// <param name="tape">The tape of the forward pass.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="workers">The threads to use.</param>
    public void Backward(LayerWindow<T> window, ModelTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        ReadoutPass<T> pass = ReadoutOf(window, tape);
        if (Readout.AnswersEveryStep || window.IsLast)
            BackwardOutput(pass, tape, gradients, workers);
        Readout.Backward(pass, gradients, workers);

        for (int layer = Layers.Count - 1; layer >= 0; layer--)
        {
            bool isTop = layer == Layers.Count - 1;
            NativeBuffer<T>? below = layer > 0 ? tape.Layer(layer - 1).OutputGradient
                : Embedding is null ? tape.InputGradient : tape.EmbeddedGradient;
            if (below is not null)
            {
                below.Resize((long)window.Rows * Layers[layer].InputSize);
                below.Clear();
            }
            LayerWindow<T> ofLayer = window with
            {
                Inputs = InputsOf(layer, window, tape),
                OutputGradient = isTop && !Readout.ReadsEveryStep ? null : tape.Layer(layer).OutputGradient.Start,
                InputGradient = below is null ? null : below.Start,
            };
            Layers[layer].Backward(ofLayer, isTop ? Readout.LastGradient(pass) : null, tape.Layer(layer), gradients, workers);
        }
        Embedding?.Backward(window.Inputs, tape.EmbeddedGradient.Start, window.Rows, gradients, workers);
    }

    /// <summary>
    /// Returns the number of steps of a batch that inference processes at a time: all if a layer reads backward, or if only the last
    /// outputs are read; otherwise few enough that the outputs of a layer are still in the cache when they are read.
    /// </summary>
    public int StepsOfAWindow(SequenceBatch<T> batch)
    {
        if (Spec.Bidirectional || (Layers.Count == 1 && (!Readout.ReadsEveryStep || Readout.CanReplaceTopLayer)))
            return Math.Max(batch.Steps, 1);
        return StepsInCache(batch);
    }

    /// <summary>Returns the number of steps of a batch whose outputs stay in the cache, but at least the minimum for an efficient
    /// window.</summary>
    private int StepsInCache(SequenceBatch<T> batch)
    {
        long widest = Layers.Max(layer => layer.OutputSize);
        int worthAWindow = Layers.Max(layer => layer.FromStart.Shape.StepsWorthAWindow);
        return (int)Math.Max(OutputsOfAWindow / Math.Max(batch.Count * widest, 1), worthAWindow);
    }

    /// <summary>Runs the forward pass of a batch up to the outputs of a layer, window by window.</summary>
    /// <param name="layer">The layer, from 0; those above it are not run.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="tape">A tape that keeps no steps.</param>
    /// <param name="workers">The threads to use.</param>
    /// <param name="take">A function that receives a window and its outputs, <c>[rows, W]</c>.</param>
    public void ForwardOutputs(
        int layer, SequenceBatch<T> batch, ModelTape<T> tape, Workers workers, Action<LayerWindow<T>, NativeBuffer<T>> take)
    {
        int steps = Spec.Bidirectional ? batch.Steps : StepsInCache(batch);
        for (int first = 0; first < batch.Steps; first += steps)
        {
            LayerWindow<T> window = LayerWindow<T>.Of(batch, first, Math.Min(first + steps, batch.Steps));
            Embed(window, tape, workers);
            for (int below = 0; below <= layer; below++)
                Layers[below].Forward(Seen(window, below, tape, withOutputs: true), tape.Layer(below), workers);
            take(window, tape.Layer(layer).Outputs);
        }
    }

    /// <summary>Replaces symbols by vectors, if there are any.</summary>
    private void Embed(LayerWindow<T> window, ModelTape<T> tape, Workers workers)
    {
        if (Embedding is null)
            return;
        tape.Embedded.Resize((long)window.Rows * Embedding.OutputSize);
        Embedding.Forward(window.Inputs, tape.Embedded.Start, window.Rows, Values, workers);
    }

    /// <summary>Returns the window with the inputs and outputs of a layer in the forward pass.</summary>
    private LayerWindow<T> Seen(LayerWindow<T> window, int layer, ModelTape<T> tape, bool withOutputs)
    {
        NativeBuffer<T> outputs = tape.Layer(layer).Outputs;
        if (withOutputs)
            outputs.Resize((long)window.Rows * Layers[layer].OutputSize);
        return window with { Inputs = InputsOf(layer, window, tape), Outputs = withOutputs ? outputs.Start : null };
    }

    private void ForwardOutput(ReadoutPass<T> pass, ModelTape<T> tape, Workers workers)
    {
        (int first, int rows) = Readout.RowsOf(pass.Window);
        NativeBuffer<T> features = Readout.Features(pass).Values;
        tape.FeatureMask.Draw(first, rows, Output.InputSize, Output.InputSize);
        if (tape.FeatureMask.IsDrawn)
        {
            tape.Dropped.Resize(features.Length);
            TensorPrimitives.Multiply<T>(features.Span, tape.FeatureMask.Values.Span, tape.Dropped.Span);
            features = tape.Dropped;
        }
        tape.Logits.Resize((long)rows * Output.OutputSize);
        Output.Forward(features.Start, tape.Logits.Start, rows, workers);
    }

    private void BackwardOutput(ReadoutPass<T> pass, ModelTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        (NativeBuffer<T> features, NativeBuffer<T> featureGradient) = Readout.Features(pass);
        featureGradient.Resize(features.Length);
        featureGradient.Clear();
        features = tape.FeatureMask.IsDrawn ? tape.Dropped : features;
        Output.Backward(
            features.Start, tape.LogitsGradient.Start, featureGradient.Start, Readout.RowsOf(pass.Window).Count, gradients, workers);
        if (tape.FeatureMask.IsDrawn)
            TensorPrimitives.Multiply<T>(featureGradient.Span, tape.FeatureMask.Values.Span, featureGradient.Span);
    }

    private T* InputsOf(int layer, LayerWindow<T> window, ModelTape<T> tape) =>
        layer > 0 ? tape.Layer(layer - 1).Outputs.Start : Embedding is null ? window.Inputs : tape.Embedded.Start;

    private ReadoutPass<T> ReadoutOf(LayerWindow<T> window, ModelTape<T> tape)
    {
        int top = Layers.Count - 1;
        return new ReadoutPass<T>
        {
            Window = window with { Inputs = InputsOf(top, window, tape) },
            Top = Top,
            TopTape = tape.Layer(top),
            Tape = tape.Readout,
        };
    }
}
