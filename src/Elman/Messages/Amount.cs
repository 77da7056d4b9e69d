using System.Globalization;

namespace Elman;

/// <summary>Quantities in messages.</summary>
internal static class Amount
{
    /// <summary>Returns a number with a noun, such as <c>1 channel</c> or <c>3 channels</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun in the singular.</param>
    public static string Of(long count, string noun) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : noun.EndsWith('s') ? "es" : "s")}";
}
