namespace Elman.Data;

/// <summary>
/// Strings of a grammar; each step's label is the next symbol. The last symbol but one equals the second one, so a model has to remember it
/// over the whole string.
/// </summary>
/// <remarks>
/// B, T or P, a string of the Reber grammar, the same T or P again, E. A Reber string is B and a random walk that starts in state 0, with
/// equal probabilities of the branches: 0 T→1 P→5, 1 S→1 X→2, 2 S→3 X→5, 3 E, 4 V→3 P→2, 5 V→4 T→5. Where two symbols may follow, the
/// maximum accuracy of a model is one half. A. S. Reber (1967); S. E. Fahlman (1991); S. Hochreiter and J. Schmidhuber (1997), task 1.
/// </remarks>
internal sealed class EmbeddedReber : IDataGenerator
{
    private const int B = 0, T = 1, P = 2, S = 3, X = 4, V = 5, E = 6;

    private static readonly (int Symbol, int State)[][] _branches =
        [[(T, 1), (P, 5)], [(S, 1), (X, 2)], [(S, 3), (X, 5)], [(E, -1)], [(V, 3), (P, 2)], [(V, 4), (T, 5)]];

    public string Name => "embedded-reber";

    public string Description => "which symbol follows in strings of a grammar with a long-range dependency";

    public string Source => "A. S. Reber (1967), Implicit learning of artificial grammars; S. E. Fahlman (1991), "
        + "The recurrent cascade-correlation architecture";

    public int Channels => 7;

    public LabelKind Labels => LabelKind.Steps;

    public IReadOnlyList<string> ClassLabels { get; } = ["B", "T", "P", "S", "X", "V", "E"];

    public int DefaultTrainCases => 1000;

    public int DefaultTestCases => 256;

    public Sequence Draw(int label, SeededRandom random)
    {
        int outer = random.NextInt32(2) == 0 ? T : P;
        List<int> text = [B, outer, B];
        for (int state = 0; state >= 0;)
        {
            (int Symbol, int State)[] branches = _branches[state];
            (int symbol, state) = branches[branches.Length == 1 ? 0 : random.NextInt32(2)];
            text.Add(symbol);
        }
        text.AddRange([outer, E]);
        int[] symbols = [.. text];
        return new Sequence(OneHot.Encode(symbols.AsSpan(..^1), Channels), Channels).WithStepLabels(symbols.AsMemory(1));
    }

    /// <summary>Returns for each step of a generated string the symbols that may follow it.</summary>
    internal static int[][] MayFollow(Sequence sequence)
    {
        int[] labels = [.. sequence.StepLabels.ToArray()];
        int outer = labels[0], state = 0;
        var sets = new List<int[]> { new[] { T, P }, new[] { B } };
        for (int t = 2; t < labels.Length - 2; t++)
        {
            sets.Add([.. _branches[state].Select(branch => branch.Symbol)]);
            state = _branches[state].Single(branch => branch.Symbol == labels[t]).State;
        }
        sets.Add([outer]);
        sets.Add([E]);
        return [.. sets];
    }
}
