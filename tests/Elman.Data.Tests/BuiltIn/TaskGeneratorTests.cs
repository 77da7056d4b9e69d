namespace Elman.Data.Tests.BuiltIn;

/// <summary>The built-in data for tasks other than single classes, and the harder data with single classes.</summary>
public class TaskGeneratorTests
{
    [Fact]
    public void Three_signs_stand_in_their_places_in_the_order_of_the_class()
    {
        SequenceDataset data = BuiltInData.Find("temporal-order-3").Generate(800, new SeededRandom(1));
        Assert.All(data, sequence =>
        {
            string text = Text(sequence, "abcdXYEB");
            Assert.Matches("^E[a-d]{9,19}[XY][a-d]{12,32}[XY][a-d]{22,42}[XY][a-d]{22,42}B$", text);
            Assert.InRange(text.Length, 100, 110);
            Assert.Equal(data.ClassLabels[sequence.Label], string.Concat(text.Where(c => c is 'X' or 'Y')));
        });
    }

    [Fact]
    public void Parity_is_that_of_the_bits_and_every_length_comes_up()
    {
        SequenceDataset data = BuiltInData.Find("parity").Generate(5000, new SeededRandom(1));
        Assert.All(
            data, sequence => Assert.Equal(data.ClassLabels[sequence.Label], sequence.Values.ToArray().Sum() % 2 == 0 ? "even" : "odd"));
        Assert.Equal(Enumerable.Range(1, 50), data.Select(sequence => sequence.Steps).Distinct().Order());
        Assert.Equal(0.5, data.Average(sequence => sequence.Values.ToArray().Average()), 0.02);
    }

    [Fact]
    public void The_sum_is_of_one_marked_number_in_each_half()
    {
        SequenceDataset data = BuiltInData.Find("adding").Generate(500, new SeededRandom(1));
        Assert.Equal(["sum"], data.TargetNames);
        Assert.All(data, sequence =>
        {
            (float Number, float Mark)[] steps = [.. sequence.Values.ToArray().Chunk(2).Select(step => (step[0], step[1]))];
            Assert.Equal(200, steps.Length);
            Assert.Single(steps[..100], step => step.Mark == 1);
            Assert.Single(steps[100..], step => step.Mark == 1);
            Assert.All(steps, step => Assert.True(step is { Number: >= 0 and < 1, Mark: 0 or 1 }));
            Assert.Equal(steps.Where(step => step.Mark == 1).Sum(step => step.Number), sequence.Targets.Span[0]);
        });
        float[] sums = [.. data.Select(sequence => sequence.Targets.Span[0])];
        Assert.Equal(1.0 / 6, sums.Average(sum => (sum - 1) * (sum - 1)), 0.03);
    }

    [Fact]
    public void Reber_strings_follow_the_grammar()
    {
        SequenceDataset data = BuiltInData.Find("embedded-reber").Generate(1000, new SeededRandom(1));
        Assert.All(data, sequence =>
        {
            string text = Text(sequence, "BTPSXVE") + data.ClassLabels[sequence.StepLabels.Span[^1]];
            Assert.Equal(text[1..], string.Concat(sequence.StepLabels.ToArray().Select(label => data.ClassLabels[label])));
            Assert.True(IsReber(text[2..^2]), text);
            int[][] sets = EmbeddedReber.MayFollow(sequence);
            Assert.Equal(sequence.Steps, sets.Length);
            Assert.All(sets.Zip(sequence.StepLabels.ToArray()), pair => Assert.Contains(pair.Second, pair.First));
        });
    }

    [Fact]
    public void Each_label_is_the_symbol_of_five_steps_before()
    {
        SequenceDataset data = BuiltInData.Find("lag-copy").Generate(200, new SeededRandom(1));
        Assert.All(data, sequence =>
        {
            string text = Text(sequence, "abcd");
            Assert.Equal("....." + text[..^5],
                string.Concat(sequence.StepLabels.ToArray().Select(label => label < 0 ? "." : data.ClassLabels[label])));
            Assert.InRange(text.Length, 20, 40);
        });
    }

    /// <summary>A separate state machine for the grammar: the states that each symbol leads to.</summary>
    private static bool IsReber(string text)
    {
        var transitions = new Dictionary<(int, char), int>
        {
            [(0, 'T')] = 1,
            [(0, 'P')] = 5,
            [(1, 'S')] = 1,
            [(1, 'X')] = 2,
            [(2, 'S')] = 3,
            [(2, 'X')] = 5,
            [(3, 'E')] = 9,
            [(4, 'V')] = 3,
            [(4, 'P')] = 2,
            [(5, 'V')] = 4,
            [(5, 'T')] = 5,
        };
        int state = 0;
        return text[0] == 'B' && text[1..].All(c => transitions.TryGetValue((state, c), out state)) && state == 9;
    }

    private static string Text(Sequence sequence, string symbols) =>
        string.Concat(sequence.Values.ToArray().Chunk(symbols.Length).Select(step => symbols[Array.IndexOf(step, 1f)]));
}
