using Elman.Cells;

namespace Elman;

/// <summary>
/// <c>lru</c>, the linear recurrent unit (A. Orvieto and others, 2023): complex states <c>s_t = λ∘s_{t−1} + x_t·B + b</c>, |λ| &lt; 1, and
/// a gated linear unit after the recurrence.
/// </summary>
public sealed record LruOptions : CellOptions
{
    /// <inheritdoc/>
    public override string Name => LruCell.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => [];

    internal override TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) => visitor.Visit<LruCell>(default);
}
