namespace Elman.Data;

/// <summary>
/// Random symbols; each step's label is the symbol five steps earlier, so a model has to store five symbols at a time. The first five steps
/// have no label.
/// </summary>
internal sealed class LagCopy : IDataGenerator
{
    private const int Lag = 5, Symbols = 4;

    public string Name => "lag-copy";

    public string Description => "which of four symbols came five steps before, predicted at every step";

    public string Source => "H. Jaeger (2001), Short term memory in echo state networks, in symbols";

    public int Channels => Symbols;

    public LabelKind Labels => LabelKind.Steps;

    public IReadOnlyList<string> ClassLabels { get; } = ["a", "b", "c", "d"];

    public int DefaultTrainCases => 1000;

    public int DefaultTestCases => 250;

    public Sequence Draw(int label, SeededRandom random)
    {
        int[] text = new int[20 + random.NextInt32(21)], labels = new int[text.Length];
        for (int t = 0; t < text.Length; t++)
        {
            text[t] = random.NextInt32(Symbols);
            labels[t] = t < Lag ? Sequence.NoLabel : text[t - Lag];
        }
        return new Sequence(OneHot.Encode(text, Symbols), Symbols).WithStepLabels(labels);
    }
}
