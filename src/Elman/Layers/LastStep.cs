using System.Numerics;
using Elman.Sequences;

namespace Elman.Layers;

/// <summary>The readout that hands on each sequence's output at its own last step.</summary>
internal static unsafe class LastStep
{
    /// <summary>Collects the outputs of the sequences that end within a window.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="firstStep">The window's first step.</param>
    /// <param name="endStep">The step after its last.</param>
    /// <param name="tape">What the layer's forward pass over that window left.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="outputs">Takes the outputs, <c>[B, H]</c>, in the order of the batch.</param>
    public static void Forward<T>(SequenceBatch<T> batch, int firstStep, int endStep, RecurrentTape<T> tape, RecurrentLayer<T> layer, T* outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<int> lengths = batch.Lengths;
        int before = batch.ActiveAt(firstStep) - batch.RowOf(firstStep);
        for (int place = 0; place < batch.Count; place++)
        {
            int last = lengths[place] - 1;
            if (last < firstStep || last >= endStep)
                continue;
            T* state = tape.States.Start + ((nint)(before + batch.RowOf(last) + place) * layer.StateSize);
            new Span<T>(state, layer.HiddenSize).CopyTo(new Span<T>(outputs + ((nint)place * layer.HiddenSize), layer.HiddenSize));
        }
    }
}
