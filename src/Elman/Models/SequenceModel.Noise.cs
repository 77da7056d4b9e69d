using Elman.Recurrent;
using Elman.Sequences;
using Elman.Stack;

namespace Elman.Models;

// Random noise of training, drawn before each forward pass. It is determined by keys, so it does not depend on the thread that draws it.
internal sealed unsafe partial class SequenceModel<T>
{
    /// <summary>
    /// Configures every mask of a training step, or none if a rate is 0. A mask with a row for each step is drawn window by window, in the
    /// forward pass.
    /// </summary>
    /// <param name="batch">The batch of the next forward pass.</param>
    /// <param name="tape">The tape of the next forward pass.</param>
    /// <param name="rates">The dropout rates.</param>
    /// <param name="random">The random numbers for the keys; their number does not depend on the rates.</param>
    public void DrawNoise(SequenceBatch<T> batch, ModelTape<T> tape, DropoutRates rates, SeededRandom random)
    {
        for (int layer = 0; layer < Layers.Count; layer++)
        {
            StackLayerTape<T> ofLayer = tape.Layer(layer);
            RecurrentLayer<T> fromStart = Layers[layer].FromStart;
            ofLayer.InputMask.Choose(layer == 0 ? 0 : rates.Layers, random.NextUInt64());
            ofLayer.FromStart.ZoneoutKey = random.NextUInt64();
            ofLayer.FromEnd.ZoneoutKey = random.NextUInt64();
            ofLayer.FromStart.RecurrentMask.Choose(rates.Recurrent, random.NextUInt64());
            ofLayer.FromStart.RecurrentMask.Draw(0, batch.Count, fromStart.Shape.OutputSize, fromStart.Shape.OutputStride);
            ofLayer.FromEnd.RecurrentMask.Choose(Layers[layer].FromEnd is null ? 0 : rates.Recurrent, random.NextUInt64());
            ofLayer.FromEnd.RecurrentMask.Draw(0, batch.Count, fromStart.Shape.OutputSize, fromStart.Shape.OutputStride);
        }
        tape.FeatureMask.Choose(rates.Layers, random.NextUInt64());
    }
}
