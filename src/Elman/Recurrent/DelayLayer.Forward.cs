namespace Elman.Recurrent;

// The forward pass over all steps of a window of a sequence, which need not be processed one by one.
internal sealed unsafe partial class DelayLayer<T>
{
    /// <summary>
    /// The distance from one channel of a sequence's inputs in scratch to the next: the inputs of earlier windows, those of this one, and
    /// padding of the last lane.
    /// </summary>
    private long ScratchStride(LayerWindow<T> window) => (long)_weights.Reach + window.EndStep - window.FirstStep + _pass.Width;

    /// <summary>The scratch size of a part: the inputs, u of a unit, and y of some units.</summary>
    private long ScratchSize(LayerWindow<T> window) =>
        ((InputSize + 1) * ScratchStride(window)) + (UnitsTogether * (long)(window.EndStep - window.FirstStep + _pass.Width));

    /// <summary>Processes all steps of a sequence in the window.</summary>
    private void Forward(in RecurrentPass<T> pass, Tile sequence, T* scratch)
    {
        LayerWindow<T> window = pass.Window;
        int place = sequence.FirstPlace, length = window.Batch.Lengths[place], end = Math.Min(window.EndStep, length),
            steps = end - window.FirstStep, reach = _weights.Reach;
        bool hasBegun = Shape.IsReversed ? length > window.EndStep : !window.IsFirst,
            goesOn = Shape.IsReversed ? !window.IsFirst : length > window.EndStep;
        nint stride = (nint)ScratchStride(window);
        T* x = scratch + reach, carry = pass.Tape.Carry.Start + ((nint)place * Shape.StateSize),
            final = pass.Tape.Final.Start + ((nint)place * HiddenSize);
        Gather(pass, sequence, end, steps, hasBegun ? carry : null, x, stride);
        if (window.Outputs != null)
            Outputs(pass, sequence, end, steps, x, stride, scratch + (InputSize * stride));
        for (int c = 0; c < InputSize && goesOn; c++)
            new ReadOnlySpan<T>(x + (c * stride) + steps - 1 - reach, StateStride)
                .CopyTo(new(carry + ((nint)c * StateStride), StateStride));
        if (!goesOn)
            OutputsOf(x + steps - 1, stride, final);
    }

    /// <summary>Gathers the inputs in the order in which the layer reads them.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="end">The step after its last one in the window.</param>
    /// <param name="steps">The number of its steps in the window.</param>
    /// <param name="carry">The state before these steps, or <see langword="null"/> if the sequence begins here.</param>
    /// <param name="x">Receives the inputs from the first step of the window on; earlier inputs are stored before it.</param>
    /// <param name="stride">The distance from one channel to the next.</param>
    private void Gather(in RecurrentPass<T> pass, Tile sequence, int end, int steps, T* carry, T* x, nint stride)
    {
        int reach = _weights.Reach;
        for (int c = 0; c < InputSize; c++)
        {
            var earlier = new Span<T>(x + (c * stride) - reach, reach);
            if (carry == null)
                earlier.Clear();
            else
                new ReadOnlySpan<T>(carry + ((nint)c * StateStride) + 1, reach).CopyTo(earlier);
            new Span<T>(x + (c * stride) + steps, _pass.Width).Clear();
        }
        for (int read = 0; read < steps; read++)
        {
            T* row = pass.Inputs(sequence with { Step = StepAt(pass.Window, end, read) }), target = x + read;
            for (int c = 0; c < InputSize; c++, target += stride)
                *target = row[c];
        }
    }

    /// <summary>Computes the outputs of the steps into the outputs of the window.</summary>
    private void Outputs(in RecurrentPass<T> pass, Tile sequence, int end, int steps, T* x, nint stride, T* scratch)
    {
        T* u = scratch + _weights.Reach, y = scratch + stride;
        nint ofUnit = steps + _pass.Width;
        for (int first = 0; first < HiddenSize; first += UnitsTogether)
        {
            int units = Math.Min(UnitsTogether, HiddenSize - first);
            for (int i = 0; i < units; i++)
            {
                int unit = first + i, dilation = _weights.Dilation(unit);
                nint earlier = (nint)(DelayPass<T>.Taps - 1) * dilation;
                _pass.Mix(x - earlier, stride, _weights.Channels(unit), _weights.Weights(unit), u - earlier, earlier + steps);
                _pass.Filter(u, _weights.Taps(unit), dilation, _weights.Bias(unit), y + (i * ofUnit), steps);
            }
            for (int read = 0; read < steps; read++)
            {
                nint output = pass.OutputAt(sequence with { Step = StepAt(pass.Window, end, read) });
                T* target = pass.Window.Outputs + output + first, source = y + read;
                for (int i = 0; i < units; i++, source += ofUnit)
                    target[i] = *source;
            }
        }
    }

    /// <summary>Computes the outputs of a single step.</summary>
    private void OutputsOf(T* x, nint stride, T* outputs)
    {
        for (int unit = 0; unit < HiddenSize; unit++)
            outputs[unit] = DelayPass<T>.Plain(x, stride, _weights.Channels(unit), _weights.Weights(unit), _weights.Taps(unit),
                _weights.Dilation(unit), _weights.Bias(unit));
    }

    /// <summary>Returns the step of a sequence that is read after <paramref name="read"/> other steps of the window.</summary>
    private int StepAt(LayerWindow<T> window, int end, int read) => Shape.IsReversed ? end - 1 - read : window.FirstStep + read;
}
