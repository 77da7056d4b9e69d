using System.CommandLine;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;
using Elman.Data;

namespace Elman.Cli.Commands;

/// <summary><c>elman predict</c>: prints predictions in a machine-readable format.</summary>
internal sealed class PredictCommand : Command
{
    private const string StandardInput = "-";

    private static readonly string[] _inputFormats = ["ts", "csv", "tsv", "arff", "jsonl"];

    private readonly Argument<string> _model = new("MODEL") { Description = "The model file, or the folder of a run." };
    private readonly Argument<string?> _data = new("DATA")
    {
        Description = $"{DataSource.Help} '-' for standard input. Labels are ignored.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<PredictionFormat> _format = TextOption.Create(
        "--format", "csv|jsonl", "Output format: csv, or jsonl, one JSON object per line. Default: csv.",
        OptionText.Value<PredictionFormat>);
    private readonly Option<string> _inputFormat = TextOption.Create(
        "--input-format", "ts|csv|tsv|arff|jsonl",
        "Format of standard input. Default: ts if it begins with @ or #, jsonl if it begins with a brace, else csv.",
        (option, text) => OptionText.Choice(option, text, _inputFormats));
    private readonly Option<bool> _stream = new("--stream")
    {
        Description = "Read steps from standard input, one per line with comma-separated values, ? for a missing one, and print a "
            + "prediction for each at once. For a model with one text channel, a line is text whose characters or words are the steps. "
            + "An empty line starts a new sequence.",
    };
    private readonly Option<bool> _index = new("--index")
    {
        Description = "Name sequences by their index in DATA, from 0, even where they have ids.",
    };
    private readonly DataOptionSet _dataOptions = DataOptionSet.CreateWithoutFormat();
    private readonly Terminal _terminal;

    public PredictCommand(Terminal terminal)
        : base("predict", "Print the predictions of a model for each sequence: classes with probabilities, or numbers.")
    {
        _terminal = terminal;
        Arguments.Add(_model);
        Arguments.Add(_data);
        Options.Add(_format);
        Options.Add(_inputFormat);
        Options.Add(_stream);
        Options.Add(_index);
        foreach (Option option in _dataOptions.Options)
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult words)
    {
        if (words.GetValue(_stream))
            return RunStream(words);
        string name = words.GetValue(_data) ?? throw new CommandException(
            "elman predict needs DATA: a file, '-' for standard input, or --stream for a prediction after each step.");
        string? inputFormat = words.GetValue(_inputFormat);
        if (inputFormat is not null && name != StandardInput)
            throw new CommandException($"--input-format is for standard input only; the format of '{name}' is detected. Leave it out.");

        using TaskRun task = TaskRun.Load(words.GetRequiredValue(_model));
        string? guessed = null;
        DataSource source = new DataSource(_terminal, _dataOptions.Bind(words) with
        {
            Labels = task.Labels == LabelKind.None ? LabelKind.None : LabelKind.Any,
            UsualLabelColumn = task.UsualLabelColumn,
            LabelColumnGuessed = column => guessed = column,
        }, _dataOptions.BindAudio(words)).LikeThoseOf(task.Estimator);
        SequenceDataset data = name == StandardInput ? source.ReadInput(inputFormat) : source.ReadTest(name);
        if (task.Estimator.Options.Forecast.Known.Count == 0)
            Suitability.CheckMissing(data, task.Estimator.Options.Inputs.Missing, isTrained: true);
        if (guessed is not null && Doubt(task, data, guessed) is { } doubt)
            _terminal.Warn(
                $"{doubt}; if the file has no labels, add --label-column none; otherwise its last column is read as the "
                    + "labels.");

        TextReport.WarnOfUnknown(_terminal, task.Estimator, data);
        TimeDoubts.Warn(_terminal, task.Estimator, data);
        task.Predict(data, new AnswerWriter(_terminal.Output, words.GetValue(_format), words.GetValue(_index)));
        return ExitStatus.Done;
    }

    private int RunStream(ParseResult words)
    {
        if (words.GetValue(_data) is { } name && name != StandardInput)
            throw new CommandException($"--stream reads standard input; leave out '{name}'.");
        if (words.Has(_inputFormat))
            throw new CommandException("--stream reads lines of values; --input-format is for whole files. Leave it out.");
        if (_dataOptions.Given(words).FirstOrDefault() is { } option)
            throw new CommandException($"--stream reads lines in the form of the training data; leave out {option}.");
        using TaskRun task = TaskRun.Load(words.GetRequiredValue(_model));
        using SequenceSession session = task.Estimator.OpenSession();
        using Stream input = _terminal.Input();
        StepLines.Answer(input, task, session, words.GetValue(_format), _terminal);
        return ExitStatus.Done;
    }

    /// <summary>Returns the reason why the last column probably does not hold labels.</summary>
    private static string? Doubt(TaskRun task, SequenceDataset data, string column) => task.Labels switch
    {
        LabelKind.Numbers when !task.Names.Contains(column, StringComparer.OrdinalIgnoreCase) =>
            $"no column of {data.Name} has the name of a target of the model",
        LabelKind.Class or LabelKind.Steps when data.ClassLabels.Count > 0
            && data.ClassLabels.Except(task.Names, StringComparer.Ordinal).FirstOrDefault() is { } label =>
            $"{Quoted(label)} in the last column of {data.Name} is not a class of the model",
        _ => null,
    };
}
