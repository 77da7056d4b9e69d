using System.Diagnostics;
using Elman.Kernels;

namespace Elman.Baselines;

/// <summary>A run of one method on the parts of a data set, within its time limit.</summary>
internal sealed class BaselineRun(
    BaselineProblem problem, BaselineMethod method, BaselinePart[] parts, BaselineOptions options,
    Func<BaselineMethod, Workers, CancellationToken, BaselineAnswers[]> answer)
{
    /// <summary>The longest time that timers support; it is longer than any run.</summary>
    private static readonly TimeSpan _longestTimer = TimeSpan.FromDays(24);

    /// <summary>Runs the method.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public BaselineResult Result(Workers workers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.TimeLimit is { } limit && limit < _longestTimer)
            limited.CancelAfter(limit);
        var watch = Stopwatch.StartNew();
        BaselineCost? cost = null;
        try
        {
            if (options.TimeLimit is { } most)
            {
                cost = method.PredictCost(parts, options.ResolvedThreads, limited.Token);
                if (cost?.Predicted > most)
                {
                    return Skipped(FormattableString.Invariant($"It would take about {Seconds(cost.Predicted)} ({cost.Cells:0.0e+0} ")
                        + FormattableString.Invariant($"cells), but TimeLimit is {Seconds(most)}; raise it to run this method."));
                }
            }
            BaselineAnswers[] answers = answer(method, workers, limited.Token);
            watch.Stop();
            return Judged(answers);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Skipped($"It was stopped at the TimeLimit of {Seconds(options.TimeLimit!.Value)}; raise TimeLimit to run it.");
        }

        BaselineResult Skipped(string reason, string? name = null) =>
            new(name ?? method.Name, problem.Measure, null) { SkippedBecause = reason, Duration = watch.Elapsed, Cost = cost };

        BaselineResult Judged(BaselineAnswers[] answers)
        {
            foreach (BaselineAnswers part in answers)
                if (part.SkippedBecause is { } reason)
                    return Skipped(reason, part.Name);
            SequenceDataset first = parts[0].Test;
            var all = new SequenceDataset(
                first.Channels, first.ClassLabels, parts.SelectMany(part => part.Test), first.Name, first.TargetNames);
            (object evaluation, double score, double logLoss) = problem.Judge(all, answers.SelectMany(part => part.Rows));
            return new(answers.All(part => part.Name == answers[0].Name) ? answers[0].Name : method.Name, problem.Measure, evaluation,
                parts.Length == 1 ? problem.CasesOf(all, answers[0].Rows) : CasesOfFirstRepeat(all, answers))
            {
                Score = score,
                LogLoss = method.GivesProbabilities && !double.IsNaN(logLoss) ? logLoss : null,
                FoldScores = parts.Length == 1 ? [] : [.. parts.Select((part, i) => problem.Judge(part.Test, answers[i].Rows).Score)],
                Duration = watch.Elapsed,
                Cost = cost,
            };
        }
    }

    /// <summary>Returns the predictions of the folds of the first repeat, in the order of the data.</summary>
    private Lazy<CaseAnswers>? CasesOfFirstRepeat(SequenceDataset all, BaselineAnswers[] answers)
    {
        int[] places = [.. parts.SelectMany(part => part.Places!)];
        int count = places.Max() + 1;
        var sequences = new Sequence[count];
        int[] order = new int[count]; // place → position in the folds
        for (int i = 0; i < count; i++)
            (sequences[places[i]], order[places[i]]) = (all[i], i);
        SequenceDataset data = all.With(all.ClassLabels, sequences, all.TargetNames);
        return problem.CasesOf(data, Ordered());

        IEnumerable<float[]> Ordered()
        {
            float[][] rows = [.. answers.SelectMany(part => part.Rows).Take(count)];
            foreach (int i in order)
                yield return rows[i];
        }
    }

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.##} s");
}
