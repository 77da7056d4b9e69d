using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;

namespace Elman.Cli.Runs;

/// <summary>The arguments of a run, as <c>args.json</c> has them.</summary>
/// <param name="Command">The command, such as <c>train</c>.</param>
/// <param name="Words">The arguments after the command.</param>
/// <param name="Directory">The folder in which it was started.</param>
/// <param name="Data">The training data as named on the command line.</param>
/// <param name="Task">The task.</param>
/// <param name="Created">The time at which it was started.</param>
/// <param name="Options">All options with their resolved values, by name.</param>
internal sealed record RunArgs(
    string Command, IReadOnlyList<string> Words, string Directory, string Data, string Task, DateTimeOffset Created,
    IReadOnlyList<KeyValuePair<string, string>> Options)
{
    private const int FormatVersion = 1;

    /// <summary>Options that do not change a result.</summary>
    private static readonly string[] _ofOutput = ["--run", "--out", "--plot", "--json", "--save-every", "--tensorboard", "--threads"];

    /// <summary>Returns the arguments of a run that starts now.</summary>
    /// <param name="command">The command.</param>
    /// <param name="words">The parsed command line.</param>
    /// <param name="data">The training data as named on the command line.</param>
    /// <param name="task">The task.</param>
    /// <param name="options">The training options.</param>
    /// <param name="terminal">The environment, with its clock.</param>
    public static RunArgs Of(
        Command command, ParseResult words, string data, TaskKind task, TrainingOptions options, Terminal terminal) => new(
            command.Name, [.. words.Tokens.Where(token => token.Type != TokenType.Command).Select(token => token.Value)],
            Environment.CurrentDirectory, data, OptionText.Of(task), terminal.Clock.GetUtcNow(), ResolvedOf(options));

    /// <summary>The whole command after <c>elman</c>.</summary>
    public IReadOnlyList<string> Line => [Command, .. Words];

    /// <summary>The whole command after <c>elman</c> without the folder of the run, so that it can be given again.</summary>
    public IReadOnlyList<string> Again
    {
        get
        {
            int at = Line.ToList().IndexOf("--run");
            return at < 0 ? Line : [.. Line.Take(at), .. Line.Skip(at + 2)];
        }
    }

    /// <summary>The options that are not training options, as given, such as those of the data.</summary>
    public IEnumerable<KeyValuePair<string, string>> Given
    {
        get
        {
            for (int i = 0; i < Words.Count; i++)
            {
                if (!Words[i].StartsWith("--", StringComparison.Ordinal) || _ofOutput.Contains(Words[i]))
                    continue;
                string[] values = [.. Words.Skip(i + 1).TakeWhile(word =>
                    !word.StartsWith("--", StringComparison.Ordinal) && word != Data)]; // the data may follow an option without value
                yield return KeyValuePair.Create(Words[i][2..], values.Length == 0 ? "given" : string.Join(' ', values));
            }
        }
    }

    /// <summary>Returns the command that continues the run.</summary>
    public string ResumeOf(RunFolder run) => $"elman {Command} --resume {ShellWord.Quote(run.Path)}";

    /// <summary>Returns all options of a training, resolved.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ResolvedOf(TrainingOptions options)
    {
        var all = new List<KeyValuePair<string, string>> { new("cell", options.Cell.Name) };
        all.AddRange(options.Cell.Options.Select(
            option => KeyValuePair.Create(OptionText.Kebab(option.Name), option.TextOf(options.Cell))));
        if (options.Cell is AutoOptions { Fixed.Count: > 0 } choice)
            all.Add(new("fixed", string.Join(',', choice.Fixed.Select(OptionText.Kebab))));
        foreach (OptionDefinition<TrainingOptions> option in TrainingOptions.Definitions)
            all.Add(new(OptionText.Kebab(option.Name), option.Name == nameof(TrainingOptions.LearningRate)
                ? FormattableString.Invariant($"{options.ResolvedLearningRate}")
                : option.TextOf(options)));
        return all;
    }

    /// <summary>Writes the file.</summary>
    public void Write(string path) => OutputFile.Write(path, JsonText.Document(json =>
    {
        json.WriteNumber("format", FormatVersion);
        json.WriteString("created", Created);
        json.WriteString("directory", Directory);
        json.WriteString("command", Command);
        json.WriteStrings("words", Words);
        json.WriteString("data", Data);
        json.WriteString("task", Task);
        json.WriteStartObject("options");
        foreach ((string name, string value) in Options)
            json.WriteString(name, value);
        json.WriteEndObject();
    }));

    /// <summary>Reads the file of a run.</summary>
    /// <exception cref="CommandException">The file is missing, damaged, or of a newer version.</exception>
    public static RunArgs Read(RunFolder run)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(run.Args));
            JsonElement root = document.RootElement;
            if (root.GetProperty("format").GetInt32() > FormatVersion)
                throw new CommandException($"{run.Args} was written by a newer version of elman; update elman to use it.");
            return new RunArgs(
                root.GetProperty("command").GetString()!,
                [.. root.GetProperty("words").EnumerateArray().Select(word => word.GetString()!)],
                root.GetProperty("directory").GetString()!,
                root.GetProperty("data").GetString()!,
                root.GetProperty("task").GetString()!,
                root.GetProperty("created").GetDateTimeOffset(),
                [.. root.GetProperty("options").EnumerateObject()
                    .Select(option => KeyValuePair.Create(option.Name, option.Value.GetString()!))]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new CommandException($"{run.Args} is damaged: it is not what elman train writes. Train again in a new run.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{run.Args} can't be read: {FileProblem.ReasonOf(e)}.", e);
        }
    }
}
