using Elman.Cells;

namespace Elman;

/// <summary><c>sum</c>: the sum of all inputs so far, multiplied by weights. With embedded symbols it is a bag of words.</summary>
public sealed record SumOptions : CellOptions
{
    /// <inheritdoc/>
    public override string Name => SumCell.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => [];

    internal override TResult Accept<TResult>(IRecurrentCellVisitor<TResult> visitor) => visitor.Visit<SumCell>(default);
}
