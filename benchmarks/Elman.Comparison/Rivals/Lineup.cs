using System.Diagnostics;
using Elman.Comparison.Measuring;
using Elman.Comparison.Problems;
using Elman.Comparison.Rows;

namespace Elman.Comparison.Rivals;

/// <summary>The rivals of a row, set up with the same numbers and checked to agree.</summary>
internal sealed class Lineup : IDisposable
{
    private readonly List<Entrant> _entrants = [];
    private readonly List<string> _leftOut = [];

    /// <summary>Sets up the rivals, and lets each do the work once.</summary>
    /// <param name="row">The row.</param>
    /// <param name="python">The Python interpreter's file or command.</param>
    /// <exception cref="DisagreementException">Elman and another rival computed different results, and no third agrees with
    /// Elman.</exception>
    /// <exception cref="RivalException">A rival can't be set up.</exception>
    public Lineup(Row row, string python)
    {
        try
        {
            var problem = new Problem(row.Cell, row.Shape, row.Lengths);
            double tolerance = row.IsDouble ? Agreement.DoubleTolerance : Agreement.SingleTolerance;
            IReadOnlyList<NamedArray<double>>? ours = null;
            List<(string Name, IReadOnlyList<NamedArray<double>> Results)> theirs = [];
            List<Entrant> compared = [];
            foreach (Rival kind in row.Rivals)
            {
                bool ownProblem = kind is Rival.ElmanLevelled or Rival.ElmanLstm;
                IRival rival = Create(kind, row,
                    kind == Rival.ElmanLevelled ? Levelled(row) : ownProblem ? new Problem(Cell.Lstm, row.Shape, row.Lengths) : problem,
                    python);
                var entrant = new Entrant(rival);
                _entrants.Add(entrant);
                IReadOnlyList<NamedArray<double>> results = entrant.Check();
                if (ours is null)
                    ours = results;
                else if (!ownProblem)
                {
                    theirs.Add((rival.Name, results));
                    compared.Add(entrant);
                }
            }
            foreach ((int index, string reason) in Agreement.FindOutliers(theirs, ours!, tolerance))
            {
                _leftOut.Add(reason);
                _entrants.Remove(compared[index]);
                compared[index].Rival.Dispose();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The rivals, Elman first.</summary>
    public IReadOnlyList<Entrant> Entrants => _entrants;

    /// <summary>For each rival that is not measured because its results differ from those of all others, the reason.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Entrant entrant in _entrants)
            entrant.Rival.Dispose();
    }

    /// <summary>Returns a problem with the number of real steps of the row, in sequences whose lengths differ by at most one.</summary>
    private static Problem Levelled(Row row)
    {
        int[] lengths = Lengths.Levelled(row.Lengths.ToArray());
        return new Problem(row.Cell, row.Shape with { Steps = lengths[0] }, lengths);
    }

    private static IRival Create(Rival kind, Row row, Problem problem, string python)
    {
        bool ragged = row.Lengths[^1] != row.Lengths[0];
        string torch = !ragged ? "libtorch" : kind == Rival.TorchPacked ? "libtorch, packed" : "libtorch, padded";
        TorchBatching batching = kind == Rival.TorchPacked ? TorchBatching.Packed : TorchBatching.Padded;
        return (kind, row.Operation) switch
        {
            (Rival.Elman, Operation.Training) => new ElmanTraining<float>("Elman", problem, row.Threads),
            (Rival.Elman, Operation.Inference) => new ElmanInference("Elman", problem, row.Threads),
            (Rival.Elman, Operation.Streaming) => new ElmanStream("Elman", problem),
            (Rival.ElmanDouble, Operation.Training) => new ElmanTraining<double>("Elman", problem, row.Threads),
            (Rival.ElmanLstm, Operation.Training) => new ElmanTraining<float>("Elman, LSTM", problem, row.Threads),
            (Rival.ElmanLevelled, Operation.Training) => new ElmanTraining<float>("Elman, equal lengths", problem, row.Threads),
            (Rival.ElmanLevelled, Operation.Inference) => new ElmanInference("Elman, equal lengths", problem, row.Threads),
            (Rival.Torch or Rival.TorchPacked, Operation.Training) => new TorchTraining(torch, problem, row.Threads, batching),
            (Rival.Torch or Rival.TorchPacked, Operation.Inference) => new TorchInference(torch, problem, row.Threads, batching),
            (Rival.Torch, Operation.Streaming) => new TorchStream("libtorch", problem, row.Threads),
            (Rival.OnnxRuntime, Operation.Inference) => new OnnxInference("ONNX Runtime", problem, row.Threads),
            (Rival.OnnxRuntime, Operation.Streaming) => new OnnxStream("ONNX Runtime", problem, row.Threads),
            (Rival.NumPy, Operation.Training) => new NumPyTraining("NumPy", problem, python),
            _ => throw new ArgumentException($"{kind} has no {row.Operation}.", nameof(row)),
        };
    }
}

/// <summary>A rival, and the time of its first piece of work.</summary>
internal sealed class Entrant(IRival rival)
{
    /// <summary>The rival.</summary>
    public IRival Rival => rival;

    /// <summary>The time of <see cref="Check"/> in seconds.</summary>
    public double CheckSeconds { get; private set; }

    /// <inheritdoc cref="IRival.Check"/>
    public IReadOnlyList<NamedArray<double>> Check()
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<NamedArray<double>> results = rival.Check();
        CheckSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return results;
    }
}
