using Elman.Comparison.Rivals;
using Elman.Comparison.Rows;

namespace Elman.Comparison.Measuring;

/// <summary>
/// Measures the rivals of a row in turns, A B A B, in one process. A disturbance of the machine that lasts longer than a round affects all
/// of them, so it hardly changes the ratio of consecutive turns.
/// </summary>
internal sealed class Contest(Effort effort, string python)
{
    /// <summary>
    /// The first warm-up in seconds, until the compiler has settled: it selects a method after thirty calls, and replaces it in the
    /// background one or two tenths of a second later.
    /// </summary>
    private const double FirstWarmUp = 0.3;

    /// <summary>A rival whose first piece of work took longer than this, in seconds, needs no warm-up.</summary>
    private const double SlowCheck = 1;

    private readonly HashSet<(string Rival, Operation Operation, string Cell, int Threads)> _settled = [];

    /// <summary>Measures a row.</summary>
    /// <exception cref="DisagreementException">Elman and another rival computed different things, and no third agrees with
    /// Elman.</exception>
    /// <exception cref="RivalException">A rival can't be set up.</exception>
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
                // If the first piece of work of a rival took longer than the limit of the row, it is not repeated.
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
        return new RowResult(row, times[0], Statistics.Median(bytes), times[1..], others) { LeftOut = lineup.LeftOut };
    }

    /// <summary>Runs for a while, and determines the number of repetitions per turn.</summary>
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
