using System.Globalization;

namespace Elman.Data;

/// <summary>
/// Watches what is lost where numbers become 32-bit floats, which hold about seven digits: of values such as 5800000.1 and 5800000.2
/// nothing is left of what tells them apart.
/// </summary>
internal sealed class RoundingWatch(int columns)
{
    /// <summary>A loss above this share of the span of the values is told of.</summary>
    private const double ShareOfSpan = 1e-3;

    private readonly Column[] _columns = new Column[columns];

    /// <summary>Takes a value.</summary>
    /// <param name="column">Its column, from 0.</param>
    /// <param name="exact">The value as a <see langword="double"/>.</param>
    /// <param name="value">The value that is kept.</param>
    public void Add(int column, double exact, float value)
    {
        ref Column of = ref _columns[column];
        if (!of.HasValues)
            of = new Column { HasValues = true, Min = exact, Max = exact };
        if (exact < of.Min)
            of.Min = exact;
        if (exact > of.Max)
            of.Max = exact;
        double loss = Math.Abs(exact - value);
        if (loss > of.Loss)
            of.Loss = loss;
    }

    /// <summary>Tells of the columns that lose too much.</summary>
    /// <param name="nameOf">What messages call a column.</param>
    /// <param name="remarks">Takes the sentences.</param>
    /// <param name="of">Which columns; by default all.</param>
    public void Report(Func<int, string> nameOf, Remarks remarks, IEnumerable<int>? of = null)
    {
        foreach (int c in of ?? Enumerable.Range(0, _columns.Length))
        {
            Column column = _columns[c];
            if (!(column.Loss > ShareOfSpan * (column.Max - column.Min)) || column.Max == column.Min)
                continue;
            string span = string.Create(CultureInfo.InvariantCulture, $"lie between {column.Min:R} and {column.Max:R}");
            remarks.Add("rounded values", string.Create(CultureInfo.InvariantCulture,
                $"The values of {nameOf(c)} {span}, but 32-bit floats hold them only to {column.Loss:0.##E+0}; "
                    + $"subtract {Math.Round(column.Min):R} from all."));
        }
    }

    private struct Column
    {
        public bool HasValues;
        public double Min, Max, Loss;
    }
}
