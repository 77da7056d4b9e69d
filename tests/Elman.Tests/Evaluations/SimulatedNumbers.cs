
namespace Elman.Tests.Evaluations;

/// <summary>Simulated predictions of numbers whose true errors are known.</summary>
/// <param name="IsHeavy">Whether errors are cubes of normal numbers, with heavy tails; otherwise they are normal.</param>
/// <param name="OfGroup">The number of cases of a group, which share half of the variance of their errors.</param>
public sealed record SimulatedNumbers(bool IsHeavy, int OfGroup)
{
    /// <summary>The share of samples whose interval contains the true value, for each figure.</summary>
    public Dictionary<string, double> Coverage(int cases, int samples, int seed)
    {
        Dictionary<string, double> truth = Draw(200_000, new SeededRandom(seed)).Intervals(new IntervalOptions { Resamples = 200 })
            .ToDictionary(figure => figure.Figure, figure => figure.Interval.Estimate);
        var hits = truth.Keys.ToDictionary(name => name, _ => 0);
        for (int sample = 0; sample < samples; sample++)
        {
            foreach (FigureInterval figure in Draw(cases, new SeededRandom(seed + 1 + sample)).Intervals(
                new IntervalOptions { Resamples = 500 }))
            {
                double value = truth[figure.Figure];
                hits[figure.Figure] += figure.Interval.Lower <= value && value <= figure.Interval.Upper ? 1 : 0;
            }
        }
        return hits.ToDictionary(hit => hit.Key, hit => (double)hit.Value / samples);
    }

    private NumberAnswers Draw(int cases, SeededRandom random)
    {
        var sequences = new Sequence[cases];
        float[][] answers = new float[cases][];
        double ofGroup = 0;
        float[] value = [0];
        for (int i = 0; i < cases; i++)
        {
            ofGroup = i % OfGroup == 0 ? random.NextNormal() : ofGroup;
            double normal = OfGroup == 1 ? random.NextNormal() : (ofGroup + random.NextNormal()) / Math.Sqrt(2);
            double error = IsHeavy ? normal * normal * normal : normal, target = 2 * random.NextNormal();
            sequences[i] = new Sequence(value, 1) { Group = OfGroup == 1 ? null : $"g{i / OfGroup}" }
                .WithTargets(new float[] { (float)target });
            answers[i] = [(float)(target + error)];
        }
        return NumberAnswers.OfTargets(["y"], new SequenceDataset(1, [], sequences, "simulated", ["y"]), answers);
    }
}
