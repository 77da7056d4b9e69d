using System.Numerics;
using System.Numerics.Tensors;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>
/// The linear recurrent unit of A. Orvieto and others (2023), a diagonal complex recurrence with what makes a layer of it:
/// <code>
/// λ   = exp(−exp(ν) + i·exp(θ))            so |λ| &lt; 1 whatever is learned
/// s_t = λ∘s_{t−1} + exp(γ)∘(x_t·B + b)     H complex numbers
/// y_t = <see cref="GatedOutput{T}"/> of [Re s_t, Im s_t] and x_t
/// </code>
/// </summary>
/// <remarks>
/// What <see cref="LruCell"/> calculates with, λ and exp(γ)∘B, is made of the parameters when they are packed; the gradients go back by the
/// chain rule once for a pass, not for every step. What follows the recurrence is computed only for steps whose outputs somebody reads:
/// of a single layer that is read at the end, for one.
/// </remarks>
internal sealed unsafe class LruLayer<T> : RecurrentLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Between these −ln|λ| is drawn: some units forget within ten steps, some remember a thousand.</summary>
    private const double LeastDecay = 0.001, GreatestDecay = 0.1;

    /// <summary>Between these the angle of λ is drawn: some units hardly turn in a thousand steps, some every other.</summary>
    private const double LeastAngle = 0.001 * Math.PI, GreatestAngle = Math.PI;

    /// <summary>
    /// More than rounding the two parts of a number of magnitude 1 can add to it:
    /// half an ULP of each, and in double what sine and cosine are off.
    /// </summary>
    private static double Rounding => typeof(T) == typeof(float) ? Math.ScaleB(1, -24) : Math.ScaleB(1, -50);

    private readonly RecurrentLayer<T> _recurrence;
    private readonly GatedOutput<T> _output;
    private readonly Parameters<T> _effective, _effectiveGradients; // of the recurrence: exp(γ)∘B, exp(γ)∘b, λ
    private readonly ParameterSlice _nu, _theta, _gamma;
    private readonly (T Nu, T Theta, T Gamma)[] _exponentials; // of each unit's parameters, as packed

    /// <summary>Adds a layer's parameters to a model's.</summary>
    public LruLayer(LayerPlan<T> plan)
    {
        int units = plan.HiddenSize;
        InputWeights = plan.Layout.Add($"{plan.Name}.wx", plan.InputSize, 2 * units);
        Bias = plan.Layout.Add($"{plan.Name}.b", 2 * units);
        _nu = plan.Layout.Add($"{plan.Name}.nu", units);
        _theta = plan.Layout.Add($"{plan.Name}.theta", units);
        _gamma = plan.Layout.Add($"{plan.Name}.gamma", units);
        _output = new GatedOutput<T>(2 * units, plan.InputSize, units, plan.Name, plan.Layout, plan.Kernels);
        var layout = new ParameterLayout();
        _recurrence = CellLayers.CreateRecurrence(plan with { Layout = layout });
        (_effective, _effectiveGradients) = (new(layout), new(layout));
        _exponentials = new (T, T, T)[units];
    }

    public override int InputSize => _recurrence.InputSize;

    public override int HiddenSize => _recurrence.HiddenSize;

    public override int OutputSize => HiddenSize;

    public override bool IsReversed => _recurrence.IsReversed;

    public override int UnitStride => _recurrence.UnitStride;

    public override int StateSize => _recurrence.StateSize;

    public override int OutputOffset => _recurrence.OutputOffset;

    public override int OutputStride => _recurrence.OutputStride;

    public override int GateSize => _recurrence.GateSize;

    public override ParameterSlice InputWeights { get; }

    public override ParameterSlice? RecurrentWeights => null;

    public override ParameterSlice Bias { get; }

    public override ParameterSlice? DiagonalWeights => null;

    public override DiagonalWeightRole DiagonalWeightRole => LruCell.DiagonalWeights;

    public override ForgetGate? ForgetGate => null;

    public override IEnumerable<ParameterSlice> Matrices => _output.Matrices;

    /// <remarks>
    /// Decay and angle of λ are even in their logarithms, so that every scale of time has units;
    /// γ is such that states are about as large as inputs, |λ|² + exp(γ)² = 1.
    /// </remarks>
    public override void Initialize(Parameters<T> values, SeededRandom random)
    {
        for (int unit = 0; unit < HiddenSize; unit++)
        {
            double nu = random.NextUniform(Math.Log(LeastDecay), Math.Log(GreatestDecay));
            values.Span(_nu)[unit] = T.CreateTruncating(nu);
            values.Span(_theta)[unit] = T.CreateTruncating(random.NextUniform(Math.Log(LeastAngle), Math.Log(GreatestAngle)));
            values.Span(_gamma)[unit] = T.CreateTruncating(0.5 * Math.Log(1 - Math.Exp(-2 * Math.Exp(nu))));
        }
        values.Span(_output.Gain).Fill(T.One);
    }

    public override void Pack(Parameters<T> values, bool forTraining, Workers workers)
    {
        Span<T> weights = _effective.Span(_recurrence.InputWeights), bias = _effective.Span(_recurrence.Bias),
            lambda = _effective.Span(_recurrence.DiagonalWeights!);
        values.Span(InputWeights).CopyTo(weights);
        values.Span(Bias).CopyTo(bias);
        for (int unit = 0; unit < HiddenSize; unit++)
        {
            double nu = ExpOf(_nu, unit), theta = ExpOf(_theta, unit), gamma = ExpOf(_gamma, unit);
            (lambda[unit], lambda[HiddenSize + unit]) = Lambda(nu, theta);
            _exponentials[unit] = (T.CreateTruncating(nu), T.CreateTruncating(theta), T.CreateTruncating(gamma));
            for (int i = unit; i < weights.Length; i += HiddenSize)
                weights[i] *= _exponentials[unit].Gamma;
            bias[unit] *= _exponentials[unit].Gamma;
            bias[HiddenSize + unit] *= _exponentials[unit].Gamma;
        }
        _recurrence.Pack(_effective, forTraining, workers);
        _output.Pack(values, forTraining);

        double ExpOf(ParameterSlice slice, int unit) => Functions.Exp(double.CreateTruncating(values.Span(slice)[unit]));
    }

    /// <summary>λ = exp(−exp(ν) + i·exp(θ)), of a magnitude below 1 even after rounding.</summary>
    /// <param name="nu">exp(ν).</param>
    /// <param name="theta">exp(θ).</param>
    /// <remarks>
    /// Rounding both parts of λ adds less than <see cref="Rounding"/> to its magnitude.
    /// Where the limit holds, ∂λ/∂ν is too small to see either way.
    /// </remarks>
    public static (T Real, T Imaginary) Lambda(double nu, double theta)
    {
        double modulus = Math.Min(Functions.Exp(-nu), 1 - Rounding);
        (double sin, double cos) = Functions.SinCos(theta);
        return (T.CreateTruncating(modulus * cos), T.CreateTruncating(modulus * sin));
    }

    public override void Step(T* inputs, CellStep<T> step, int rows, bool fromZero) => _recurrence.Step(inputs, step, rows, fromZero);

    public override void Read(T* states, T* inputs, int rows, T* outputs, GatedTape<T> scratch, Workers workers)
    {
        scratch.States.Values.Resize((long)rows * _recurrence.OutputSize);
        _recurrence.Read(states, inputs, rows, scratch.States.Values.Start, scratch, workers);
        _output.Forward(scratch.States.Values.Start, inputs, rows, outputs, OutputSize, scratch, workers);
    }

    public override RecurrentPass<T> BeginForward(LayerWindow<T> window, RecurrentTape<T> tape, int parts)
    {
        if (window.Outputs == null)
            return _recurrence.BeginForward(window, tape, parts);
        NativeBuffer<T> states = tape.Gated.States.Values;
        states.Resize((long)window.Rows * _recurrence.OutputSize);
        return _recurrence.BeginForward(window with { Outputs = states.Start, OutputStride = _recurrence.OutputSize }, tape, parts);
    }

    public override void ForwardPart(in RecurrentPass<T> pass, int part) => _recurrence.ForwardPart(pass, part);

    public override void EndForward(LayerWindow<T> window, RecurrentTape<T> tape, Workers workers)
    {
        if (window.Outputs != null)
            _output.Forward(
                tape.Gated.States.Values.Start, window.Inputs, window.Rows, window.Outputs, window.OutputStride, tape.Gated, workers);
    }

    public override void Last(LayerWindow<T> window, RecurrentTape<T> tape, T* last, nint stride, Workers workers)
    {
        GatherLast(window, tape, workers);
        GatedTape<T> gated = tape.GatedLast;
        _output.Forward(gated.States.Values.Start, gated.Inputs.Values.Start, window.Active - window.ContinuingCount,
            last + (window.ContinuingCount * stride), stride, gated, workers);
    }

    /// <remarks>
    /// Another window may have been on the tape since, so what <see cref="Last"/> left is made once more; it is a row for each sequence.
    /// </remarks>
    public override void BackwardLast(
        LayerWindow<T> window, RecurrentTape<T> tape, T* lastGradient, nint stride, Parameters<T> gradients, Workers workers)
    {
        int ending = window.Active - window.ContinuingCount;
        GatedTape<T> gated = tape.GatedLast;
        gated.Outputs.Resize((long)ending * OutputSize);
        GatherLast(window, tape, workers);
        _output.Forward(gated.States.Values.Start, gated.Inputs.Values.Start, ending, gated.Outputs.Start, OutputSize, gated, workers);

        gated.States.Gradient.Resize(gated.States.Values.Length);
        gated.States.Gradient.Clear();
        gated.Inputs.Gradient.Resize(gated.Inputs.Values.Length);
        gated.Inputs.Gradient.Clear();
        _output.Backward(
            gated.States.Values.Start, gated.Inputs.Values.Start, ending, lastGradient + (window.ContinuingCount * stride), stride,
            gated.States.Gradient.Start, gated.Inputs.Gradient.Start, gated, gradients, workers);
        nint width = _recurrence.OutputSize;
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

    public override void BackwardPart(in RecurrentPass<T> pass, int part) => _recurrence.BackwardPart(pass, part);

    public override void EndBackward(LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        _recurrence.EndBackward(Inside(window, tape), tape, _effectiveGradients, workers);
        AddGradients(gradients);
    }

    public override void Dispose()
    {
        _recurrence.Dispose();
        _output.Dispose();
        _effective.Dispose();
        _effectiveGradients.Dispose();
    }

    /// <summary>A window that goes backward, as the recurrence sees it: its outputs are the states.</summary>
    private LayerWindow<T> Inside(LayerWindow<T> window, RecurrentTape<T> tape) => window.OutputGradient == null
        ? window
        : window with { OutputGradient = tape.Gated.States.Gradient.Start, OutputStride = _recurrence.OutputSize };

    // By the chain rule. With ∂L/∂λ = (r, i): ∂L/∂ν = −exp(ν)·(r·Re λ + i·Im λ), ∂L/∂θ = exp(θ)·(i·Re λ − r·Im λ);
    // ∂L/∂γ is the sum of W∘∂L/∂W over all W = exp(γ)∘B that it scales, ∂L/∂B = exp(γ)∘∂L/∂W.
    private void AddGradients(Parameters<T> gradients)
    {
        AddScaled(_recurrence.InputWeights, gradients.Span(InputWeights), gradients.Span(_gamma));
        AddScaled(_recurrence.Bias, gradients.Span(Bias), gradients.Span(_gamma));
        ReadOnlySpan<T> lambda = _effective.Span(_recurrence.DiagonalWeights!);
        ReadOnlySpan<T> byLambda = _effectiveGradients.Span(_recurrence.DiagonalWeights!);
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

    /// <summary>The states of the sequences that end in a window, and what came in at their last steps.</summary>
    private void GatherLast(LayerWindow<T> window, RecurrentTape<T> tape, Workers workers)
    {
        int ending = window.Active - window.ContinuingCount;
        nint width = _recurrence.OutputSize;
        (NativeBuffer<T> states, NativeBuffer<T> inputs) = (tape.GatedLast.States.Values, tape.GatedLast.Inputs.Values);
        states.Resize(ending * width);
        inputs.Resize((long)ending * InputSize);
        _recurrence.Last(window, tape, states.Start - (window.ContinuingCount * width), width, workers);
        for (int i = 0; i < ending; i++)
            new ReadOnlySpan<T>(window.Inputs + (LastRow(window, window.ContinuingCount + i) * InputSize), InputSize)
                .CopyTo(inputs.Span.Slice(i * InputSize, InputSize));
    }

    /// <summary>Which of the window's rows is the step of a sequence that is read last.</summary>
    private nint LastRow(LayerWindow<T> window, int place) =>
        window.Batch.RowOf(IsReversed ? 0 : window.Batch.Lengths[place] - 1) - window.FirstRow + place;
}
