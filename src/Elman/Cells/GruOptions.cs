using Elman.Cells;
using Elman.Options;

namespace Elman;

/// <summary>
/// <c>gru</c>, the gated recurrent unit (K. Cho and others, 2014). With its defaults:
/// <code>
/// r_t = σ(x_t·Wxr + h_{t−1}·Whr + b_r)
/// z_t = σ(x_t·Wxz + h_{t−1}·Whz + b_z)
/// n_t = tanh(x_t·Wxn + b_n + r_t∘(h_{t−1}·Whn + b_hn))
/// h_t = (1 − z_t)∘n_t + z_t∘h_{t−1}
/// </code>
/// </summary>
public sealed record GruOptions : CellOptions
{
    private static readonly OptionDefinition<CellOptions>[] _options =
    [
        CellOption.Of<GruOptions, GruReset>(nameof(GruReset), OptionKind.Choice<GruReset>("WHEN"), o => o.GruReset,
            (o, value) => o with { GruReset = value },
            "whether the reset gate acts before or after the product with the recurrent weights",
            value => $"reset gate {OptionText.Of(value)} the product", isAlwaysWritten: true),
        CellOption.GateActivation<GruOptions>(o => o.GateActivation, (o, value) => o with { GateActivation = value }),
        CellOption.CandidateActivation<GruOptions>(o => o.CandidateActivation, (o, value) => o with { CandidateActivation = value }),
        CellOption.LayerNorm<GruOptions>(o => o.LayerNorm, (o, value) => o with { LayerNorm = value }),
    ];

    /// <inheritdoc/>
    public override string Name => GruCell.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => _options;

    /// <summary>Where the reset gate is applied. Default: after the product with the recurrent weights.</summary>
    public GruReset GruReset { get; init; }

    /// <inheritdoc cref="LstmOptions.GateActivation"/>
    public Activation GateActivation { get; init; } = Activation.Sigmoid;

    /// <inheritdoc cref="LstmOptions.CandidateActivation"/>
    public Activation CandidateActivation { get; init; } = Activation.Tanh;

    /// <inheritdoc cref="LstmOptions.LayerNorm"/>
    public bool LayerNorm { get; init; }

    internal override bool NormalizesGates => LayerNorm;

    internal override bool HasPlainGates => Activation.Sigmoid.Equals(GateActivation) && Activation.Tanh.Equals(CandidateActivation);

    internal override TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) => (GruReset, HasPlainGates) switch
    {
        (GruReset.Before, true) => visitor.Visit<ResetBeforeGruCell>(default),
        (GruReset.Before, false) => visitor.Visit(new RuntimeActivationResetBeforeGruCell(this)),
        (_, true) => visitor.Visit<GruCell>(default),
        (_, false) => visitor.Visit(new RuntimeActivationGruCell(this)),
    };
}
