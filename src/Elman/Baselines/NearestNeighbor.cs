using System.Diagnostics;
using Elman.Kernels;

namespace Elman.Baselines;

/// <summary>Predicts the class of the nearest training sequence by dynamic time warping; of equally near ones, that of the first.</summary>
/// <param name="window">The share of the longer sequence by which steps may be shifted.</param>
internal sealed class NearestNeighbor(double window) : BaselineMethod
{
    /// <summary>The limits of cells and time for an estimate of the cost.</summary>
    private const long SampleCells = 10_000_000;

    private static readonly TimeSpan _sampleTime = TimeSpan.FromSeconds(0.1);

    public override string Name => FormattableString.Invariant($"1-NN DTW (window {100 * window:0.##} %)");

    public override bool GivesProbabilities => false;

    public override BaselineAnswers Answer(
        SequenceDataset train, SequenceDataset test, Workers workers, CancellationToken cancellationToken)
    {
        int[] nearest = new int[test.Count];
        var job = new SearchJob(new WarpedSearch(train, window), test, nearest, cancellationToken);
        workers.Run(ref job, test.Count);
        return new BaselineAnswers(Name, nearest.Select(index =>
        {
            float[] row = new float[train.ClassLabels.Count];
            row[train[index].Label] = 1;
            return row;
        }));
    }

    public override BaselineCost PredictCost(IReadOnlyList<BaselinePart> parts, int threads, CancellationToken cancellationToken)
    {
        double cells = parts.Sum(part => Cells(part.Train, part.Test)); // in double, since the sum may overflow long
        double secondsPerCell = Measure(parts[0], cancellationToken);
        int busy = Math.Min(Math.Min(threads, Environment.ProcessorCount), parts.Count > 1 ? parts.Count : parts[0].Test.Count);
        double seconds = Math.Min(cells * secondsPerCell / busy, TimeSpan.MaxValue.TotalSeconds / 2);
        return new BaselineCost((long)Math.Min(cells, long.MaxValue), TimeSpan.FromSeconds(seconds));
    }

    private double Cells(SequenceDataset train, SequenceDataset test)
    {
        double cells = 0;
        (int Steps, int Count)[] trainLengths = [.. train.GroupBy(sequence => sequence.Steps).Select(group => (group.Key, group.Count()))];
        foreach (IGrouping<int, Sequence> group in test.GroupBy(sequence => sequence.Steps))
            foreach ((int steps, int count) in trainLengths)
                cells += (double)count * group.Count() * DynamicTimeWarping.Cells(
                    group.Key, steps, DynamicTimeWarping.Radius(group.Key, steps, window));
        return cells;
    }

    /// <summary>Measures the seconds per cell of the matrices, with evenly spaced samples of test sequences and training
    /// sequences.</summary>
    private double Measure(BaselinePart part, CancellationToken cancellationToken)
    {
        SequenceDataset test = part.Test;
        double eachQuery = Cells(part.Train, test) / test.Count;
        SequenceDataset train = Spread(part.Train, (int)Math.Clamp(part.Train.Count * SampleCells / eachQuery, 1, part.Train.Count));
        var search = new WarpedSearch(train, window);
        SequenceDataset queries = Spread(test, Math.Min(test.Count, 20));
        search.Nearest(queries[0], cancellationToken); // compiles the measured code
        double cells = 0;
        var watch = Stopwatch.StartNew();
        foreach (Sequence query in queries)
        {
            search.Nearest(query, cancellationToken);
            cells += Cells(train, new SequenceDataset(test.Channels, test.ClassLabels, [query]));
            if (watch.Elapsed > _sampleTime)
                break;
        }
        return watch.Elapsed.TotalSeconds / cells;
    }

    private static SequenceDataset Spread(SequenceDataset data, int count) =>
        data.Subset(Enumerable.Range(0, count).Select(i => (int)((long)i * data.Count / count)));

    /// <summary>Searches the nearest training sequences; each part is a test sequence.</summary>
    private readonly struct SearchJob(WarpedSearch search, SequenceDataset test, int[] nearest, CancellationToken cancellationToken) : IJob
    {
        public void Execute(int part) => nearest[part] = search.Nearest(test[part], cancellationToken).Index;
    }
}
