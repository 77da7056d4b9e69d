using System.CommandLine;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;

namespace Elman.Cli.Commands;

/// <summary><c>elman evaluate</c>: compares a model's predictions with labels.</summary>
internal sealed class EvaluateCommand : Command
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The model file." };
    private readonly Argument<string> _data = new("DATA") { Description = DataSource.Help };
    private readonly DataOptionSet _dataOptions = DataOptionSet.Create();
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Terminal _terminal;

    public EvaluateCommand(Terminal terminal)
        : base("evaluate", "Evaluate a model on labelled data.")
    {
        _terminal = terminal;
        Arguments.Add(_model);
        Arguments.Add(_data);
        foreach (Option option in _dataOptions.Options)
            Options.Add(option);
        Options.Add(_json);
        SetAction(Run);
    }

    private int Run(ParseResult words)
    {
        using TaskRun task = TaskRun.Load(words.GetRequiredValue(_model));
        SequenceDataset data = new DataSource(
            _terminal, _dataOptions.Bind(words) with { Labels = task.Labels, UsualLabelColumn = task.UsualLabelColumn },
            _dataOptions.BindAudio(words))
            .LikeThoseOf(task.Estimator).ReadTest(words.GetRequiredValue(_data));
        if (task.Estimator.Options.Forecast.Known.Count == 0)
            Suitability.CheckMissing(data, task.Estimator.Options.Inputs.Missing, isTrained: true);
        TextReport.WarnOfUnknown(_terminal, task.Estimator, data);
        TimeDoubts.Warn(_terminal, task.Estimator, data);
        TimeDoubts.WarnOfBeginnings(_terminal, task.Estimator, data);
        TaskResult result = task.Evaluate(data);
        if (words.GetValue(_json))
        {
            JsonText.WriteObject(_terminal.Output, result.WriteMembers);
        }
        else
        {
            Lines.Write(_terminal, $"{data.Name}: {result.Line}");
            result.WriteTables(_terminal);
        }
        return ExitStatus.Done;
    }
}
