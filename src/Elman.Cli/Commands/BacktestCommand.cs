using System.CommandLine;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Reports;
using Elman.Data;

namespace Elman.Cli.Commands;

/// <summary><c>elman backtest</c>: evaluates forecasts from several points of the past.</summary>
internal sealed class BacktestCommand : Command
{
    private const int DefaultFolds = 5;

    private readonly Argument<string> _data = new("DATA") { Description = $"The series. {DataSource.Help}" };
    private readonly Option<int> _folds = TextOption.Create("--folds", "N",
        $"Number of folds, which divide the last 40 % of the steps. Default: {DefaultFolds}.", OptionText.WholeNumber);
    private readonly Option<int> _season = TextOption.Create("--season", "N", "Period in steps, for the seasonal naive baseline and scaled "
        + "errors. Default: found in the data.", OptionText.WholeNumber);
    private readonly TrainingOptionSet _trainingOptions = new();
    private readonly DataOptionSet _dataOptions = DataOptionSet.Create();
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Terminal _terminal;

    public BacktestCommand(Terminal terminal)
        : base("backtest", "Backtest forecasts from several points of the past, beside simple baselines.")
    {
        _terminal = terminal;
        Arguments.Add(_data);
        foreach (Option option in (Option[])[_folds, _season, .. _trainingOptions.Options, .. _dataOptions.Options, _json])
            Options.Add(option);
        SetAction(words => _trainingOptions.Naming(() => Run(words)));
    }

    private int Run(ParseResult words)
    {
        TrainingOptions options = _trainingOptions.Bind(words);
        int folds = words.Has(_folds) ? words.GetValue(_folds) : DefaultFolds;
        int? season = words.Has(_season) ? words.GetValue(_season) : null;
        if (folds < 1 || season < 1)
            throw new CommandException($"{(folds < 1 ? $"--folds is {folds}" : $"--season is {season}")}; it must be at least 1.");
        if (_trainingOptions.ValidationData(words) is not null || options.Validation > 0)
            throw new CommandException("elman backtest tests on what comes next and takes no --validation; leave it out.");
        var source = new DataSource(
            _terminal, _dataOptions.Bind(words) with { Labels = LabelKind.None }, _dataOptions.BindAudio(words));
        SequenceDataset data = source.ReadTrain(words.GetRequiredValue(_data));
        if (options.Forecast.Known.Count == 0)
            Suitability.CheckMissing(data, options.Inputs.Missing, isTrained: false);
        Suitability.CheckForecast(data, options);
        foreach (string doubt in Doubts.About(data).Concat(TimeDoubts.About(data)))
            _terminal.Warn(doubt);

        bool json = words.GetValue(_json);
        if (!json)
            Lines.Write(_terminal, $"Backtest of {data.Name}: {Figures.Count(data.Count, "sequence")}, {Figures.Steps(data)}, "
                + $"{Figures.Count(options.Forecast.Horizon, "step")} ahead, {Figures.Count(folds, "fold")}");
        IReadOnlyList<BacktestFold> results;
        using (var interruption = new Interruption(
            () => _terminal.Say("stopping after this fold; press Ctrl-C again to stop at once."), _terminal.Stop))
        using (var progress = new FoldProgress(_terminal, folds))
            results = Backtest.Run(data, options, folds, season, progress, interruption.Token);
        if (json)
            BacktestReport.WriteJson(_terminal.Output, results);
        else
            BacktestReport.Write(_terminal, results, folds);
        return ExitStatus.Done;
    }
}
