using Elman.Cells;
using Elman.Options;

namespace Elman;

/// <summary>
/// <c>lstm</c>, long short-term memory (S. Hochreiter and J. Schmidhuber, 1997; with forget gates, F. Gers and others, 2000).
/// With its defaults:
/// <code>
/// i_t = σ(x_t·Wxi + h_{t−1}·Whi + b_i)
/// f_t = σ(x_t·Wxf + h_{t−1}·Whf + b_f)
/// g_t = tanh(x_t·Wxg + h_{t−1}·Whg + b_g)
/// o_t = σ(x_t·Wxo + h_{t−1}·Who + b_o)
/// c_t = f_t∘c_{t−1} + i_t∘g_t
/// h_t = o_t∘tanh(c_t)
/// </code>
/// </summary>
public sealed record LstmOptions : CellOptions
{
    private static readonly OptionDefinition<CellOptions>[] _options =
    [
        CellOption.Of<LstmOptions, bool>(nameof(Peepholes), OptionKind.Flag, o => o.Peepholes, (o, value) => o with { Peepholes = value },
            "peephole connections from the memory to the gates", isOn => isOn ? "peepholes" : null, isAlwaysWritten: true),
        CellOption.Of<LstmOptions, bool>(nameof(CoupledGates), OptionKind.Flag, o => o.CoupledGates,
            (o, value) => o with { CoupledGates = value }, "forget gate = 1 - input gate, with a quarter fewer weights",
            isOn => isOn ? "input and forget gate coupled" : null, isAlwaysWritten: true),
        CellOption.Of<LstmOptions, double>(nameof(GateClip), OptionKind.Limit, o => o.GateClip, (o, value) => o with { GateClip = value },
            "maximum magnitude of a gate's pre-activation",
            limit => double.IsFinite(limit) ? FormattableString.Invariant($"gates limited to ±{limit:G4}") : null, isAlwaysWritten: true),
        CellOption.GateActivation<LstmOptions>(o => o.GateActivation, (o, value) => o with { GateActivation = value }),
        CellOption.CandidateActivation<LstmOptions>(o => o.CandidateActivation, (o, value) => o with { CandidateActivation = value }),
        CellOption.OfGates<LstmOptions>(nameof(OutputActivation), "output", o => o.OutputActivation,
            (o, value) => o with { OutputActivation = value }),
        CellOption.Of<LstmOptions, int>(nameof(Projection), OptionKind.Whole("it must be above 0, or 0 for none", size => size >= 0),
            o => o.Projection, (o, value) => o with { Projection = value }, "size of the projected output; 0 for none",
            size => size > 0 ? FormattableString.Invariant($"projected to {size:N0}") : null),
        CellOption.LayerNorm<LstmOptions>(o => o.LayerNorm, (o, value) => o with { LayerNorm = value }),
        CellOption.ForgetBias<LstmOptions>(o => o.ForgetBias, (o, value) => o with { ForgetBias = value }),
    ];

    /// <inheritdoc/>
    public override string Name => LstmCell.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => _options;

    /// <summary>
    /// Whether the gates have peepholes to the memory: <c>p_i∘c_{t−1}</c> is added to the input gate's sum, <c>p_f∘c_{t−1}</c> to the
    /// forget gate's, <c>p_o∘c_t</c> to the output gate's (F. Gers and J. Schmidhuber, 2000). The weights p start at 0. Default false.
    /// </summary>
    public bool Peepholes { get; init; }

    /// <summary>
    /// Whether the forget gate is 1 − the input gate, so that the cell writes exactly as much as it forgets, with a quarter fewer weights
    /// (K. Greff and others, 2017). Default false.
    /// </summary>
    public bool CoupledGates { get; init; }

    /// <summary>
    /// The maximum magnitude of a gate's pre-activation, above 0; larger values are clipped, and their gradient is 0. Infinity for no
    /// limit. Default infinity.
    /// </summary>
    public double GateClip { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// The activation of the gates, f in ONNX: a built-in one. Activations other than the default are slightly slower. Default sigmoid.
    /// </summary>
    public Activation GateActivation { get; init; } = Activation.Sigmoid;

    /// <summary>The activation of the candidate, g in ONNX: a built-in one. Default tanh.</summary>
    public Activation CandidateActivation { get; init; } = Activation.Tanh;

    /// <summary>The activation of the memory in the output, h in ONNX: a built-in one. Default tanh.</summary>
    public Activation OutputActivation { get; init; } = Activation.Tanh;

    /// <summary>
    /// The size to which the output is projected, <c>h_t = (o_t∘tanh(c_t))·Wr</c>, before the gates of the next step and the next layer
    /// read it (H. Sak and others, 2014): a large memory with few recurrent weights. The same in every layer; 0 for no projection. Default
    /// 0.
    /// </summary>
    public int Projection { get; init; }

    /// <summary>
    /// Whether the units of each gate are normalised to mean 0 and standard deviation 1, before gain, bias and the gate's activation (J. Ba
    /// and others, 2016). Not useful with very few units. Default false.
    /// </summary>
    public bool LayerNorm { get; init; }

    /// <summary>
    /// The initial bias of the forget gate: with a positive bias, the cell initially keeps its memory (F. Gers and others, 2000; R.
    /// Jozefowicz and others, 2015). With <see cref="CoupledGates"/>, the initial bias of the input gate is its negative. Finite as a
    /// <see langword="float"/>. Default 1.
    /// </summary>
    public double ForgetBias { get; init; } = DefaultForgetBias;

    internal override int ProjectionSize => Projection;

    internal override bool NormalizesGates => LayerNorm;

    internal override bool HasPlainGates => Activation.Sigmoid.Equals(GateActivation) && Activation.Tanh.Equals(CandidateActivation)
        && Activation.Tanh.Equals(OutputActivation);

    internal override double InitialForgetBias => ForgetBias;

    internal override CellOptions WithoutProjection() => this with { Projection = 0 };

    internal override TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) => this switch
    {
        { Peepholes: false, CoupledGates: false, GateClip: double.PositiveInfinity, HasPlainGates: true } =>
            visitor.Visit<LstmCell>(default),
        { Peepholes: false } => Coupled<No, TResult>(visitor),
        _ => Coupled<Yes, TResult>(visitor),
    };

    private TResult Coupled<TPeepholes, TResult>(IRecurrentCellVisitor<TResult> visitor)
        where TPeepholes : struct, IAnswer =>
        CoupledGates ? Clipped<TPeepholes, Yes, TResult>(visitor) : Clipped<TPeepholes, No, TResult>(visitor);

    private TResult Clipped<TPeepholes, TCoupled, TResult>(IRecurrentCellVisitor<TResult> visitor)
        where TPeepholes : struct, IAnswer
        where TCoupled : struct, IAnswer => (HasPlainGates, double.IsFinite(GateClip)) switch
        {
            (true, true) => visitor.Visit(new LstmVariantCell<LstmVariant<TPeepholes, TCoupled, Yes>>(GateClip)),
            (true, false) => visitor.Visit<LstmVariantCell<LstmVariant<TPeepholes, TCoupled, No>>>(default),
            // An infinite limit means no limit.
            (false, _) => visitor.Visit(new RuntimeActivationLstmCell<LstmVariant<TPeepholes, TCoupled, Yes>>(this)),
        };
}
