using System.Diagnostics.CodeAnalysis;

namespace Elman.Data;

/// <summary>How a row of a delimited file is to be understood.</summary>
public enum DelimitedForm
{
    /// <summary><see cref="Long"/> if there is an id column, else <see cref="Wide"/>.</summary>
    Auto,

    /// <summary>A row is a sequence: its values one after the other, and its label.</summary>
    Wide,

    /// <summary>A row is one step of a sequence: an id that says which, and a value for each channel.</summary>
    [SuppressMessage(
        "Naming", "CA1720:Identifier contains type name", Justification = "Wide and long are what tables are called; no type is meant.")]
    Long,
}

/// <summary>
/// What to take from a data file. The defaults read most files; <c>.ts</c> and <c>.jsonl</c> files describe themselves and need but
/// <see cref="Labels"/>. Of <c>.arff</c> files the attributes are meant by columns; their form, times, header and delimiter are fixed.
/// </summary>
/// <remarks>
/// A column is named by its header, compared exactly and then without regard to case, or by its number from 1;
/// where a header looks like a number, the header wins.
/// </remarks>
public sealed record DataFileOptions
{
    /// <summary>The value of <see cref="LabelColumn"/> that says that the file has no labels.</summary>
    public const string NoLabelColumn = "none";

    /// <summary>How rows are understood. Default: <see cref="DelimitedForm.Auto"/>.</summary>
    public DelimitedForm Format { get; init; } = DelimitedForm.Auto;

    /// <summary>What labels are. Default: <see cref="LabelKind.Class"/>.</summary>
    public LabelKind Labels { get; init; }

    /// <summary>
    /// The column that holds the class label, or <c>none</c>; where labels are numbers, maybe several columns, separated by commas.
    /// Default (<see langword="null"/>): the column called label, class or target; in wide form else the one called y, else the last one.
    /// </summary>
    public string? LabelColumn { get; init; }

    /// <summary>
    /// A column, or several separated by commas, that hold labels where <see cref="LabelColumn"/> is <see langword="null"/> and the header
    /// names all of them: such as the targets that a model knows. Default (<see langword="null"/>): none.
    /// </summary>
    public string? UsualLabelColumn { get; init; }

    /// <summary>
    /// Told what the label column is called, <c>target</c> where the file has no header, if it is taken for one only since it is the last.
    /// Default (<see langword="null"/>): nobody is.
    /// </summary>
    public Action<string>? LabelColumnGuessed { get; init; }

    /// <summary>
    /// The column that tells sequences apart. Default (<see langword="null"/>): the column called id, else the one called sequence, series,
    /// case, unit, subject, patient, session, trial, sample, recording, participant or user, else the one whose name ends in <c>_id</c>. In
    /// long form a file without one is a single sequence; wide form takes it for the name of the sequence.
    /// </summary>
    public string? IdColumn { get; init; }

    /// <summary>
    /// The column that orders the steps of a sequence in long form: numbers, or date-times after ISO 8601. Default
    /// (<see langword="null"/>): the column called time, t, step, timestamp, date, datetime, cycle, frame, tick, timestep or ds,
    /// else the only one that holds dates, which a warning tells; without one, steps come in the order of the file.
    /// </summary>
    public string? TimeColumn { get; init; }

    /// <summary>
    /// How the time column writes dates, as a .NET format string (<c>dd.MM.yyyy HH:mm</c>) or in the notation of strftime
    /// (<c>%d.%m.%Y %H:%M</c>); <c>unix</c>, <c>unix-ms</c>, <c>unix-us</c> or <c>unix-ns</c> where numbers count seconds, milliseconds,
    /// microseconds or nanoseconds since the beginning of 1970. Default (<see langword="null"/>): numbers, or dates after ISO 8601, such
    /// as <c>2024-05-31</c>,
    /// <c>2024-05-31 12:00</c> and <c>2024-05-31T12:00:00.123456789+02:00</c>.
    /// </summary>
    public string? TimeFormat { get; init; }

    /// <summary>
    /// Steps of a fixed length in place of the rows of a file with dates. Default (<see langword="null"/>): those of
    /// <see cref="Known"/>, else the rows as they are.
    /// </summary>
    public Resampling? Resampling { get; init; }

