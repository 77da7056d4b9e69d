using System.CommandLine;
using System.Numerics.Tensors;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Output;

namespace Elman.Cli.Commands;

/// <summary><c>elman predict</c>: tells the class of every sequence, for programs to read.</summary>
internal sealed class PredictCommand : Command
{
    private const string StandardInput = "-";

    private static readonly string[] _inputFormats = ["ts", "csv", "tsv"];

    private readonly Argument<string> _model = new("MODEL") { Description = "The model file." };
    private readonly Argument<string> _data = new("DATA") { Description = $"{DataSource.Help} '-' for standard input. Labels are not looked at." };
    private readonly Option<PredictionFormat> _format = TextOption.Create("--format", "csv|jsonl", "What is written: csv, or jsonl, a JSON object a line. Default: csv.", Words.Value<PredictionFormat>);
    private readonly Option<string> _inputFormat = TextOption.Create("--input-format", "ts|csv|tsv", "What standard input is. Default: ts if it begins with @ or #, else csv.", (option, text) => Words.Choice(option, text, _inputFormats));
    private readonly DataOptionSet _dataOptions = DataOptionSet.CreateWithoutFormat();
    private readonly Terminal _terminal;

    public PredictCommand(Terminal terminal)
        : base("predict", "Tell the class of each sequence, with the probabilities of all classes.")
    {
        _terminal = terminal;
        Arguments.Add(_model);
        Arguments.Add(_data);
        Options.Add(_format);
        Options.Add(_inputFormat);
        foreach (Option option in _dataOptions.Options)
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult words)
    {
        string name = words.GetRequiredValue(_data);
        string? inputFormat = words.GetValue(_inputFormat);
        if (inputFormat is not null && name != StandardInput)
            throw new CommandException($"--input-format is for standard input; '{name}' tells its format itself.");

        using SequenceClassifier classifier = SequenceClassifier.Load(words.GetRequiredValue(_model));
        var source = new DataSource(_terminal, _dataOptions.Bind(words));
        (SequenceDataset data, string? format) = name == StandardInput ? source.ReadInput(inputFormat) : (source.ReadTest(name), FormatOf(name));
        if (KnowsNoLabel(classifier, data))
        {
            // Only delimited files leave it open whether they have labels.
            string hint = format is "csv" or "tsv" ? "; if the file has no labels, add --label-column none, or its last column is taken for them" : "";
            _terminal.Error.WriteLine($"elman: warning: no label of {data.Name} is a class of the model{hint}.");
        }

        Tensor<float> probabilities = classifier.PredictProbabilities(data); // [sequences, classes]
        float[] rows = new float[probabilities.FlattenedLength];
        probabilities.FlattenTo(rows);
        Predictions.Write(_terminal.Output, words.GetValue(_format), classifier.Classes, rows);
        return ExitStatus.Done;
    }

    private static string? FormatOf(string name) => DataSource.IsBuiltIn(name) ? null : Path.GetExtension(name).TrimStart('.').ToLowerInvariant();

    private static bool KnowsNoLabel(SequenceClassifier classifier, SequenceDataset data) =>
        data.ClassLabels.Count > 0 && !data.ClassLabels.Intersect(classifier.Classes, StringComparer.Ordinal).Any();
}
