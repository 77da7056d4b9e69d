namespace Elman.Cells;

/// <summary>A name that no cell has; the checks of options find it.</summary>
internal sealed record UnknownCell(string Given) : CellOptions
{
    public override string Name => Given;

    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => [];

    internal override IEnumerable<string> FindProblems() => [CellCatalog.Unknown(Given)];
}
