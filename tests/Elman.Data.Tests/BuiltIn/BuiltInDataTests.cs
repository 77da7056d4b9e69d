using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Elman.Data.Tests.BuiltIn;

public class BuiltInDataTests
{
    public static TheoryData<string> Names => [.. BuiltInData.Generators.Select(g => g.Name)];

    private static byte[] Bytes(SequenceDataset data)
    {
        using var content = new MemoryStream();
        foreach (Sequence s in data)
        {
            content.Write(MemoryMarshal.AsBytes<int>([s.Steps, s.Label]));
            content.Write(MemoryMarshal.AsBytes(s.Values.Span));
        }
        return content.ToArray();
    }

    [Fact]
    public void The_catalog_is_in_order_and_without_doubles()
    {
        Assert.Equal(["synthetic-control", "cylinder-bell-funnel", "temporal-order", "temporal-order-3", "parity", "adding",
            "embedded-reber", "lag-copy", "pseudo-words", "hourly-load"], BuiltInData.Generators.Select(g => g.Name));
        Assert.All(BuiltInData.Generators, g => Assert.Same(g, BuiltInData.Find(g.Name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_generator_describes_what_it_draws(string name)
    {
        IDataGenerator generator = BuiltInData.Find(name);
        Assert.NotEmpty(generator.Description);
        Assert.NotEmpty(generator.Source);
        Assert.DoesNotContain('\n', generator.Description);
        SequenceDataset data = generator.Generate(generator.ClassLabels.Count, new SeededRandom(1));
        Assert.Equal(generator.Channels, data.Channels);
        Assert.Equal(generator.ClassLabels, data.ClassLabels);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Default_sizes_are_balanced(string name)
    {
        IDataGenerator generator = BuiltInData.Find(name);
        (SequenceDataset train, SequenceDataset test) = BuiltInData.Load(name, 1);
        Assert.Equal((generator.DefaultTrainCases, generator.DefaultTestCases), (train.Count, test.Count));
        if (generator.Labels == LabelKind.Class)
        {
            Assert.Single(train.CountByClass().Distinct());
            Assert.Single(test.CountByClass().Distinct());
        }
        Assert.All(train, sequence => Assert.Equal(
            (generator.Labels == LabelKind.Class, generator.Labels == LabelKind.Steps, generator.Labels == LabelKind.Numbers),
            (sequence.Label >= 0, !sequence.StepLabels.IsEmpty, !sequence.Targets.IsEmpty)));
        Assert.Equal(generator.TargetNames, train.TargetNames);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Classes_differ_by_one_case_at_most(int cases)
    {
        int[] counts = BuiltInData.Find("synthetic-control").Generate(cases, new SeededRandom(1)).CountByClass();
        Assert.Equal(cases, counts.Sum());
        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_seed_gives_the_same_sequences_and_another_seed_others(string name)
    {
        byte[] first = Bytes(BuiltInData.Load(name, 1, 12, 12).Train);
        Assert.Equal(first, Bytes(BuiltInData.Load(name, 1, 12, 0).Train));
        Assert.NotEqual(first, Bytes(BuiltInData.Load(name, 2, 12, 12).Train));
        Assert.NotEqual(first, Bytes(BuiltInData.Load(name, 1, 12, 12).Test));
    }

    [Theory]
    [InlineData("synthetic-control", "ee3afabf870b3372")]
    [InlineData("cylinder-bell-funnel", "1ffc79c513c91c53")]
    [InlineData("temporal-order", "f2677421e0ca6975")]
    public void The_bits_stay_the_same(string name, string sha256)
    {
        (SequenceDataset train, SequenceDataset test) = BuiltInData.Load(name, 7, 60, 60);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData([.. Bytes(train), .. Bytes(test)]))[..16]);
    }

    [Fact]
    public void Train_and_test_share_no_sequence_even_if_there_are_few()
    {
        (SequenceDataset train, SequenceDataset test) = BuiltInData.Load(new Dice(6), 3, 4, 200);
        Assert.Empty(train.Select(s => s.Values.Span[0]).Intersect(test.Select(s => s.Values.Span[0])));
        Assert.Equal(200, test.Count);
    }

    [Fact]
    public void A_recipe_that_runs_out_of_sequences_reports_it() =>
        Assert.Contains("'dice'", Assert.Throws<InvalidOperationException>(() => BuiltInData.Load(new Dice(1), 3, 1, 1)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        string message = Assert.Throws<ArgumentException>(() => BuiltInData.Load("subtracting", 1)).Message;
        Assert.Contains("'subtracting'", message, StringComparison.Ordinal);
        Assert.Contains("synthetic-control, cylinder-bell-funnel, temporal-order", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_number_of_cases_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BuiltInData.Load("temporal-order", 1, -1));

    // One throw of a die: the number of different sequences is that of its faces.
    private sealed class Dice(int faces) : IDataGenerator
    {
        public string Name => "dice";

        public string Description => "";

        public string Source => "";

        public int Channels => 1;

        public IReadOnlyList<string> ClassLabels { get; } = ["thrown"];

        public int DefaultTrainCases => 1;

        public int DefaultTestCases => 1;

        public Sequence Draw(int label, SeededRandom random) => new(new float[] { random.NextInt32(faces) }, 1, label);
    }
}
