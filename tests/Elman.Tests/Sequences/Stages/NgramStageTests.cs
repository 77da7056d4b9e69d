using Elman.Sequences;
using Elman.Sequences.Stages;

namespace Elman.Tests.Sequences.Stages;

/// <summary>The n-grams of a step, compared with texts that are cut out by hand.</summary>
public sealed class NgramStageTests
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void Each_step_has_the_row_of_every_ngram_that_ends_there(int longest, bool hasEndings)
    {
        SequenceDataset data = Names.Create(40, seed: 1);
        SymbolTables symbols = new([new(1, data.Vocabularies[0]!.Symbols.Count + 1, 3)]);
        Ngrams ngrams = new Ngrams(longest, hasEndings).Fit(data, symbols);
        var stage = new NgramStage(ngrams, [false]);
        Dictionary<string, int> counts = Count(data, longest, hasEndings), rows = [];
        Assert.Equal(counts.Count(pair => pair.Value > 1), ngrams.Keys.Keys.Length);
        foreach (Sequence sequence in data)
        {
            float[] memory = new float[stage.MemorySize];
            string text = "^" + Text(sequence);
            for (int t = 1; t < text.Length; t++)
            {
                double[] row = new double[stage.OutputSize];
                row[0] = text[t];
                bool isLast = t == text.Length - 1;
                stage.Take(row, memory, [], new StageStep(t - 1, isLast));
                var expected = new List<string?>();
                for (int n = 2; n <= longest; n++)
                    expected.Add(Cut(text, t, n));
                for (int n = 2; n <= longest && hasEndings; n++)
                    expected.Add(isLast ? Cut(text + "$", t + 1, n) : null);
                for (int i = 0; i < expected.Count; i++)
                {
                    if (expected[i] is not { } gram || counts[gram] < 2)
                        Assert.Equal(NgramStage.None, row[i + 1]);
                    else
                        Assert.Equal(rows[gram] = rows.GetValueOrDefault(gram, (int)row[i + 1]), row[i + 1]);
                }
            }
        }
        Assert.Equal(rows.Count, rows.Values.Distinct().Count());
        Assert.Equal(ngrams.Keys.Rows, rows.Count);
    }

    [Fact]
    public void Keys_of_all_short_ngrams_differ()
    {
        var seen = new HashSet<uint>();
        int[] symbols = [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        int all = 0;
        foreach (int a in symbols)
        {
            foreach (int b in symbols)
            {
                foreach (int c in symbols)
                    all += seen.Add(NgramKeys.KeyOf([a, b, c])) ? 1 : 0;
                all += seen.Add(NgramKeys.KeyOf([a, b])) ? 1 : 0;
            }
        }
        Assert.Equal((11 * 11 * 11) + (11 * 11), all);
    }

    /// <summary>
    /// Returns the n-gram at a position, with the characters of the text as their numbers; before the beginning of the text, each position
    /// is one start symbol.
    /// </summary>
    private static string Cut(string text, int end, int length) => text[..(end + 1)].PadLeft(length + end + 1, '^')[^length..];

    private static string Text(Sequence sequence) => string.Concat(sequence.Values.ToArray().Select(value => (char)value));

    private static Dictionary<string, int> Count(SequenceDataset data, int longest, bool hasEndings)
    {
        var counts = new Dictionary<string, int>();
        foreach (string text in data.Select(sequence => "^" + Text(sequence) + (hasEndings ? "$" : "")))
            for (int end = 1; end < text.Length; end++)
                for (int n = 2; n <= longest; n++)
                    counts[Cut(text, end, n)] = counts.GetValueOrDefault(Cut(text, end, n)) + 1;
        return counts;
    }
}
