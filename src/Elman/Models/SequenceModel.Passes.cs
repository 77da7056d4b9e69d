using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Layers;
using Elman.Sequences;

namespace Elman.Models;

// Forward and backward through the stack.
internal sealed unsafe partial class SequenceModel<T>
{
    /// <summary>About how many outputs of a level one window of an inference holds: what stays in a second-level cache.</summary>
    private const int OutputsOfAWindow = 1 << 16;

    /// <summary>Runs a batch forward and leaves the logits on the tape; on one that keeps its steps, also what <see cref="Backward"/> needs.</summary>
    public void Forward(SequenceBatch<T> batch, ModelTape<T> tape, Workers workers)
    {
        int steps = StepsOfAWindow(batch, tape);
        for (int first = 0; first < batch.Steps; first += steps)
        {
            LayerWindow<T> window = LayerWindow<T>.Of(batch, first, Math.Min(first + steps, batch.Steps));
            for (int level = 0; level < Blocks.Count; level++)
            {
                BlockTape<T> blockTape = tape.Block(level);
                window = window with { Outputs = Outputs(window, level, blockTape.Outputs) };
                Blocks[level].Forward(window, blockTape, workers);
                window = window with { Inputs = window.Outputs };
            }
        }
        ReadoutPass<T> pass = ReadoutOf(batch, tape);
        Readout.Forward(pass, workers);
        int rows = Readout.RowsOf(batch);
        tape.Logits.Resize((long)rows * Output.OutputSize);
        NativeBuffer<T> features = Readout.Features(pass).Values;
        if (tape.FeatureMask.IsDrawn)
        {
            tape.Dropped.Resize(features.Length);
            TensorPrimitives.Multiply<T>(features.Span, tape.FeatureMask.Values.Span, tape.Dropped.Span);
            features = tape.Dropped;
        }
        Output.Forward(features.Start, tape.Logits.Start, rows, workers);
    }

    /// <summary>After <see cref="Forward"/>: what went into the output layer, <c>[rows, W]</c>, a row for each sequence or for each step.</summary>
    public NativeBuffer<T> Features(SequenceBatch<T> batch, ModelTape<T> tape) => Readout.Features(ReadoutOf(batch, tape)).Values;

    /// <summary>Backward from <see cref="ModelTape{T}.LogitsGradient"/>, after <see cref="Forward"/>.</summary>
    /// <param name="batch">The batch that went forward.</param>
    /// <param name="tape">What forward left.</param>
    /// <param name="gradients">The parameters' gradients, added to.</param>
    /// <param name="workers">Who works.</param>
    public void Backward(SequenceBatch<T> batch, ModelTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        ReadoutPass<T> pass = ReadoutOf(batch, tape);
        (NativeBuffer<T> features, NativeBuffer<T> featureGradient) = Readout.Features(pass);
        featureGradient.Resize(features.Length);
        featureGradient.Clear();
        features = tape.FeatureMask.IsDrawn ? tape.Dropped : features;
        Output.Backward(features.Start, tape.LogitsGradient.Start, featureGradient.Start, Readout.RowsOf(batch), gradients, workers);
        if (tape.FeatureMask.IsDrawn)
            TensorPrimitives.Multiply<T>(featureGradient.Span, tape.FeatureMask.Values.Span, featureGradient.Span);
        Readout.Backward(pass, gradients, workers);

        for (int level = Blocks.Count - 1; level >= 0; level--)
        {
            bool isTop = level == Blocks.Count - 1;
            NativeBuffer<T>? below = level == 0 ? null : tape.Block(level - 1).OutputGradient;
            if (below is not null)
            {
                below.Resize((long)batch.Rows * Blocks[level].InputSize);
                below.Clear();
            }
            LayerWindow<T> window = LayerWindow<T>.All(batch) with
            {
                Inputs = InputsOf(level, batch, tape),
                OutputGradient = isTop && !Readout.ReadsEveryStep ? null : tape.Block(level).OutputGradient.Start,
                InputGradient = below is null ? null : below.Start,
            };
            Blocks[level].Backward(window, isTop ? Readout.LastGradient(pass) : null, tape.Block(level), gradients, workers);
        }
    }

    /// <summary>All steps at once for training, where a layer reads from the end, and where the readout looks at a level's inputs; else, in a stack, few enough that the outputs of a level are still in cache when the next reads them.</summary>
    private int StepsOfAWindow(SequenceBatch<T> batch, ModelTape<T> tape)
    {
        if (tape.KeepsSteps || Spec.Bidirectional || Spec.Residual || Blocks.Count == 1)
            return Math.Max(batch.Steps, 1);
        long widest = Blocks.Max(block => block.OutputSize);
        return (int)Math.Max(OutputsOfAWindow / Math.Max(batch.Count * widest, 1), 1);
    }

    /// <summary>Where a level's outputs of a window go: the uppermost keeps those of all steps, if the readout looks at them.</summary>
    private T* Outputs(LayerWindow<T> window, int level, NativeBuffer<T> outputs)
    {
        int width = Blocks[level].OutputSize;
        if (level < Blocks.Count - 1)
        {
            outputs.Resize((long)window.Rows * width);
            return outputs.Start;
        }
        if (!Readout.ReadsEveryStep)
            return null;
        if (window.FirstStep == 0)
            outputs.Resize((long)window.Batch.Rows * width);
        return outputs.Start + ((nint)window.Batch.RowOf(window.FirstStep) * width);
    }

    private static T* InputsOf(int level, SequenceBatch<T> batch, ModelTape<T> tape) =>
        level == 0 ? batch.Inputs : tape.Block(level - 1).Outputs.Start;

    private ReadoutPass<T> ReadoutOf(SequenceBatch<T> batch, ModelTape<T> tape)
    {
        int top = Blocks.Count - 1;
        return new ReadoutPass<T> { Batch = batch, Top = Top, TopTape = tape.Block(top), TopInputs = InputsOf(top, batch, tape), Tape = tape.Readout };
    }
}
