using System.Diagnostics.CodeAnalysis;

namespace Elman.Data;

/// <summary>The form of a row of a delimited file.</summary>
public enum DelimitedForm
{
    /// <summary><see cref="Long"/> if there is an id column, else <see cref="Wide"/>.</summary>
    Auto,

    /// <summary>A row is a sequence: its values one after the other, and its label.</summary>
    Wide,

    /// <summary>A row is one step of a sequence: the id of the sequence, and a value for each channel.</summary>
    [SuppressMessage(
        "Naming", "CA1720:Identifier contains type name", Justification = "Wide and long are the usual names of table forms, not types.")]
    Long,
}

/// <summary>
/// How a data file is read. The defaults suit most files. <c>.ts</c> and <c>.jsonl</c> files describe themselves and need only
/// <see cref="Labels"/>. For <c>.arff</c> files, columns mean attributes; form, times, header and delimiter are fixed.
/// </summary>
/// <remarks>
/// A column is named by its header, compared exactly and then without regard to case, or by its number from 1;
/// if a header looks like a number, the header wins.
/// </remarks>
public sealed record DataFileOptions
{
    /// <summary>The value of <see cref="LabelColumn"/> for a file without labels.</summary>
    public const string NoLabelColumn = "none";

    /// <summary>The form of the rows. Default: <see cref="DelimitedForm.Auto"/>.</summary>
    public DelimitedForm Format { get; init; } = DelimitedForm.Auto;

    /// <summary>The kind of labels. Default: <see cref="LabelKind.Class"/>.</summary>
    public LabelKind Labels { get; init; }

    /// <summary>
    /// The column with the class label, or <c>none</c>; if labels are numbers, several columns can be given, separated by commas. Default
    /// (<see langword="null"/>): the column named label, class or target; in wide form else the one named y, else the last one.
    /// </summary>
    public string? LabelColumn { get; init; }

    /// <summary>
    /// One or several columns, separated by commas, that hold the labels if <see cref="LabelColumn"/> is <see langword="null"/> and the
    /// header contains all of them, such as the targets of a model. Default (<see langword="null"/>): none.
    /// </summary>
    public string? UsualLabelColumn { get; init; }

    /// <summary>
    /// Called if the label column was chosen only because it is the last, with its name, or <c>target</c> if the file has no header.
    /// Default (<see langword="null"/>): none.
    /// </summary>
    public Action<string>? LabelColumnGuessed { get; init; }

    /// <summary>
    /// The column that identifies the sequences. Default (<see langword="null"/>): the column named id, else the one named sequence,
    /// series, case, unit, subject, patient, session, trial, sample, recording, participant or user, else the one whose name ends in
    /// <c>_id</c>. In long form a file without such a column is a single sequence; in wide form the column holds the names of the
    /// sequences.
    /// </summary>
    public string? IdColumn { get; init; }

    /// <summary>
    /// The column that orders the steps of a sequence in long form: numbers, or date-times after ISO 8601. Default
    /// (<see langword="null"/>): the column called time, t, step, timestamp, date, datetime, cycle, frame, tick, timestep or ds, else the
    /// only one that holds dates, with a warning; if there is none, steps are in file order.
    /// </summary>
    public string? TimeColumn { get; init; }

    /// <summary>
    /// The format of dates in the time column, as a .NET format string (<c>dd.MM.yyyy HH:mm</c>) or in strftime notation (<c>%d.%m.%Y
    /// %H:%M</c>); <c>unix</c>, <c>unix-ms</c>, <c>unix-us</c> or <c>unix-ns</c> for seconds, milliseconds, microseconds or nanoseconds
    /// since 1970. Default (<see langword="null"/>): numbers, or ISO 8601 dates, such as <c>2024-05-31</c>, <c>2024-05-31 12:00</c> and
    /// <c>2024-05-31T12:00:00.123456789+02:00</c>.
    /// </summary>
    public string? TimeFormat { get; init; }

    /// <summary>
    /// Resamples a file with dates to steps of a fixed length. Default (<see langword="null"/>): the setting of <see cref="Known"/>, else
    /// no resampling.
    /// </summary>
    public Resampling? Resampling { get; init; }

