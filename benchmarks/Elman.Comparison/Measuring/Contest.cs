using Elman.Comparison.Rivals;
using Elman.Comparison.Rows;

namespace Elman.Comparison.Measuring;

/// <summary>
/// Has the rivals of a row take turns, A B A B, in one process: what disturbs the machine for longer than a round disturbs all of
/// them, and hardly moves the ratio of turns that follow each other.
/// </summary>
internal sealed class Contest(Effort effort, string python)
{
    /// <summary>
    /// Until the compiler has settled: it looks at a method after thirty calls and replaces it in the background
    /// a tenth of a second or two later.
    /// </summary>
    private const double FirstWarmUp = 0.3;

    /// <summary>A rival whose first piece of work took longer than that, in seconds, is warm.</summary>
    private const double SlowCheck = 1;

    private readonly HashSet<(string Rival, Operation Operation, string Cell, int Threads)> _settled = [];

    /// <summary>Measures a row.</summary>
    /// <exception cref="DisagreementException">Two rivals computed different things.</exception>
    /// <exception cref="RivalException">One of them can't be set up.</exception>
    public RowResult Hold(Row row)
    {
        using var lineup = new Lineup(row, python);
        IReadOnlyList<Entrant> entrants = lineup.Entrants;
        int[] repetitions = [.. entrants.Select(entrant => WarmUp(entrant, row))];
        List<double>[] seconds = [.. entrants.Select(_ => new List<double>())];
        List<double> bytes = [];
        double elapsed = 0;
        var load = new ProcessorTime();
        for (int round = 0; effort.WantsMore(round, elapsed, entrants.Count); round++)
        {
            for (int i = 0; i < entrants.Count; i++)
            {
                if (row.Threads > 1)
                    Silence.Wait();
                long before = GC.GetTotalAllocatedBytes(precise: true);
                // A rival whose first piece of work took longer than the row may take is not asked for a second.
                double turn = round == 0 && entrants[i].CheckSeconds > effort.Limit
                    ? entrants[i].CheckSeconds
                    : entrants[i].Rival.Run(repetitions[i]);
                if (i == 0)
                    bytes.Add((double)(GC.GetTotalAllocatedBytes(precise: true) - before) / repetitions[i]);
                seconds[i].Add(turn / repetitions[i]);
                elapsed += turn;
            }
        }
        double? others = load.OthersShare();
        RivalTimes[] times = [.. entrants.Zip(seconds, (entrant, turns) => new RivalTimes(entrant.Rival.Name, [.. turns]))];
        return new RowResult(row, times[0], Statistics.Median(bytes), times[1..], others);
    }

    /// <summary>Runs for a while, and finds how many repetitions make a turn.</summary>
    private int WarmUp(Entrant entrant, Row row)
    {
        IRival rival = entrant.Rival;
        bool first = _settled.Add((rival.Name, row.Operation, row.Cell.Name, row.Threads));
        if (entrant.CheckSeconds > SlowCheck)
            return 1;
        double wanted = first ? FirstWarmUp : Math.Min(FirstWarmUp, effort.Budget / 6);
        int repetitions = 1;
        double elapsed = 0;
        while (true)
        {
            double turn = rival.Run(repetitions);
            elapsed += turn;
            if (turn < effort.Turn)
                repetitions *= 2;
            else if (elapsed >= wanted)
                return repetitions;
        }
    }
}
