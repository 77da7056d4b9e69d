using System.CommandLine;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Runs;
using Elman.Cli.Tasks;
using Elman.Reports;

namespace Elman.Cli.Commands;

/// <summary><c>elman evaluate</c>: compares a model's predictions with labels.</summary>
internal sealed class EvaluateCommand : Command
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The model file, or the folder of a run." };
    private readonly Argument<string> _data = new("DATA") { Description = DataSource.Help };
    private readonly DataOptionSet _dataOptions = DataOptionSet.Create();
    private readonly Option<string?> _report = TextOption.Create(
        "--report", "FILE.html", "Write a report with figures, intervals and pictures as one HTML file that needs no network.");
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
        Options.Add(_report);
        Options.Add(_json);
        SetAction(Run);
    }

    private int Run(ParseResult words)
    {
        string? report = words.GetValue(_report);
        if (report is not null)
            OutputFile.CheckWritable("--report", report);
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
        if (report is not null)
            WriteReport(words, task, data, report);
        if (words.GetValue(_json))
        {
            CaseAnswers? cases = task.Estimator.CanKeepCases(data) ? task.Estimator.EvaluateCases(data) : null;
            JsonText.WriteObject(_terminal.Output, json =>
            {
                result.WriteMembers(json);
                if (cases is not null)
                    MetricsJson.WriteMembers(json, cases, new IntervalOptions(), task.HasRightAnswers ? "perClass" : "parts");
            });
        }
        else
        {
            Lines.Write(_terminal, $"{data.Name}: {result.Line}");
            result.WriteTables(_terminal);
            if (report is not null)
                Lines.Write(_terminal, $"Report: {report}");
        }
        return ExitStatus.Done;
    }

    private void WriteReport(ParseResult words, TaskRun task, SequenceDataset data, string path)
    {
        if (!task.Estimator.CanKeepCases(data))
            throw new CommandException($"--report needs all predictions in memory, but {data.Name} has too many; give a part of the data.");
        Report report = ReportBuilder.Build(new ReportSource(task, data.Name)
        {
            Test = data,
            ModelPath = RunFolder.ModelOf(words.GetRequiredValue(_model)),
            Words = [.. words.Tokens.Select(token => token.Value)],
        });
        ReportFiles.WritePage(path, report);
    }
}
