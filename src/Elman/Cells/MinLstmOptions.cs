using Elman.Cells;

namespace Elman;

/// <summary>
/// <c>minlstm</c>, a long short-term memory whose gates depend on the input only and are normalised to a sum of 1 (L. Feng and others,
/// 2024): <c>h_t = k_t∘h_{t−1} + (1 − k_t)∘(x_t·Wx_n + b_n)</c>, <c>k_t = f_t/(f_t + i_t)</c>, with f and i sigmoids of the input.
/// </summary>
public sealed record MinLstmOptions : CellOptions
{
    private static readonly OptionDefinition<CellOptions>[] _options =
        [CellOption.ForgetBias<MinLstmOptions>(o => o.ForgetBias, (o, value) => o with { ForgetBias = value })];

    /// <inheritdoc/>
    public override string Name => MinLstmCell.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => _options;

    /// <summary>
    /// The initial bias of the forget gate: the larger it is, the longer the initial memory. Finite as a <see langword="float"/>. Default
    /// 1.
    /// </summary>
    public double ForgetBias { get; init; } = DefaultForgetBias;

    internal override double InitialForgetBias => ForgetBias;

    internal override TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) => visitor.Visit<MinLstmCell>(default);
}
