using System.CommandLine;
using Elman.Data;
using Elman.Data.Audio;

namespace Elman.Cli.Options;

/// <summary>The options for the layout of delimited files, and for audio.</summary>
internal sealed class DataOptionSet
{
    private readonly Option<DelimitedForm> _layout;
    private readonly Option<string?> _labelColumn = TextOption.Create("--label-column", "COLUMN", $"Column with the class label, by header "
        + $"or by number from 1; '{DataFileOptions.NoLabelColumn}' for a file without. Default: label, class, target or y, else the last.");
    private readonly Option<string?> _idColumn = TextOption.Create("--id-column", "COLUMN", "Column that identifies the sequences in "
        + "long form. Default: id, sequence, series, case, subject, trial or the like, or a name that ends in _id.");
    private readonly Option<string?> _timeColumn = TextOption.Create("--time-column", "COLUMN", "Column that orders the steps in long "
        + "form. Default: time, t, step, timestamp, date, cycle or the like, else the only one with dates, else the order of the file.");
    private readonly Option<string?> _timeFormat = TextOption.Create("--time-format", "FORMAT", "Format of the dates in the time "
        + "column, such as "
        + "dd.MM.yyyy HH:mm or %d.%m.%Y %H:%M; unix or unix-ms for seconds or milliseconds since 1970. Default: numbers, or dates that "
        + "begin with the year.");
    private readonly Option<Resampling?> _resample = TextOption.Create<Resampling?>("--resample", "TIME[,last]", "Resample to steps of "
        + "this length, such as 15min or 1h, with the mean of the values in each, or the last.", Words.Resampling);
    private readonly Option<string?> _intervals = TextOption.Create("--intervals", "FILE",
        "A .csv file with labels for intervals of recordings: columns start, end and label, and the id if there are several recordings. "
            + "For --task tag, or with --window.");
    private readonly Option<int> _window = TextOption.Create("--window", "N", "With --task classify: cut long recordings in long form "
        + "into windows of N steps. Each has the class of most of its steps; windows of a recording are never split between training "
        + "and validation.", OptionText.WholeNumber);
    private readonly Option<int> _stride = TextOption.Create("--stride", "N", "Steps from one window to the next. Default: half a window.",
        OptionText.WholeNumber);
    private readonly Option<WindowLabel> _windowLabel = TextOption.Create("--window-label", "majority|last",
        "Class of a window: that of most of its steps, or of the last step. Default: majority.", OptionText.Value<WindowLabel>);
    private readonly Option<string?> _channels = TextOption.Create("--channels", "N|COLUMNS",
        "Wide form: number of interleaved channels. Long form: the channels' columns, separated by commas.");

    private readonly Option<string?> _text = TextOption.Create("--text", "COLUMN", "Column of text, by header or by number from 1. Wide "
        + "form: each row is a text whose characters are the steps. Long form: each row is a symbol, such as a word or an event.");
    private readonly Option<TextTokens?> _tokens = TextOption.Create<TextTokens?>("--tokens", "characters|words",
        "With --text in wide form, or strings in .jsonl files: what the steps of a text are. Default: characters.",
        (option, text) => OptionText.Choice(option, text, ["characters", "words"]) == "words" ? TextTokens.Words : TextTokens.Characters);

    private readonly Option<string?> _groupColumn = TextOption.Create("--group-column", "COLUMN",
        "Column that groups sequences, such as the person: a group is never split between training and validation.");
    private readonly Option<string?> _header = TextOption.Create<string?>(
        "--header", "yes|no", "Whether the first row of a .csv, .tsv or .txt file is a header. Default: detected.",
        (option, text) => OptionText.Choice(option, text, ["yes", "no"]));
    private readonly Option<string?> _axes = TextOption.Create("--axes", "LETTERS", "Axes of an array (.npy, .npz, lists of lists): n "
        + "sequences, t steps, c channels, such as ntc or nct. Default: of the last two of three, the longer is t.");
    private readonly Option<char?> _delimiter = TextOption.Create<char?>("--delimiter", "CHARACTER",
        "Delimiter between the fields of a row: a character, tab or blank. Default: that of the first line.", Words.Delimiter);

