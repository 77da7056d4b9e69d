using Elman.Cells;

namespace Elman;

/// <summary>
/// <c>mingru</c>, a gated recurrent unit whose gate depends on the input only (L. Feng and others, 2024):
/// <c>h_t = (1 − z_t)∘h_{t−1} + z_t∘(x_t·Wx_h + b_h)</c>, <c>z_t = σ(x_t·Wx_z + b_z)</c>.
/// </summary>
public sealed record MinGruOptions : CellOptions
{
    private static readonly OptionDefinition<CellOptions>[] _options =
        [CellOption.ForgetBias<MinGruOptions>(o => o.ForgetBias, (o, value) => o with { ForgetBias = value })];

    /// <inheritdoc/>
    public override string Name => MinGruCell.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => _options;

    /// <summary>
    /// The negative of the initial bias of the gate z: the larger it is, the longer the initial memory. Finite as a
    /// <see langword="float"/>. Default 1.
    /// </summary>
    public double ForgetBias { get; init; } = DefaultForgetBias;

    internal override double InitialForgetBias => ForgetBias;

    internal override TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) => visitor.Visit<MinGruCell>(default);
}
