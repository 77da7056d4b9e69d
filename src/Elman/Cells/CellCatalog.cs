namespace Elman.Cells;

/// <summary>The cells there are. Options, model files, the tool and the tests that every cell must pass read this list.</summary>
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

    /// <summary>The cell of a name, in any case, or <see langword="null"/>.</summary>
    public static CellOptions? Find(string name) => All.Append(AutoOptions.Default)
        .FirstOrDefault(cell => cell.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The error message for an option that a cell does not have.</summary>
    public static string Refusal(string option, CellOptions cell) =>
        $"{option} is for {OptionText.Listing([.. All.Where(one => one.FindOption(option) is not null).Select(one => one.Name)])}; "
            + $"{cell} does not take it.";

    /// <summary>The error message for a name that no cell has.</summary>
    public static string Unknown(string name) =>
        $"Cell '{name}' is not known; it may be {string.Join(", ", All.Select(cell => cell.Name))}.";
}
