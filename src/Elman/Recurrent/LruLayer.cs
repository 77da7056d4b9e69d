using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>
/// The linear recurrent unit of A. Orvieto and others (2023), a diagonal complex recurrence, followed by a gated linear unit, normalisation
/// and skip connection:
/// <code>
/// λ = exp(−exp(ν) + i·exp(θ))            so |λ| &lt; 1 for all parameters
/// s_t = λ∘s_{t−1} + exp(γ)∘(x_t·B + b)     H complex numbers
/// y_t = <see cref="GatedOutput{T}"/> of [Re s_t, Im s_t] and x_t
/// </code>
/// </summary>
/// <remarks>
/// The values that <see cref="LruCell"/> uses, λ and exp(γ)∘B, are computed from the parameters when these are packed; the chain rule is
/// applied to the gradients once for a pass, not for every step. The operations after the recurrence are computed only for steps whose
/// outputs are read: for a single layer with only the last output read, for one step.
/// </remarks>
internal sealed unsafe partial class LruLayer<T> : RecurrentLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The limits of the initial −ln|λ|: some units decay within ten steps, some only after a thousand.</summary>
    private const double LeastDecay = 0.001, GreatestDecay = 0.1;

    /// <summary>The limits of the initial angle of λ: half a turn takes from one step to a thousand.</summary>
    private const double LeastAngle = 0.001 * Math.PI, GreatestAngle = Math.PI;

    /// <summary>
    /// An upper bound of the rounding error in the magnitude of a complex number of magnitude 1: half an ULP of each part, and in double
    /// the error of sine and cosine.
    /// </summary>
    private static double Rounding => typeof(T) == typeof(float) ? Math.ScaleB(1, -24) : Math.ScaleB(1, -50);

    private readonly RecurrentLayer<T> _recurrence;
    private readonly GatedOutput<T> _output;
    private readonly Parameters<T> _effective, _effectiveGradients; // the parameters of the recurrence: exp(γ)∘B, exp(γ)∘b, λ
    private readonly ParameterSlice _nu, _theta, _gamma;
    private readonly (T Nu, T Theta, T Gamma)[] _exponentials; // of each unit's parameters, as packed

    /// <summary>Adds a layer's parameters to a model's.</summary>
    public LruLayer(LayerPlan<T> plan)
        : this(plan, new ParameterLayout())
    {
    }

    private LruLayer(LayerPlan<T> plan, ParameterLayout ofRecurrence)
        : this(plan, ofRecurrence, LayerFactory.CreateRecurrence(plan with { Layout = ofRecurrence }))
    {
    }

    private LruLayer(LayerPlan<T> plan, ParameterLayout ofRecurrence, RecurrentLayer<T> recurrence)
        : base(
            recurrence.Shape with { OutputSize = plan.HiddenSize, StepsInPlace = false },
            new LayerWeights(
                plan.Layout.Add($"{plan.Name}.wx", plan.InputSize, 2 * plan.HiddenSize),
                plan.Layout.Add($"{plan.Name}.b", 2 * plan.HiddenSize))
            { DiagonalRole = LruCell.DiagonalWeights })
    {
        int units = plan.HiddenSize;
        _recurrence = recurrence;
        (_effective, _effectiveGradients) = (new(ofRecurrence), new(ofRecurrence));
        _exponentials = new (T, T, T)[units];
        _nu = plan.Layout.Add($"{plan.Name}.nu", units);
        _theta = plan.Layout.Add($"{plan.Name}.theta", units);
        _gamma = plan.Layout.Add($"{plan.Name}.gamma", units);
        _output = new GatedOutput<T>(2 * units, plan.InputSize, units, plan.Name, plan.Layout, plan.Kernels);
    }

    private int InputSize => Shape.InputSize;

    private int HiddenSize => Shape.HiddenSize;

    public override IEnumerable<ParameterSlice> Matrices => _output.Matrices;

    /// <remarks>
    /// Decay and angle of λ are uniform in their logarithms, so that every time scale has units. γ makes states about as large as inputs:
    /// |λ|² + exp(γ)² = 1.
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
        Span<T> weights = _effective.Span(_recurrence.Weights.Input), bias = _effective.Span(_recurrence.Weights.Bias),
            lambda = _effective.Span(_recurrence.Weights.Diagonal!);
        values.Span(Weights.Input).CopyTo(weights);
        values.Span(Weights.Bias).CopyTo(bias);
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

    /// <summary>λ = exp(−exp(ν) + i·exp(θ)), with a magnitude below 1 even after rounding.</summary>
    /// <param name="nu">exp(ν).</param>
    /// <param name="theta">exp(θ).</param>
    /// <remarks>
    /// Rounding both parts of λ adds less than <see cref="Rounding"/> to its magnitude. If the limit applies, ∂λ/∂ν is negligible in any
    /// case.
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
        scratch.States.Values.Resize((long)rows * _recurrence.Shape.OutputSize);
        _recurrence.Read(states, inputs, rows, scratch.States.Values.Start, scratch, workers);
        _output.Forward(scratch.States.Values.Start, inputs, rows, outputs, HiddenSize, scratch, workers);
    }

    public override RecurrentPass<T> BeginForward(LayerWindow<T> window, RecurrentTape<T> tape, int parts)
    {
        if (window.Outputs == null)
            return _recurrence.BeginForward(window, tape, parts);
        NativeBuffer<T> states = tape.Gated.States.Values;
        states.Resize((long)window.Rows * _recurrence.Shape.OutputSize);
        return _recurrence.BeginForward(window with { Outputs = states.Start, OutputStride = _recurrence.Shape.OutputSize }, tape, parts);
    }

    public override void Run(in RecurrentPass<T> pass, int part) => _recurrence.Run(pass, part);

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

    public override void Dispose()
    {
        _recurrence.Dispose();
        _output.Dispose();
        _effective.Dispose();
        _effectiveGradients.Dispose();
    }

    /// <summary>Gathers the states of the sequences that end in a window, and the inputs of their last steps.</summary>
    private void GatherLast(LayerWindow<T> window, RecurrentTape<T> tape, Workers workers)
    {
        int ending = window.Active - window.ContinuingCount;
        nint width = _recurrence.Shape.OutputSize;
        (NativeBuffer<T> states, NativeBuffer<T> inputs) = (tape.GatedLast.States.Values, tape.GatedLast.Inputs.Values);
        states.Resize(ending * width);
        inputs.Resize((long)ending * InputSize);
        _recurrence.Last(window, tape, states.Start - (window.ContinuingCount * width), width, workers);
        for (int i = 0; i < ending; i++)
            new ReadOnlySpan<T>(window.Inputs + (LastRow(window, window.ContinuingCount + i) * InputSize), InputSize)
                .CopyTo(inputs.Span.Slice(i * InputSize, InputSize));
    }

    /// <summary>Returns the row of the window with the step of a sequence that is read last.</summary>
    private nint LastRow(LayerWindow<T> window, int place) =>
        window.Batch.RowOf(Shape.IsReversed ? 0 : window.Batch.Lengths[place] - 1) - window.FirstRow + place;
}
