using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>Detects whether the first row of a table names the columns.</summary>
internal static class Header
{
    // Names that are never values and rarely classes. 'y' and 'target' are not included, because classes have these names.
    private static readonly string[] _telling = ["label", "class", "id"];

    // Names of label columns next to numbered columns.
    private static readonly string[] _labels = ["label", "class", "target", "y"];

    /// <summary>The minimum number of fields 0, 1, 2, … that are read as names; fewer may be values.</summary>
    private const int EnoughNumbers = 4;

    /// <summary>
    /// Whether the first row is a header: if the options name a column in it; if one of its fields is called label, class or id; if its
    /// fields are 0, 1, 2, … or, next to a field called target or y, 1, 2, 3, …; or if none of the fields that would be values is a number.
    /// One other number among them makes the row data, so that an error in the first row is reported and not ignored. So does a row of
    /// several marks of missing values and nothing else; a single one may be a name: NA is sodium.
    /// </summary>
    /// <exception cref="DataFileException">It can't be determined whether the row is a header.</exception>
    public static bool IsFirstRow(Table table, DataFileOptions options, Remarks remarks)
    {
        if (NamesColumn(options.LabelColumn) || NamesColumn(options.IdColumn) || NamesColumn(options.TimeColumn)
            || NamesColumn(options.Text) || options.Known?.Texts.Any(name => IsField(table, name)) == true
            || options.Channels?.Split(',', StringSplitOptions.TrimEntries).Any(NamesColumn) == true)
            return true;
        for (int i = 0; i < table.FieldCount; i++)
            if (IsAny(table[i], _telling))
                return !IsAny(table[i], ["class"]) || !HasFallingNumbers(table) ? true : throw table.Error(i,
                    "this may be the name of the label column or the label of the first row, whose other fields are numbers; declare "
                        + "whether the first row is a header (--header yes or no).");
        if (AreCounted(table, out bool isNamed))
        {
            if (!isNamed)
                remarks.Add(
                    "header", $"The first row numbers its fields, so it is read as a header; give --header no if it holds values.");
            return true;
        }

        if (options.Text is not null)
            throw table.Error("it can't be detected whether the first row of text is a header; declare it (--header yes or no).");
        int? label = options.LabelColumn switch
        {
            null => options.Labels == LabelKind.None ? null : table.FieldCount - 1,
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
            if (table.IsMeantAsNumber(i))
                return false;
        }
        return values > missing || (values == 1 && missing == 1);
    }

    /// <summary>Returns the number of a column that is given by number, else <see langword="null"/>.</summary>
    public static int? Number(string? column) =>
        int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static bool IsField(Table table, string name)
    {
        for (int i = 0; i < table.FieldCount; i++)
            if (name == Encoding.UTF8.GetString(table[i]))
                return true;
        return false;
    }

    private static bool NamesColumn(string? column) => column is not (null or DataFileOptions.NoLabelColumn) && Number(column) is null;

    /// <summary>Whether the fields are 0, 1, 2, … or 1, 2, 3, …, except one with a label name.</summary>
    private static bool AreCounted(Table table, out bool isNamed)
    {
        isNamed = false;
        int? start = null;
        int counted = 0;
        for (int i = 0; i < table.FieldCount; i++)
        {
            if (!isNamed && IsAny(table[i], _labels))
            {
                isNamed = true;
                continue;
            }
            if (Number(Encoding.UTF8.GetString(table[i])) is not { } number || (start ??= number) > 1 || number != start + counted++)
                return false;
        }
        return isNamed ? counted >= 2 : start == 0 && counted >= EnoughNumbers;
    }

    /// <summary>Whether fields are numbers that do not increase; numbers that are column names do increase.</summary>
    private static bool HasFallingNumbers(Table table)
    {
        float last = float.NegativeInfinity;
        bool falls = false;
        for (int i = 0; i < table.FieldCount; i++)
        {
            if (!NumberText.TryParse(table.Number(i), out float number))
                continue;
            falls |= number <= last;
            last = number;
        }
        return falls;
    }

    private static bool IsAny(ReadOnlySpan<byte> field, ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            if (field.Length == name.Length && Ascii.EqualsIgnoreCase(field, name))
                return true;
        return false;
    }
}
