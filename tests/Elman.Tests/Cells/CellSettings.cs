namespace Elman.Tests.Cells;

/// <summary>Options of a cell by name, for tests that run over many cells.</summary>
internal static class CellSettings
{
    /// <summary>The cell with another value of an option; the cell as it is where it does not have the option.</summary>
    public static CellOptions Set(this CellOptions cell, string option, object value) =>
        cell.FindOption(option)?.With(cell, value) ?? cell;

    /// <summary>The value of an option, or <see langword="null"/> where the cell does not have it.</summary>
    public static object? Get(this CellOptions cell, string option) => cell.FindOption(option)?.ValueOf(cell);

    /// <summary>The text of an option, or the default of its type where the cell does not have it.</summary>
    public static T Get<T>(this CellOptions cell, string option, T otherwise) => cell.Get(option) is T value ? value : otherwise;
}
