using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Elman.Cli.Reports;

/// <summary>Shows the progress of training: a bar on a terminal, occasional lines elsewhere.</summary>
internal static class TrainingWatch
{
    /// <summary>The share of work after which the remaining time is estimated; the beginning is slower than the rest.</summary>
    private const double LeastFraction = 0.02;

    private static readonly TimeSpan _leastTime = TimeSpan.FromSeconds(10);

    /// <summary>Runs training and shows its progress.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="json">Whether standard output is reserved for JSON; then progress is shown only if standard error is a
    /// terminal.</param>
    /// <param name="train">Trains and reports its progress.</param>
    public static TrainingSummary Run(Terminal terminal, bool json, Func<IProgress<TrainingProgress>?, TrainingSummary> train)
    {
        bool rich = json ? terminal.ErrorIsRich : terminal.OutputIsRich;
        if (rich)
            return RunWithBar(json ? terminal.CreateConsole(terminal.Error, rich) : terminal.Tables, train);
        if (json)
            return train(null);
        var lines = new EpochLines(terminal.Output);
        TrainingSummary summary = train(lines);
        lines.Finish();
        return summary;
    }

    private static TrainingSummary RunWithBar(IAnsiConsole console, Func<IProgress<TrainingProgress>?, TrainingSummary> train) =>
        console.Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(new ProgressBarColumn { Width = console.Profile.Width < 80 ? 8 : 20 }, new FiguresColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask("training", maxValue: 1);
                return train(new Bar(task));
            });

    /// <summary>Returns the values that fit after the bar; if space is short, the last ones are omitted.</summary>
    private static string Describe(TrainingProgress p, int width)
    {
        var parts = new List<string> { p.Candidate is { } candidate ? $"{p.Epoch}/{p.Epochs} {candidate}" : $"epoch {p.Epoch}/{p.Epochs}" };
        if (p.Candidate is null || double.IsFinite(p.Loss))
            parts.Add($"loss {Figures.Loss(p.Loss)}");
        if (p.Accuracy is { } accuracy)
            parts.Add($"acc {Figures.Percent(accuracy)}");
        if (p.ValidationAccuracy is { } validation)
            parts.Add($"val {Figures.Percent(validation)}");
        else if (p.ValidationLoss is { } validationLoss)
            parts.Add($"val {Figures.Loss(validationLoss)}");
        if (p.Fraction >= LeastFraction || p.Elapsed >= _leastTime)
            parts.Add($"{Figures.Duration(p.Remaining)} left");
        if (p.Candidate is null)
            parts.Add($"{Figures.Rate(p.SequencesPerSecond)} seq/s");
        while (parts.Count > 1 && parts.Sum(part => part.Length + 2) - 2 > width)
            parts.RemoveAt(parts.Count - 1);
        return string.Join("  ", parts);
    }

    private sealed class Bar(ProgressTask task) : IProgress<TrainingProgress>
    {
        private double? _validationLoss, _validationAccuracy;

        public void Report(TrainingProgress value)
        {
            // During an epoch, the value of the previous one stays visible.
            _validationLoss = value.ValidationLoss ?? _validationLoss;
            _validationAccuracy = value.ValidationAccuracy ?? _validationAccuracy;
            task.Tag = value with { ValidationLoss = _validationLoss, ValidationAccuracy = _validationAccuracy };
            task.Value = value.Fraction;
        }
    }

    private sealed class FiguresColumn : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.Tag is TrainingProgress progress
                ? Describe(progress, options.ConsoleSize.Width - (options.ConsoleSize.Width < 80 ? 8 : 20) - 3)
                : "");
    }

    /// <summary>Writes a line after the first and the last epoch, and in between at most every two seconds.</summary>
    private sealed class EpochLines(TextWriter output) : IProgress<TrainingProgress>
    {
        private static readonly TimeSpan _interval = TimeSpan.FromSeconds(2);

        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private TimeSpan _next;
        private TrainingProgress? _unwritten;

        public void Report(TrainingProgress value)
        {
            if (!value.EpochEnded)
                return;
            if (value.Epoch == 1 || value.Epoch == value.Epochs || _watch.Elapsed >= _next)
                Write(value);
            else
                _unwritten = value;
        }

        /// <summary>Writes the last epoch if it has no line yet, because training may stop early.</summary>
        public void Finish()
        {
            if (_unwritten is { } last)
                Write(last);
        }

        private void Write(TrainingProgress value)
        {
            _unwritten = null;
            _next = _watch.Elapsed + _interval;
            output.WriteLine(Describe(value, int.MaxValue));
            output.Flush();
        }
    }
}