    /// <summary>
    /// A delimited file with labelled intervals of the recordings: each row has a start time, an end time and a label, and the id of the
    /// recording if there are several. Steps from the start up to but not including the end have the label. Default
    /// (<see langword="null"/>): none; labels are in the data.
    /// </summary>
    public string? Intervals { get; init; }

    /// <summary>
    /// Cuts long recordings into windows with one class each; in long form, labels may then change within a recording. Default
    /// (<see langword="null"/>): the setting of <see cref="Known"/>, else whole sequences.
    /// </summary>
    public Windowing? Windowing { get; init; }

    /// <summary>
    /// The column that groups sequences, such as the person: it becomes <see cref="Sequence.Group"/>. Default (<see langword="null"/>):
    /// none.
    /// </summary>
    public string? GroupColumn { get; init; }

    /// <summary>
    /// The column of text. In long form several columns can be given, separated by commas; each field is one symbol, such as a word or an
    /// event. In wide form a row is a text, which is split by <see cref="Tokens"/>; other columns are ignored. A table with a text column
    /// is in long form if it has an id and a time column, unless <see cref="Format"/> or <see cref="Tokens"/> say otherwise. Default
    /// (<see langword="null"/>): none.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>
    /// How a text in one field, or a string in a <c>.jsonl</c> file, is split into steps. Default (<see langword="null"/>):
    /// <see cref="TextTokens.Characters"/>.
    /// </summary>
    public TextTokens? Tokens { get; init; }

    /// <summary>Whether the first row is a header. Default (<see langword="null"/>): detected.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// The delimiter between the fields of a row; a blank means any number of blanks and tabs. Default (<see langword="null"/>): the
    /// delimiter of the first line; in <c>.tsv</c> files a tab.
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>
    /// The decimal separator in delimited files: a point or a comma; a decimal comma can't be the delimiter. It applies to values, times,
    /// targets and numeric classes, whose names have a point. Numbers with the other separator are refused, because it may be a thousands
    /// separator. Default (<see langword="null"/>): that of <see cref="Known"/> if the delimiter is not a comma, else a point.
    /// </summary>
    /// <exception cref="ArgumentException">The value is another character.</exception>
    public char? DecimalSeparator
    {
        get;
        init => field = value is '.' or ',' or null
            ? value
            : throw new ArgumentException($"'{value}' is not a decimal separator; it must be a point or a comma.", nameof(value));
    }

    /// <summary>
    /// Columns of a table that was read before, such as a model's training data (<see cref="SequenceEstimator.Columns"/>): used if no other
    /// column is chosen and the file has them. Default (<see langword="null"/>): none.
    /// </summary>
    public TableColumns? Known { get; init; }

    /// <summary>
    /// Channels of a table that was read before (<see cref="SequenceEstimator.ChannelNames"/>): in long form, these channels are read in
    /// their order and other columns are ignored. Default: none.
    /// </summary>
    public IReadOnlyList<string> KnownChannels { get; init; } = [];

    /// <summary>
    /// Offsets that are subtracted from values before conversion to 32-bit floats, such as those of a model's training data
    /// (<see cref="SequenceEstimator.Offsets"/>), with channels in the order of <see cref="KnownChannels"/>. Default
    /// (<see langword="null"/>): if floats can't distinguish the values of a channel or target, a whole number close to their minimum; the
    /// file is then read twice.
    /// </summary>
    public ValueOffsets? Offsets { get; init; }

    /// <summary>The offsets of the current reading.</summary>
    internal OffsetTable? OffsetTable { get; init; }

    /// <summary>In wide form, the number of interleaved channels (<c>2</c> for x1, y1, x2, y2, …); default (<see langword="null"/>): 1. In
    /// long form, the columns that are channels, separated by commas; default: all columns without another role.</summary>
    public string? Channels { get; init; }

    /// <summary>
    /// The axes of an array (<c>.npy</c>, <c>.npz</c>, columns with lists of lists), one letter each: <c>n</c> for sequences, <c>t</c> for
    /// steps, <c>c</c> for channels. <c>ntc</c> is the order of Keras, and of PyTorch with <c>batch_first</c>; <c>nct</c> is that of aeon
    /// and sktime. Default (<see langword="null"/>): of three axes, the longer of the last two is time, with a warning if this is
    /// ambiguous; two axes are <c>nt</c>.
    /// </summary>
    public string? Axes { get; init; }
}
