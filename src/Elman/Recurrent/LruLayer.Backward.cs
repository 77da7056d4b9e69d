using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;

namespace Elman.Recurrent;

// The backward pass: the gated output, the recurrence, and the chain rule for the trained parameters.
internal sealed unsafe partial class LruLayer<T>
{
    /// <remarks>
    /// Another window may have used the tape since, so the values of <see cref="Last"/> are computed again; this is one row for each
    /// sequence.
    /// </remarks>
    public override void BackwardLast(
        LayerWindow<T> window, RecurrentTape<T> tape, T* lastGradient, nint stride, Parameters<T> gradients, Workers workers)
    {
        int ending = window.Active - window.ContinuingCount;
        GatedTape<T> gated = tape.GatedLast;
        gated.Outputs.Resize((long)ending * HiddenSize);
        GatherLast(window, tape, workers);
        _output.Forward(gated.States.Values.Start, gated.Inputs.Values.Start, ending, gated.Outputs.Start, HiddenSize, gated, workers);

        gated.States.Gradient.Resize(gated.States.Values.Length);
        gated.States.Gradient.Clear();
        gated.Inputs.Gradient.Resize(gated.Inputs.Values.Length);
        gated.Inputs.Gradient.Clear();
        _output.Backward(
            gated.States.Values.Start, gated.Inputs.Values.Start, ending, lastGradient + (window.ContinuingCount * stride), stride,
            gated.States.Gradient.Start, gated.Inputs.Gradient.Start, gated, gradients, workers);
        nint width = _recurrence.Shape.OutputSize;
        _recurrence.BackwardLast(
            window, tape, gated.States.Gradient.Start - (window.ContinuingCount * width), width, _effectiveGradients, workers);
        for (int i = 0; i < ending && window.InputGradient != null; i++)
        {
            Span<T> target = new(window.InputGradient + (LastRow(window, window.ContinuingCount + i) * InputSize), InputSize);
            TensorPrimitives.Add(target, gated.Inputs.Gradient.Span.Slice(i * InputSize, InputSize), target);
        }
    }

    public override RecurrentPass<T> BeginBackward(
        LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, int parts, Workers workers)
    {
        if (window.OutputGradient != null)
        {
            (NativeBuffer<T> states, NativeBuffer<T> stateGradient) = tape.Gated.States;
            stateGradient.Resize(states.Length);
            stateGradient.Clear();
            _output.Backward(states.Start, window.Inputs, window.Rows, window.OutputGradient, window.OutputStride, stateGradient.Start,
                window.InputGradient, tape.Gated, gradients, workers);
        }
        _effectiveGradients.Buffer.Clear();
        return _recurrence.BeginBackward(Inside(window, tape), tape, _effectiveGradients, parts, workers);
    }

    public override void EndBackward(LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        _recurrence.EndBackward(Inside(window, tape), tape, _effectiveGradients, workers);
        AddGradients(gradients);
    }

    /// <summary>Returns the window of a backward pass for the recurrence, whose outputs are the states.</summary>
    private LayerWindow<T> Inside(LayerWindow<T> window, RecurrentTape<T> tape) => window.OutputGradient == null
        ? window
        : window with { OutputGradient = tape.Gated.States.Gradient.Start, OutputStride = _recurrence.Shape.OutputSize };

    // The chain rule. With ∂L/∂λ = (r, i): ∂L/∂ν = −exp(ν)·(r·Re λ + i·Im λ), ∂L/∂θ = exp(θ)·(i·Re λ − r·Im λ);
    // ∂L/∂γ is the sum of W∘∂L/∂W over all W = exp(γ)∘B that it scales, ∂L/∂B = exp(γ)∘∂L/∂W.
    private void AddGradients(Parameters<T> gradients)
    {
        AddScaled(_recurrence.Weights.Input, gradients.Span(Weights.Input), gradients.Span(_gamma));
        AddScaled(_recurrence.Weights.Bias, gradients.Span(Weights.Bias), gradients.Span(_gamma));
        ReadOnlySpan<T> lambda = _effective.Span(_recurrence.Weights.Diagonal!);
        ReadOnlySpan<T> byLambda = _effectiveGradients.Span(_recurrence.Weights.Diagonal!);
        for (int unit = 0; unit < HiddenSize; unit++)
        {
            T real = lambda[unit], imaginary = lambda[HiddenSize + unit], byReal = byLambda[unit],
                byImaginary = byLambda[HiddenSize + unit];
            gradients.Span(_nu)[unit] -= _exponentials[unit].Nu * ((byReal * real) + (byImaginary * imaginary));
            gradients.Span(_theta)[unit] += _exponentials[unit].Theta * ((byImaginary * real) - (byReal * imaginary));
        }
    }

    private void AddScaled(ParameterSlice slice, Span<T> gradient, Span<T> scaleGradient)
    {
        ReadOnlySpan<T> scaled = _effective.Span(slice), byScaled = _effectiveGradients.Span(slice);
        for (int i = 0, unit = 0; i < scaled.Length; i++, unit = unit + 1 == HiddenSize ? 0 : unit + 1)
        {
            gradient[i] += byScaled[i] * _exponentials[unit].Gamma;
            scaleGradient[unit] += byScaled[i] * scaled[i];
        }
    }
}
