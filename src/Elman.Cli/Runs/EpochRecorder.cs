using System.Diagnostics;
using Elman.Cli.Output;
using Elman.Reports.TensorBoard;

namespace Elman.Cli.Runs;

/// <summary>
/// Passes the progress of training on, and records it in the folder of a run while it lasts: epochs in <c>results.csv</c>, and all that
/// ends in the log.
/// </summary>
internal sealed class EpochRecorder(
    RunFolder run, RunLog log, TensorBoardLog? curves, IProgress<TrainingProgress>? next) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly List<(int Epoch, string Row)> _rows = ResultsTable.Rows(run.Results);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next;
    private bool _isDivergedTold;
    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        next?.Report(value);
        curves?.Report(value);
        if (value.DivergedEpoch is int epoch && !_isDivergedTold)
        {
            _isDivergedTold = true;
            log.Warn(DivergenceNote.For(epoch));
        }
        if (!value.EpochEnded)
            return;
        log.Write(value.Candidate is null ? "epoch" : "candidate", members: json =>
        {
            if (value.Candidate is { } candidate)
                json.WriteString("candidate", candidate);
            json.WriteNumber("number", value.Epoch);
            json.WriteNumber("of", value.Epochs);
            json.WriteNumberOrNull("trainLoss", value.Loss);
            json.WriteNumberOrNull("trainAccuracy", value.Accuracy);
            json.WriteNumberOrNull("validationLoss", value.ValidationLoss);
            json.WriteNumberOrNull("validationAccuracy", value.ValidationAccuracy);
            json.WriteNumber("learningRate", value.LearningRate);
            json.WriteNumber("seconds", value.Elapsed.TotalSeconds);
        });
        if (value.Candidate is null)
            Add(new EpochResult(value.Epoch, value.Loss, value.Accuracy, value.ValidationLoss, value.ValidationAccuracy)
            {
                LearningRate = value.LearningRate,
                Elapsed = value.Elapsed,
            });
    }

    /// <summary>Adds an epoch to the file, which is written at most once a second; it is written as a whole after training.</summary>
    private void Add(EpochResult epoch)
    {
        _rows.RemoveAll(row => row.Epoch >= epoch.Epoch); // of a process that was interrupted after its last checkpoint
        _rows.Add((epoch.Epoch, ResultsTable.Row(epoch)));
        if (_watch.Elapsed < _next)
            return;
        _next = _watch.Elapsed + _interval;
        try
        {
            ResultsTable.Write(run.Results, _rows.Select(row => row.Row));
        }
        catch (CommandException)
        {
            // Training goes on; if the file can't be written at the end, that is said.
        }
    }
}
