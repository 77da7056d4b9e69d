namespace Elman.Recurrent;

// Forward through all steps of a window of a sequence, which need not go one by one.
internal sealed unsafe partial class DelayLayer<T>
{
    /// <summary>
    /// From one channel of a sequence's inputs to the next, in scratch: those of the window before, those of this one,
    /// and what fills the last lane.
    /// </summary>
    private long ScratchStride(LayerWindow<T> window) => (long)_weights.Reach + window.EndStep - window.FirstStep + _pass.Width;

    /// <summary>Numbers of scratch of a part: the inputs, u of a unit, and y of some units.</summary>
    private long ScratchSize(LayerWindow<T> window) =>
        ((InputSize + 1) * ScratchStride(window)) + (UnitsTogether * (long)(window.EndStep - window.FirstStep + _pass.Width));

    /// <summary>All steps of the window of a sequence.</summary>
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

    /// <summary>Brings the inputs together, in the order in which the layer reads them.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="end">The step after its last in the window.</param>
    /// <param name="steps">Its steps in the window.</param>
    /// <param name="carry">Its state before them, or <see langword="null"/> where it begins here.</param>
    /// <param name="x">Receives the inputs from the first step of the window on; earlier ones go before.</param>
    /// <param name="stride">From one channel to the next.</param>
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

    /// <summary>The outputs of the steps, to where the window has them.</summary>
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

    /// <summary>The outputs of a single step.</summary>
    private void OutputsOf(T* x, nint stride, T* outputs)
    {
        for (int unit = 0; unit < HiddenSize; unit++)
            outputs[unit] = DelayPass<T>.Plain(x, stride, _weights.Channels(unit), _weights.Weights(unit), _weights.Taps(unit),
                _weights.Dilation(unit), _weights.Bias(unit));
    }

    /// <summary>Which step of a sequence is read after so many others of the window.</summary>
    private int StepAt(LayerWindow<T> window, int end, int read) => Shape.IsReversed ? end - 1 - read : window.FirstStep + read;
}
