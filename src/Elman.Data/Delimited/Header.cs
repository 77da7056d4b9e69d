using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>Tells whether the first row of a table names the columns.</summary>
internal static class Header
{
    // Names that no value and hardly a class would have. 'y' and 'target' are not among them: there are classes of these names.
    private static readonly string[] _telling = ["label", "class", "id"];

    /// <summary>
    /// The first row is a header if the options name a column, if one of its fields is called label, class or id, or if none of the fields
    /// that would be values is a number. One number among them makes the row data, so that a slip in the first row is found and not swallowed;
    /// so does nothing but marks of missing values, of which a single one may be a name: NA is sodium.
    /// </summary>
    public static bool IsFirstRow(Table table, DataFileOptions options)
    {
        if (NamesColumn(options.LabelColumn) || NamesColumn(options.IdColumn) || NamesColumn(options.TimeColumn)
            || options.Channels?.Split(',', StringSplitOptions.TrimEntries).Any(NamesColumn) == true)
            return true;
        for (int i = 0; i < table.FieldCount; i++)
            if (IsTelling(table[i]))
                return true;

        int? label = options.LabelColumn switch
        {
            null => table.FieldCount - 1,
            DataFileOptions.NoLabelColumn => null,
            var number => Number(number) - 1,
        };
        int values = 0, missing = 0;
        for (int i = 0; i < table.FieldCount; i++)
        {
            if (i == label || i + 1 == Number(options.IdColumn) || i + 1 == Number(options.TimeColumn))
                continue;
            values++;
            missing += NumberText.IsMissing(table[i]) ? 1 : 0;
            if (NumberText.IsMeantAsNumber(table[i]))
                return false;
        }
        return values > missing || (values == 1 && missing == 1);
    }

    /// <summary>The number of a column that is not named, or <see langword="null"/>.</summary>
    public static int? Number(string? column) =>
        int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static bool NamesColumn(string? column) => column is not (null or DataFileOptions.NoLabelColumn) && Number(column) is null;

    private static bool IsTelling(ReadOnlySpan<byte> field)
    {
        foreach (string name in _telling)
            if (field.Length == name.Length && Ascii.EqualsIgnoreCase(field, name))
                return true;
        return false;
    }
}
