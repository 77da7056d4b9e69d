namespace Elman.Cells;

/// <summary>The list of all cells. Options, model files, the tool and the tests of all cells use it.</summary>
internal static class CellCatalog
{
    /// <summary>All cells with their defaults, in the order in which help lists them.</summary>
    public static IReadOnlyList<CellOptions> All { get; } =
    [
        new RnnOptions(),
        new GruOptions(),
        new LstmOptions(),
        new IndRnnOptions(),
        new MinGruOptions(),
        new MinLstmOptions(),
        new LruOptions(),
        new SumOptions(),
        new EsnOptions(),
        new OscillatorOptions(),
        new DelaysOptions(),
    ];

    /// <summary>Returns the cell with a name (case is ignored), or <see langword="null"/>.</summary>
    public static CellOptions? Find(string name) => All.Append(AutoOptions.Default)
        .FirstOrDefault(cell => cell.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The error message for an option that a cell does not have.</summary>
    public static string Refusal(string option, CellOptions cell) =>
        $"{option} is for {OptionText.Listing([.. All.Where(one => one.FindOption(option) is not null).Select(one => one.Name)])}; "
            + $"{cell} does not take it.";

    /// <summary>The error message for a name that no cell has.</summary>
    public static string Unknown(string name) =>
        $"Cell {Quoted(name)} is not known; it may be {string.Join(", ", All.Select(cell => cell.Name))}.";
}
