namespace Elman.Data;

/// <summary>
/// Two symbols far apart among distractors; the class is their order, so a model must remember the first for dozens of steps.
/// </summary>
/// <remarks>
/// E, then a, b, c or d at random, with X or Y at t₁ ∈ 10 … 20 and at t₂ ∈ 50 … 60, and B at the end; 100 to 110 symbols, each a one-hot
/// vector. S. Hochreiter and J. Schmidhuber (1997), task 6a.
/// </remarks>
internal sealed class TemporalOrder : IDataGenerator
{
    private const int Distractors = 4, X = 4, Start = 6, End = 7, Symbols = 8; // a b c d X Y E B

    public string Name => "temporal-order";

    public string Description => "which of X and Y came first and which second, among random symbols";

    public string Source => "S. Hochreiter and J. Schmidhuber (1997), Long short-term memory, task 6a";

    public int Channels => Symbols;

    public IReadOnlyList<string> ClassLabels { get; } = ["XX", "XY", "YX", "YY"];

    public int DefaultTrainCases => 2000;

    public int DefaultTestCases => 1000;

    public Sequence Draw(int label, SeededRandom random)
    {
        int length = 100 + random.NextInt32(11), t1 = 10 + random.NextInt32(11), t2 = 50 + random.NextInt32(11);
        float[] values = new float[length * Symbols]; // [T, C]
        for (int t = 0; t < length; t++)
        {
            int symbol;
            if (t == 0)
                symbol = Start;
            else if (t == length - 1)
                symbol = End;
            else if (t == t1)
                symbol = X + (label >> 1);
            else if (t == t2)
                symbol = X + (label & 1);
            else
                symbol = random.NextInt32(Distractors);
            values[(t * Symbols) + symbol] = 1;
        }
        return new Sequence(values, Symbols, label);
    }
}
