using Elman.Recurrent;
using Elman.Sequences;
using Elman.Stack;

namespace Elman.Models;

// What training adds at random, drawn before each forward pass: by keys, so that it does not depend on who draws it.
internal sealed unsafe partial class SequenceModel<T>
{
    /// <summary>
    /// Chooses every mask of a training step, or none where a rate is 0.
    /// A mask with a row for each step is drawn window by window, as they go forward.
    /// </summary>
    /// <param name="batch">The batch that will go forward.</param>
    /// <param name="tape">The tape that it will leave its traces on.</param>
    /// <param name="rates">How much is dropped.</param>
    /// <param name="random">Draws the keys: equally many, whatever the rates.</param>
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
