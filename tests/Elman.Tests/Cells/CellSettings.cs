namespace Elman.Tests.Cells;

/// <summary>Options of a cell by name, for tests of many cells.</summary>
internal static class CellSettings
{
    /// <summary>Returns the cell with another value of an option, or the cell unchanged if it does not have the option.</summary>
    public static CellOptions Set(this CellOptions cell, string option, object value) =>
        cell.FindOption(option)?.With(cell, value) ?? cell;

    /// <summary>Returns the value of an option, or <see langword="null"/> if the cell does not have it.</summary>
    public static object? Get(this CellOptions cell, string option) => cell.FindOption(option)?.ValueOf(cell);

    /// <summary>Returns the value of an option, or the default if the cell does not have it.</summary>
    public static T Get<T>(this CellOptions cell, string option, T otherwise) => cell.Get(option) is T value ? value : otherwise;
}
