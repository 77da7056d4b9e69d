namespace Elman.Data;

/// <summary>The options that a format uses; other options lead to a warning.</summary>
/// <param name="format">The name of the files, such as <c>.jsonl files</c>.</param>
/// <param name="used">The options, by their names in the command-line tool.</param>
internal sealed class OptionUse(string format, params string[] used)
{
    private static readonly (string Name, Predicate<DataFileOptions> IsGiven)[] _all =
    [
        ("--layout", options => options.Format != DelimitedForm.Auto),
        ("--label-column", options => options.LabelColumn is not null),
        ("--id-column", options => options.IdColumn is not null),
        ("--time-column", options => options.TimeColumn is not null),
        ("--time-format", options => options.TimeFormat is not null),
        ("--group-column", options => options.GroupColumn is not null),
        ("--channels", options => options.Channels is not null),
        ("--text", options => options.Text is not null),
        ("--tokens", options => options.Tokens is not null && options.Known is null),
        ("--header", options => options.HasHeader is not null),
        ("--delimiter", options => options.Delimiter is not null),
        ("--decimal", options => options.DecimalSeparator is not null),
        ("--axes", options => options.Axes is not null),
    ];

    /// <summary>Returns a sentence about options that have no effect, if there are any.</summary>
    public IEnumerable<string> Unused(DataFileOptions options)
    {
        string[] unused = [.. _all.Where(option => option.IsGiven(options) && !used.Contains(option.Name)).Select(option => option.Name)];
        return unused.Length == 0
            ? []
            : [$"{string.Join(", ", unused)} {(unused.Length == 1 ? "has" : "have")} no effect on {format}; leave "
                + $"{(unused.Length == 1 ? "it" : "them")} out."];
    }
}
