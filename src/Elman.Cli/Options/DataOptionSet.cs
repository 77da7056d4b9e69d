using System.CommandLine;
using Elman.Data;

namespace Elman.Cli.Options;

/// <summary>The options that say how delimited files are laid out.</summary>
internal sealed class DataOptionSet
{
    private readonly Option<DelimitedForm> _layout;
    private readonly Option<string?> _labelColumn = TextOption.Create("--label-column", "COLUMN", $"Column with the class label, by header "
        + $"or by number from 1; '{DataFileOptions.NoLabelColumn}' for a file without. Default: label, class, target or y, else the last.");
    private readonly Option<string?> _idColumn = TextOption.Create("--id-column", "COLUMN", "Column that tells sequences apart in long "
        + "form. Default: id, sequence, series, case, subject, trial or the like, or a name that ends in _id.");
    private readonly Option<string?> _timeColumn = TextOption.Create("--time-column", "COLUMN", "Column that orders the steps in long "
        + "form. Default: time, t, step, timestamp, date, cycle or the like, else the order of the file.");
    private readonly Option<string?> _channels = TextOption.Create("--channels", "N|COLUMNS",
        "Wide form: how many channels a row interleaves. Long form: the channels' columns, separated by commas.");

    private readonly Option<string?> _text = TextOption.Create("--text", "COLUMN", "Column of text, by header or by number from 1: wide "
        + "form: each row is a text, and its characters are the steps. Long form: each row is a symbol, such as a word or an event.");
    private readonly Option<TextTokens?> _tokens = TextOption.Create<TextTokens?>("--tokens", "characters|words",
        "With --text in wide form, or strings in .jsonl files: what the steps of a text are. Default: characters.",
        (option, text) => Words.Choice(option, text, ["characters", "words"]) == "words" ? TextTokens.Words : TextTokens.Characters);

    private readonly Option<string?> _groupColumn = TextOption.Create("--group-column", "COLUMN",
        "Column whose value sequences have in common, such as the person: a group is never divided between training and validation.");
    private readonly Option<string?> _header = TextOption.Create<string?>(
        "--header", "yes|no", "Whether the first row of a .csv, .tsv or .txt file names the columns. Default: as it looks.",
        (option, text) => Words.Choice(option, text, ["yes", "no"]));
    private readonly Option<char?> _delimiter = TextOption.Create<char?>("--delimiter", "CHARACTER",
        "What divides the fields of a row: a character, tab or blank. Default: what the first line has.", Words.Delimiter);

    private DataOptionSet(Option<DelimitedForm> layout) => _layout = layout;

    /// <summary>The options of most commands: the layout is called <c>--format</c>, or <c>--layout</c>.</summary>
    public static DataOptionSet Create()
    {
        Option<DelimitedForm> layout = Layout("--format");
        layout.Aliases.Add("--layout");
        return new(layout);
    }

    /// <summary>The options of a command whose <c>--format</c> is that of its output.</summary>
    public static DataOptionSet CreateWithoutFormat() => new(Layout("--layout"));

    /// <summary>All of them, in the order in which help lists them.</summary>
    public IEnumerable<Option> Options => [_layout, _labelColumn, _idColumn, _timeColumn, _groupColumn, _channels, _text, _tokens,
        _header, _delimiter];

    /// <summary>The words of what was chosen, for a further command on the same file.</summary>
    public IEnumerable<string> Given(ParseResult words)
    {
        foreach (Option option in Options.Where(words.Has))
        {
            yield return option == _layout ? "--layout" : option.Name;
            yield return words.GetResult(option)!.Tokens[0].Value;
        }
    }

    /// <summary>What was chosen.</summary>
    public DataFileOptions Bind(ParseResult words) => new()
    {
        Format = words.GetValue(_layout),
        LabelColumn = words.GetValue(_labelColumn),
        IdColumn = words.GetValue(_idColumn),
        TimeColumn = words.GetValue(_timeColumn),
        GroupColumn = words.GetValue(_groupColumn),
        Channels = words.GetValue(_channels),
        Text = words.GetValue(_text),
        Tokens = words.GetValue(_tokens),
        HasHeader = words.GetValue(_header) is { } header ? header == "yes" : null,
        Delimiter = words.GetValue(_delimiter),
    };

    private static Option<DelimitedForm> Layout(string name) => TextOption.Create(name, "FORM",
        "What a row of a .csv, .tsv or .txt file is: wide, a sequence; long, one step of a sequence, or without ids of the only one. "
            + "Default: auto, long if there is an id column.",
        Words.Value<DelimitedForm>);
}
