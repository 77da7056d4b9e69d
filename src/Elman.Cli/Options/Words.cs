namespace Elman.Cli.Options;

/// <summary>
/// Parses the values of options. Errors are <see cref="FormatException"/>s with a message about allowed values.
/// </summary>
internal static class Words
{
    /// <summary>Parses a length of steps, such as <c>15min</c>, optionally followed by <c>,last</c>.</summary>
    public static Resampling? Resampling(string option, string text)
    {
        string[] parts = text.Split(',');
        TimeSpan interval = parts[0].EndsWith('d') && OptionText.TryNumber(parts[0][..^1], out double days) && Math.Abs(days) < 1e5
            ? TimeSpan.FromDays(days)
            : OptionText.Time(option, parts[0]);
        return interval > TimeSpan.Zero && parts.Length <= 2 && (parts.Length == 1 || parts[1] is "mean" or "last")
            ? new Resampling(interval, parts is [_, "last"] ? ResampledValue.Last : ResampledValue.Mean)
            : throw new FormatException(
                $"{option} is {Quoted(text)}; it must be a time above 0, such as 15min, 1h or 1d, optionally followed by ,mean or ,last.");
    }

    /// <summary>Parses a delimiter.</summary>
    public static char? Delimiter(string option, string text) => text switch
    {
        "tab" or "\\t" => '\t',
        "blank" or "space" => ' ',
        [var character] when character is not ('"' or '\r' or '\n') && !char.IsLetterOrDigit(character)
            && character is not ('.' or '-' or '+') => character,
        _ => throw new FormatException($"{option} is {Quoted(text)}; it must be one character that does not occur in numbers, or tab, or "
            + "blank."),
    };
}
