using System.Globalization;

namespace Elman.Comparison.CommandLine;

/// <summary>Parses the command line.</summary>
internal static class Switches
{
    /// <summary>The environment variable with the Python interpreter, if <c>--python</c> is not given.</summary>
    public const string PythonVariable = "ELMAN_PYTHON";

    /// <summary>The text that <c>--help</c> prints.</summary>
    public const string Help = $"""
        Compares Elman with libtorch, ONNX Runtime and NumPy: the same work, the same weights, in alternating runs.

          --quick           measure every row briefly: about three minutes on two processors
          --only TEXT       only rows whose name contains TEXT, for example train/lstm or 28,128,128,28/1t
          --rounds N        exactly N rounds per row, instead of as many as the time allows
          --json FILE       write the results as JSON
          --markdown FILE   write the results as Markdown
          --docs FILE       replace the text in FILE between <!-- results --> and <!-- /results -->
          --python FILE     the Python that has NumPy; by default {PythonVariable}, or else python3
          --list            print the names of the rows
          --help            print this

        Exit status: 0 if every row has figures; 1 if not (results disagree, or a library can't be run); 2 for a wrong option.
        """;

    /// <summary>Parses the arguments of a command line.</summary>
    /// <param name="words">The arguments.</param>
    /// <param name="variable">Returns the value of an environment variable.</param>
    /// <returns>The settings, or <see langword="null"/> for help.</returns>
    /// <exception cref="SwitchException">An argument is not valid.</exception>
    public static Settings? Parse(IReadOnlyList<string> words, Func<string, string?> variable)
    {
        var settings = new Settings { Python = variable(PythonVariable) is { Length: > 0 } python ? python : "python3" };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (!seen.Add(word))
                throw new SwitchException($"{word} is given twice.");
            switch (word)
            {
                case "--help":
                    return null;
                case "--quick":
                    settings = settings with { Quick = true };
                    break;
                case "--list":
                    settings = settings with { List = true };
                    break;
                case "--only":
                    settings = settings with { Only = Value() };
                    break;
                case "--rounds":
                    settings = settings with { Rounds = Count(Value()) };
                    break;
                case "--json":
                    settings = settings with { Json = Value() };
                    break;
                case "--markdown":
                    settings = settings with { Markdown = Value() };
                    break;
                case "--docs":
                    settings = settings with { Docs = Value() };
                    break;
                case "--python":
                    settings = settings with { Python = Value() };
                    break;
                default:
                    throw new SwitchException($"Unknown option '{word}'; --help lists the options.");
            }

            string Value() => i + 1 < words.Count && !words[i + 1].StartsWith("--", StringComparison.Ordinal) && words[i + 1] is not ""
                ? words[++i]
                : throw new SwitchException($"{word} needs a value; see --help.");
        }
        return settings;
    }

    private static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= 100_000
            ? count
            : throw new SwitchException($"--rounds is '{text}'; it must be a whole number from 1 to 100000.");
}

/// <summary>The exception for an argument of the command line that is not valid.</summary>
/// <param name="message">The problem and what to do.</param>
internal sealed class SwitchException(string message) : Exception(message);
