using System.Globalization;

namespace Elman.Loading;

/// <summary>Values as in files of measurements: a third with 2 decimals, a third with 6, a third with 15 to 17 digits.</summary>
internal sealed class Numbers
{
    private readonly Random _random = new(1);

    /// <summary>Writes the next value.</summary>
    public void Write(TextWriter writer)
    {
        double value = (_random.NextDouble() - 0.5) * 20;
        Span<char> text = stackalloc char[32];
        string format = _random.Next(3) switch { 0 => "0.00", 1 => "0.000000", _ => "R" };
        value.TryFormat(text, out int length, format, CultureInfo.InvariantCulture);
        writer.Write(text[..length]);
    }

    /// <summary>Returns a random digit.</summary>
    public int Digit() => _random.Next(10);

    /// <summary>Returns one of ten classes.</summary>
    public string Class() => ((char)('0' + _random.Next(10))).ToString();
}
