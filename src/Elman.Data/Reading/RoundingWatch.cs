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
    public void Report(Func<int, string> nameOf, Remarks remarks)
    {
        for (int c = 0; c < _columns.Length; c++)
        {
            Column of = _columns[c];
            if (!(of.Loss > ShareOfSpan * (of.Max - of.Min)) || of.Max == of.Min)
                continue;
            string span = string.Create(CultureInfo.InvariantCulture, $"lie between {of.Min:R} and {of.Max:R}");
            remarks.Add("rounded values", string.Create(CultureInfo.InvariantCulture,
                $"The values of {nameOf(c)} {span}, but 32-bit floats hold them only to {of.Loss:0.##E+0}; "
                    + $"subtract {Math.Round(of.Min):R} from all."));
        }
    }

    private struct Column
    {
        public bool HasValues;
        public double Min, Max, Loss;
    }
}
