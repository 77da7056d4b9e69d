using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>
/// Looks for signs of a misread table in long form: a row of totals at the end, and ids that are two spellings of one number.
/// </summary>
/// <param name="channels">The number of values of a row.</param>
internal sealed class SeriesDoubts(int channels)
{
    /// <summary>With fewer rows, a sum may be a coincidence.</summary>
    private const int EnoughRows = 5;

    /// <summary>The relative tolerance for sums of rounded values.</summary>
    private const double Tolerance = 1e-4;

    private static readonly string[] _totals = ["total", "totals", "grand total", "subtotal", "sum", "summe", "gesamt", "somme", "suma"];

    private readonly double[] _sums = new double[channels], _largest = new double[channels], _last = new double[channels];
    private long _rows;

    /// <summary>Checks the values of the next row of the only sequence.</summary>
    public void Look(ReadOnlySpan<float> row)
    {
        for (int c = 0; c < row.Length; c++)
        {
            if (float.IsFinite((float)_last[c]))
                _sums[c] += _last[c];
            _largest[c] = Math.Max(_largest[c], Math.Abs(_last[c]));
            _last[c] = row[c];
        }
        _rows++;
    }

    /// <summary>Reports a last row that is the sum of all rows before it, if there is only one sequence.</summary>
    /// <param name="line">The position of the row.</param>
    /// <param name="remarks">Receives the warning.</param>
    public void ReportTotals(string line, Remarks remarks)
    {
        bool IsSum(int c) => Math.Abs(_last[c] - _sums[c]) <= Tolerance * Math.Abs(_sums[c]) && Math.Abs(_sums[c]) > 3 * _largest[c];
        if (_rows > EnoughRows && Enumerable.Range(0, channels).Any(IsSum))
            remarks.Add("totals", $"The last row, {line}, is the sum of all rows before it and is read as a step; remove it.");
    }

    /// <summary>Reports ids that are named like totals, or are two spellings of one number.</summary>
    public static void ReportIds(NameTable ids, Remarks remarks)
    {
        foreach (string total in _totals)
            foreach (string id in (string[])[total, char.ToUpperInvariant(total[0]) + total[1..], total.ToUpperInvariant()])
                if (ids.Count > 1 && ids.Find(Encoding.UTF8.GetBytes(id)) >= 0)
                    remarks.Add("totals", $"The rows with the id {Quoted(id)} are read as a sequence; remove them if they are totals of "
                        + "other sequences.");
        for (int i = 0; i < ids.Count; i++)
        {
            ReadOnlySpan<byte> id = ids[i];
            if (id.Length < 2 || !(id[0] is (byte)'0' or (byte)'+' || id.ContainsAny((byte)'.', (byte)'e', (byte)'E'))
                || !decimal.TryParse(id, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
                continue;
            string plain = (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
            if (ids.Find(Encoding.UTF8.GetBytes(plain)) is >= 0 and var other && other != i)
                remarks.Add("ids that are one number", $"The ids {Quoted(plain)} and {Quoted(ids.Names[i])} are two spellings of the same "
                    + "number and are read as two sequences; use one spelling if they are one.");
        }
    }
}
