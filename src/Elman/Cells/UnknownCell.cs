namespace Elman.Cells;

/// <summary>A name that no cell has; the validation of options reports it.</summary>
internal sealed record UnknownCell(string Given) : CellOptions
{
    public override string Name => Given;

    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => [];

    internal override IEnumerable<string> FindProblems() => [CellCatalog.Unknown(Given)];
}
