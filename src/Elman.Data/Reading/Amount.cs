using System.Globalization;

namespace Elman.Data;

/// <summary>Numbers of things in messages.</summary>
internal static class Amount
{
    /// <summary>Such as <c>1 channel</c> or <c>3 channels</c>.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="noun">One of them.</param>
    public static string Of(long count, string noun) => $"{count.ToString(CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}";
}
