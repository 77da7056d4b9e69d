using System.Globalization;

namespace Elman.Data;

/// <summary>
/// Converts numbers to floats and measures the rounding loss, since floats hold about seven digits: values such as 5800000.1 and 5800000.2
/// become equal. If the loss is too large, an offset should be subtracted first.
/// </summary>
internal sealed class RoundingWatch
{
    /// <summary>A loss above this share of the range of the values is too large.</summary>
    private const double ShareOfSpan = 1e-4;

    /// <summary>A loss of this or more is too large for a number that is constant.</summary>
    private const double LeastOfConstant = 0.5;

    /// <summary>An offset helps if the values are larger than their range by more than this factor.</summary>
    private const double WorthAnOffset = 4;

    /// <summary>If more than this share of the numbers became the same float as a different number before, a warning is given.</summary>
    private const double ManyAlike = 0.01;

    private readonly Func<int, double> _offsetOf;
    private readonly Func<int, double, bool> _addOffset;
    private Column[] _columns = [];
    private int _count;

    private RoundingWatch(Func<int, double> offsetOf, Func<int, double, bool> addOffset) =>
        (_offsetOf, _addOffset) = (offsetOf, addOffset);

    /// <summary>Creates a watch for the values of channels.</summary>
    /// <param name="offsets">The offsets that are subtracted; receives those that are needed. <see langword="null"/> for none.</param>
    /// <param name="nameOf">Returns the name of a channel, as soon as it has values; by default channels have no names.</param>
    public static RoundingWatch OfChannels(OffsetTable? offsets, Func<int, string?>? nameOf = null) => new(
        channel => offsets?.OfChannel(channel, nameOf?.Invoke(channel)) ?? 0,
        (channel, offset) => offsets?.AddChannel(channel, offset) == true);

    /// <summary>Creates a watch for targets.</summary>
    /// <param name="offsets">The offsets, as for channels.</param>
    /// <param name="nameOf">Returns the name of a target.</param>
    public static RoundingWatch OfTargets(OffsetTable? offsets, Func<int, string> nameOf) => new(
        target => offsets?.OfTarget(nameOf(target)) ?? 0,
        (target, offset) => offsets?.AddTarget(nameOf(target), offset) == true);

    /// <summary>Whether numbers in a range may lose too much if they are written with the digits that distinguish floats.</summary>
    /// <param name="min">The minimum.</param>
    /// <param name="max">The maximum.</param>
    public static bool MayLose(float min, float max)
    {
        // The relative distance between a float and its digits is at most 2⁻²⁴.
        double loss = Math.Max(Math.Abs((double)min), Math.Abs((double)max)) / (1 << 24), span = (double)max - min;
        return IsTooMuch(loss, span);
    }

    /// <summary>Returns the offset of a column.</summary>
    public double OffsetOf(int column) => _offsetOf(column);

    /// <summary>Adds a number.</summary>
    /// <param name="column">The column of the number, from 0.</param>
    /// <param name="exact">The number as a <see langword="double"/>.</param>
    /// <param name="value">The float nearest to its text.</param>
    /// <returns>The float that is stored: minus the offset of the column, if it has one.</returns>
    public float Keep(int column, double exact, float value)
    {
        if (column >= _count)
            Grow(column);
        ref Column of = ref _columns[column];
        if (of.Offset != 0)
            value = (float)(exact - of.Offset);
        if (exact < of.Min)
            of.Min = exact;
        if (exact > of.Max)
            of.Max = exact;
        double loss = Math.Abs(exact - of.Offset - value);
        if (loss > of.Loss)
            of.Loss = loss;
        of.Alike += value == of.Last && exact != of.LastExact ? 1 : 0;
        (of.Last, of.LastExact) = (value, exact);
        of.Count++;
        return value;
    }

    /// <summary>Determines offsets for columns with large rounding losses, or adds a warning if that is not possible.</summary>
    /// <param name="nameOf">Returns the name of a column for messages.</param>
    /// <param name="remarks">Receives the warnings.</param>
    /// <param name="of">The columns; by default all.</param>
    public void Report(Func<int, string> nameOf, Remarks remarks, IEnumerable<int>? of = null)
    {
        foreach (int c in of ?? Enumerable.Range(0, _count))
        {
            if (c >= _count || _columns[c] is not { HasValues: true } column)
                continue;
            double span = column.Max - column.Min, size = Math.Max(Math.Abs(column.Min), Math.Abs(column.Max));
            double offset = Math.Floor(column.Min);
            bool isTooMuch = IsTooMuch(column.Loss, span), isWorthIt = column.Alike > 0 && column.SizeLessOffset > WorthAnOffset * span;
            // The relative distance between a double and its digits is at most 2⁻⁵³.
            bool isBeyondDoubles = size > ValueOffsets.Largest && size / ValueOffsets.Largest > ShareOfSpan * span;
            bool isPossible = column.Offset == 0 && Math.Abs(offset) <= ValueOffsets.Largest && !isBeyondDoubles;
            if (isPossible && (isTooMuch || isWorthIt) && _addOffset(c, offset))
                continue;
            if (!isTooMuch && !isBeyondDoubles && !isWorthIt && !(column.Alike > ManyAlike * column.Count))
                continue;
            string way = column.Offset != 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{column.Offset:R} is subtracted from them, as from the training data, but they are far from those.")
                : isBeyondDoubles ? "they have more digits than 64-bit floats can hold; subtract a number close to the smallest from all."
                : isTooMuch || isWorthIt ? string.Create(CultureInfo.InvariantCulture, $"subtract {offset:R} from all.")
                : "correct wrong values, and write '?' for missing ones.";
            remarks.Add("rounded values", string.Create(CultureInfo.InvariantCulture,
                $"The values of {nameOf(c)} lie between {column.Min:R} and {column.Max:R}, but 32-bit floats represent them only to "
                    + $"within {column.Loss:0.##E+0}; {way}"));
        }
    }

    private static bool IsTooMuch(double loss, double span) => span > 0 ? loss > ShareOfSpan * span : loss >= LeastOfConstant;

    private void Grow(int column)
    {
        if (column >= _columns.Length)
            Array.Resize(ref _columns, Math.Max(column + 1, 2 * _columns.Length));
        for (; _count <= column; _count++)
            _columns[_count] = new Column
            {
                Min = double.PositiveInfinity,
                Max = double.NegativeInfinity,
                Offset = _offsetOf(_count),
                Last = float.NaN,
            };
    }

    private struct Column
    {
        public double Min, Max, Loss, Offset, LastExact;
        public long Count, Alike; // all numbers; those that became the same float as a different previous number
        public float Last;

        public readonly bool HasValues => Min <= Max;

        public readonly double SizeLessOffset => Math.Max(Math.Abs(Min - Offset), Math.Abs(Max - Offset));
    }
}
