namespace Elman.Data.Tests.BuiltIn;

public class TemporalOrderTests
{
    private static readonly string[] _strings = [.. BuiltInData.Find("temporal-order")
        .Generate(4000, new SeededRandom(17)).Select(Symbols)];

    private static string Symbols(Sequence s) => string.Concat(Enumerable.Range(0, s.Steps).Select(t =>
    {
        float[] step = s.Values.Slice(t * 8, 8).ToArray();
        Assert.Equal(7, step.Count(v => v == 0));
        return "abcdXYEB"[Array.IndexOf(step, 1f)];
    }));

    [Fact]
    public void Strings_follow_the_grammar_of_their_class()
    {
        string[] order = ["XX", "XY", "YX", "YY"];
        Assert.All(_strings, (s, i) =>
        {
            Assert.Matches("^E[a-d]{9,19}[XY][a-d]{29,49}[XY][a-d]{38,58}B$", s);
            Assert.Equal(order[i % 4], string.Concat(s.Where(c => c is 'X' or 'Y')));
        });
    }

    [Fact]
    public void All_lengths_and_places_occur_equally_often()
    {
        AssertEven(_strings.GroupBy(s => s.Length), 100, 110);
        AssertEven(_strings.GroupBy(s => s.IndexOfAny(['X', 'Y'])), 10, 20);
        AssertEven(_strings.GroupBy(s => s.LastIndexOfAny(['X', 'Y'])), 50, 60);
    }

    [Fact]
    public void Distractors_occur_equally_often()
    {
        string all = string.Concat(_strings);
        double distractors = all.Count(c => c is >= 'a' and <= 'd');
        Assert.All("abcd", c => Assert.Equal(0.25, all.Count(d => d == c) / distractors, 0.01));
    }

    private static void AssertEven(IEnumerable<IGrouping<int, string>> groups, int from, int to)
    {
        Assert.Equal(Enumerable.Range(from, to - from + 1), groups.Select(g => g.Key).Order());
        // 4000 draws of 11 values: 364 each, with a deviation of 18.
        Assert.All(groups, g => Assert.InRange(g.Count(), 364 - 91, 364 + 91));
    }
}
