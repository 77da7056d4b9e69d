namespace Elman.Cli.Options;

/// <summary>Test or validation data: a share of the training data, or a separate data set.</summary>
/// <param name="Share">The share; 0 if there is a data set.</param>
/// <param name="Data">The data set, or <see langword="null"/>.</param>
internal sealed record DataChoice(double Share, string? Data)
{
    /// <summary>Parses a value: a number is a share; anything else is the name of data.</summary>
    /// <exception cref="FormatException">The text is empty.</exception>
    public static DataChoice Parse(string option, string text)
    {
        if (text.Length == 0)
            throw new FormatException($"{option} is empty; give it a value or leave it out.");
        return OptionText.TryNumber(text, out double share) ? new(share, null) : new(0, text);
    }
}
