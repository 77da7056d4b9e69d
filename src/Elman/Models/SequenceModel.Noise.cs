using Elman.Layers;
using Elman.Sequences;

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
        for (int level = 0; level < Blocks.Count; level++)
        {
            BlockTape<T> block = tape.Block(level);
            RecurrentLayer<T> layer = Blocks[level].FromStart;
            block.InputMask.Choose(level == 0 ? 0 : rates.Layers, random.NextUInt64());
            block.FromStart.ZoneoutKey = random.NextUInt64();
            block.FromEnd.ZoneoutKey = random.NextUInt64();
            block.FromStart.RecurrentMask.Choose(rates.Recurrent, random.NextUInt64());
            block.FromStart.RecurrentMask.Draw(0, batch.Count, layer.OutputSize, layer.OutputStride);
            block.FromEnd.RecurrentMask.Choose(Blocks[level].FromEnd is null ? 0 : rates.Recurrent, random.NextUInt64());
            block.FromEnd.RecurrentMask.Draw(0, batch.Count, layer.OutputSize, layer.OutputStride);
        }
        tape.FeatureMask.Choose(rates.Layers, random.NextUInt64());
    }
}
