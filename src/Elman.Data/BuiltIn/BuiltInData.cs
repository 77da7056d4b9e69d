using System.Runtime.InteropServices;

namespace Elman.Data;

/// <summary>Generated data sets, which need no file; the same seed gives the same sequences.</summary>
public static class BuiltInData
{
    // After this number of repeated draws, a recipe is assumed to have no new sequence left.
    private const int MaxRedraws = 1000;

    /// <summary>All generators, in the order of lists.</summary>
    public static IReadOnlyList<IDataGenerator> Generators { get; } =
    [
        new SyntheticControl(), new CylinderBellFunnel(), new TemporalOrder(), new TemporalOrderOfThree(), new Parity(),
        new AddingProblem(), new EmbeddedReber(), new LagCopy(), new PseudoWords(), new HourlyLoad(),
    ];

    /// <summary>Returns the generator with a name.</summary>
    /// <param name="name">One of the names of <see cref="Generators"/>.</param>
    /// <exception cref="ArgumentException">There is no data set with that name.</exception>
    public static IDataGenerator Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Generators.FirstOrDefault(g => g.Name == name)
            ?? throw new ArgumentException(
                $"There is no built-in data set {Quoted(name)}; available are "
                    + $"{string.Join(", ", Generators.Select(g => g.Name))}.", nameof(name));
    }

    /// <summary>Draws a training set and a test set.</summary>
    /// <param name="name">One of the names of <see cref="Generators"/>.</param>
    /// <param name="seed">Any number; the same one gives the same sequences.</param>
    /// <param name="trainCases">The number of training sequences; by default, the generator's
    /// <see cref="IDataGenerator.DefaultTrainCases"/>.</param>
    /// <param name="testCases">The number of test sequences; by default, the generator's
    /// <see cref="IDataGenerator.DefaultTestCases"/>.</param>
    /// <returns>The two data sets; no sequence is in both.</returns>
    /// <exception cref="ArgumentException">There is no data set with that name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of cases is below 0.</exception>
    public static (SequenceDataset Train, SequenceDataset Test) Load(
        string name, long seed, int? trainCases = null, int? testCases = null) =>
        Load(Find(name), seed, trainCases, testCases);

    /// <summary>Draws a training set and a test set from a custom generator.</summary>
    /// <param name="generator">The recipe.</param>
    /// <param name="seed">Any number; the same one gives the same sequences.</param>
    /// <param name="trainCases">The number of training sequences; by default, the generator's
    /// <see cref="IDataGenerator.DefaultTrainCases"/>.</param>
    /// <param name="testCases">The number of test sequences; by default, the generator's
    /// <see cref="IDataGenerator.DefaultTestCases"/>.</param>
    /// <returns>The two data sets; no sequence is in both.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of cases is below 0.</exception>
    /// <exception cref="InvalidOperationException">The generator has too few different sequences for a separate test set.</exception>
    public static (SequenceDataset Train, SequenceDataset Test) Load(
        IDataGenerator generator, long seed, int? trainCases = null, int? testCases = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var random = new SeededRandom(seed);
        SequenceDataset train = generator.Generate(trainCases ?? generator.DefaultTrainCases, random);
        SequenceDataset test = generator.Generate(testCases ?? generator.DefaultTestCases, random);

        var seen = new HashSet<Sequence>(train, SameValues.Comparer);
        Sequence[] fresh = [.. test];
        for (int i = 0; i < fresh.Length; i++)
        {
            for (int redraws = 0; seen.Contains(fresh[i]); redraws++)
            {
                if (redraws == MaxRedraws)
                    throw new InvalidOperationException(
                        $"'{generator.Name}' has no further sequence for the test set that is not in the training set; request fewer "
                            + "cases.");
                fresh[i] = generator.Draw(Math.Max(fresh[i].Label, 0), random);
            }
        }
        return (Named(train, "train"),
            Named(new SequenceDataset(test.Channels, test.ClassLabels, fresh, test.Name, test.TargetNames)
            {
                ChannelNames = test.ChannelNames,
                Vocabularies = test.Vocabularies,
            }, "test"));
    }

    private static SequenceDataset Named(SequenceDataset data, string part) =>
        new(data.Channels, data.ClassLabels, data, $"{data.Name} ({part})", data.TargetNames)
        { ChannelNames = data.ChannelNames, Vocabularies = data.Vocabularies };

    private sealed class SameValues : IEqualityComparer<Sequence>
    {
        public static SameValues Comparer { get; } = new();

        public bool Equals(Sequence x, Sequence y) => x.Values.Span.SequenceEqual(y.Values.Span);

        public int GetHashCode(Sequence sequence)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(sequence.Values.Span));
            return hash.ToHashCode();
        }
    }
}
