namespace Elman.Data;

/// <summary>Three symbols far apart among distractors; the class is their order.</summary>
/// <remarks>
/// E, then a, b, c or d at random, with X or Y at t₁ ∈ 10 … 20, t₂ ∈ 33 … 43 and t₃ ∈ 66 … 76, and B at the end; 100 to 110 symbols,
/// each a one-hot vector. S. Hochreiter and J. Schmidhuber (1997), task 6b.
/// </remarks>
internal sealed class TemporalOrderOfThree : IDataGenerator
{
    private const int Distractors = 4, X = 4, Start = 6, End = 7, Symbols = 8; // a b c d X Y E B

    public string Name => "temporal-order-3";

    public string Description => "in which order three symbols X or Y came, among random symbols";

    public string Source => "S. Hochreiter and J. Schmidhuber (1997), Long short-term memory, task 6b";

    public int Channels => Symbols;

    public IReadOnlyList<string> ClassLabels { get; } = ["XXX", "XXY", "XYX", "XYY", "YXX", "YXY", "YYX", "YYY"];

    public int DefaultTrainCases => 4000;

    public int DefaultTestCases => 1000;

    public Sequence Draw(int label, SeededRandom random)
    {
        int[] text = new int[100 + random.NextInt32(11)];
        for (int t = 1; t < text.Length - 1; t++)
            text[t] = random.NextInt32(Distractors);
        text[0] = Start;
        text[^1] = End;
        text[10 + random.NextInt32(11)] = X + (label >> 2);
        text[33 + random.NextInt32(11)] = X + (label >> 1 & 1);
        text[66 + random.NextInt32(11)] = X + (label & 1);
        return new Sequence(OneHot.Encode(text, Symbols), Symbols, label);
    }
}
