using System.CommandLine;
using System.CommandLine.Parsing;

namespace Elman.Cli.Options;

/// <summary>Creates options with custom messages for parse errors.</summary>
internal static class TextOption
{
    /// <summary>Creates an option with one value.</summary>
    /// <param name="name">The name, including the dashes.</param>
    /// <param name="valueName">The name of the value in the help text.</param>
    /// <param name="description">The description in the help text.</param>
    /// <param name="parse">Parses the value, given the name of the option; throws <see cref="FormatException"/> with a message.</param>
    /// <param name="choices">The words that the value may be, for completion; by default those in <paramref name="valueName"/>.</param>
    public static Option<T> Create<T>(
        string name, string valueName, string description, Func<string, string, T> parse, params IReadOnlyList<string> choices)
    {
        var option = new Option<T>(name)
        {
            Description = description,
            HelpName = valueName,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result => Parse(name, result, parse),
        };
        option.CompletionSources.Clear(); // those of the library are names of the code
        Completions.AddTo(option.CompletionSources, valueName, choices);
        return option;
    }

    /// <summary>Creates an option whose value is any text.</summary>
    public static Option<string?> Create(string name, string valueName, string description) =>
        Create<string?>(name, valueName, description, (option, text) =>
            text.Length > 0 ? text : throw new FormatException($"{option} is empty; give it a value or leave it out."));

    /// <summary>Whether the option was given.</summary>
    public static bool Has(this ParseResult words, Option option) => words.GetResult(option) is { Implicit: false };

    private static T? Parse<T>(string name, ArgumentResult result, Func<string, string, T> parse)
    {
        try
        {
            return parse(name, result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return default;
        }
    }
}