    private readonly Option<string?> _decimal = TextOption.Create<string?>("--decimal", ".|,",
        "Decimal separator of a .csv, .tsv or .txt file. Default: that of the model's data, else a point.",
        (option, text) => text is "." or "," ? text : throw new FormatException($"{option} is {Quoted(text)}; it must be . or a comma."));

    private readonly AudioOptionSet _audio = new();

    private DataOptionSet(Option<DelimitedForm> layout) => _layout = layout;

    /// <summary>Creates the options of most commands: the layout option is <c>--format</c>, or <c>--layout</c>.</summary>
    public static DataOptionSet Create()
    {
        Option<DelimitedForm> layout = Layout("--format");
        layout.Aliases.Add("--layout");
        return new(layout);
    }

    /// <summary>Creates the options of a command whose <c>--format</c> is its output format.</summary>
    public static DataOptionSet CreateWithoutFormat() => new(Layout("--layout"));

    /// <summary>All options, in the order of the help text.</summary>
    public IEnumerable<Option> Options =>
    [
        _layout, _labelColumn, _idColumn, _timeColumn, _timeFormat, _resample, _intervals, _window, _stride, _windowLabel, _groupColumn,
        _channels, _text, _tokens, _header, _delimiter, _decimal, _axes, .. _audio.Options,
    ];

    /// <summary>Returns the chosen options as arguments for another command on the same file.</summary>
    public IEnumerable<string> Given(ParseResult words)
    {
        foreach (Option option in Options.Where(words.Has))
        {
            yield return option == _layout ? "--layout" : option.Name;
            yield return words.GetResult(option)!.Tokens[0].Value;
        }
    }

    /// <summary>Returns the chosen settings for audio.</summary>
    public AudioOptions BindAudio(ParseResult words) => _audio.Bind(words);

    /// <summary>Returns the chosen options.</summary>
    public DataFileOptions Bind(ParseResult words) => new()
    {
        Format = words.GetValue(_layout),
        LabelColumn = words.GetValue(_labelColumn),
        IdColumn = words.GetValue(_idColumn),
        TimeColumn = words.GetValue(_timeColumn),
        TimeFormat = words.GetValue(_timeFormat),
        Resampling = words.GetValue(_resample),
        Intervals = words.GetValue(_intervals),
        Windowing = Windows(words),
        GroupColumn = words.GetValue(_groupColumn),
        Channels = words.GetValue(_channels),
        Text = words.GetValue(_text),
        Tokens = words.GetValue(_tokens),
        HasHeader = words.GetValue(_header) is { } header ? header == "yes" : null,
        Delimiter = words.GetValue(_delimiter),
        DecimalSeparator = words.GetValue(_decimal)?[0],
        Axes = words.GetValue(_axes),
    };

    private Windowing? Windows(ParseResult words)
    {
        if (!words.Has(_window))
            return words.Has(_stride) || words.Has(_windowLabel)
                ? throw new CommandException($"{(words.Has(_stride) ? "--stride" : "--window-label")} needs --window; add it.")
                : null;
        int length = words.GetValue(_window), stride = words.Has(_stride) ? words.GetValue(_stride) : Math.Max(1, length / 2);
        return length >= 1 && stride >= 1
            ? new Windowing(length, stride, words.GetValue(_windowLabel))
            : throw new CommandException($"{(length < 1 ? $"--window is {length}" : $"--stride is {stride}")}; it must be at least 1.");
    }

    private static Option<DelimitedForm> Layout(string name) => TextOption.Create(name, "FORM",
        "Form of a .csv, .tsv or .txt file: wide, each row is a sequence; long, each row is a step of a sequence, or of the only "
            + "sequence if there are no ids. Default: auto, long if there is an id column.",
        OptionText.Value<DelimitedForm>, OptionText.All<DelimitedForm>());
}