    /// <summary>
    /// A delimited file of labelled intervals of the recordings: a row has the time at which one starts, that at which it ends and its
    /// label, and where there are several recordings the id of one. Steps from the start up to but not including the end have the label.
    /// Default (<see langword="null"/>): none; labels are in the data.
    /// </summary>
    public string? Intervals { get; init; }

    /// <summary>
    /// Windows in place of long recordings, each with a class: in long form, labels may then change within a recording. Default
    /// (<see langword="null"/>): those of <see cref="Known"/>, else whole sequences.
    /// </summary>
    public Windowing? Windowing { get; init; }

    /// <summary>
    /// The column whose value sequences of a group have in common, such as the person: it becomes <see cref="Sequence.Group"/>.
    /// Default (<see langword="null"/>): none.
    /// </summary>
    public string? GroupColumn { get; init; }

    /// <summary>
    /// The column of text; in long form maybe several, separated by commas, each row of which holds one symbol, such as a word or an event.
    /// In wide form a row is a text, which <see cref="Tokens"/> divides; other columns are passed over. A table with a text column is
    /// in long form where it has an id and a time column, unless <see cref="Format"/> or <see cref="Tokens"/> say otherwise. Default
    /// (<see langword="null"/>): none.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>
    /// Into what a text that stands in one field, or in <c>.jsonl</c> files is a string, is divided. Default (<see langword="null"/>):
    /// <see cref="TextTokens.Characters"/>.
    /// </summary>
    public TextTokens? Tokens { get; init; }

    /// <summary>Whether the first row names the columns. Default (<see langword="null"/>): as it looks.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// What divides the fields of a row; a blank stands for any number of blanks and tabs. Default (<see langword="null"/>): what the first
    /// line has; in <c>.tsv</c> files a tab.
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>
    /// The sign between a number and its fraction in delimited files: a point, or a comma, which then divides no fields. It is that of
    /// values, times, targets, and of classes that are numbers, which are called by them with a point. Numbers with the other sign are
    /// refused, since it may divide thousands. Default (<see langword="null"/>): that of <see cref="Known"/> where no comma divides the
    /// fields, else a point.
    /// </summary>
    /// <exception cref="ArgumentException">It is another character.</exception>
    public char? DecimalSeparator
    {
        get;
        init => field = value is '.' or ',' or null
            ? value
            : throw new ArgumentException($"'{value}' is no decimal sign; it may be a point or a comma.", nameof(value));
    }

    /// <summary>
    /// Columns of a table that was read before, such as that of a model's training data (<see cref="SequenceEstimator.Columns"/>): used
    /// where nothing else is chosen and the file has them. Default (<see langword="null"/>): none.
    /// </summary>
    public TableColumns? Known { get; init; }

    /// <summary>
    /// Channels of a table that was read before (<see cref="SequenceEstimator.ChannelNames"/>): in long form, other columns are passed over
    /// and these come in their order. Default: none are known.
    /// </summary>
    public IReadOnlyList<string> KnownChannels { get; init; } = [];

    /// <summary>
    /// What is subtracted from values before they become 32-bit floats: such as that of a model's training data
    /// (<see cref="SequenceEstimator.Offsets"/>), of channels in the order of <see cref="KnownChannels"/>. Default
    /// (<see langword="null"/>): where floats would not hold what tells the values of a channel or target apart, a whole number near the
    /// least of them; the file is then read twice.
    /// </summary>
    public ValueOffsets? Offsets { get; init; }

    /// <summary>The offsets of the reading that goes on.</summary>
    internal OffsetTable? OffsetTable { get; init; }

    /// <summary>In wide form, how many channels a row interleaves (<c>2</c> for x1, y1, x2, y2, …); default (<see langword="null"/>): 1.
    /// In long form, the columns that are channels, separated by commas; default: all columns that are nothing else.</summary>
    public string? Channels { get; init; }

    /// <summary>
    /// What the axes of an array are, where a file says nothing of it (<c>.npy</c>, <c>.npz</c>, columns with lists of lists): a letter
    /// each, <c>n</c> for sequences, <c>t</c> for steps, <c>c</c> for channels. <c>ntc</c> is how Keras has them and PyTorch with
    /// <c>batch_first</c>, <c>nct</c> is how aeon and sktime have them. Default (<see langword="null"/>): of three axes, the longer of the
    /// last two is time, and a warning says so wherever it may be otherwise; of two they are <c>nt</c>.
    /// </summary>
    public string? Axes { get; init; }
}
