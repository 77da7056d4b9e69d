namespace Elman.Data;

/// <summary>Words of 4 to 10 letters from two Markov chains: the order of the letters indicates the language of a word.</summary>
internal sealed class PseudoWords : IDataGenerator
{
    private const string Letters = "abcdefghijklmnop";
    private const int LeastLetters = 4, MostLetters = 10, LanguageSeed = 1913;

    private static readonly double[][][] _languages = [Language(0), Language(1)]; // transition probabilities of letters, by class

    public string Name => "pseudo-words";

    public string Description => "made-up words as text: which of two languages they are from, by the order of their letters";

    public string Source => "A. Markov (1913), An example of statistical investigation of the text Eugene Onegin";

    public int Channels => 1;

    public IReadOnlyList<string> ClassLabels { get; } = ["left", "right"];

    public int DefaultTrainCases => 1000;

    public int DefaultTestCases => 1000;

    public IReadOnlyList<Vocabulary?> Vocabularies { get; } =
        [new Vocabulary(TextTokens.Characters, Letters.Select(letter => letter.ToString()), Letters.Select(_ => 0L))];

    public Sequence Draw(int label, SeededRandom random)
    {
        float[] word = new float[LeastLetters + random.NextInt32(MostLetters - LeastLetters + 1)];
        int letter = random.NextInt32(Letters.Length);
        for (int i = 0; i < word.Length; i++)
        {
            word[i] = letter + 1;
            letter = Next(_languages[label][letter], random.NextDouble());
        }
        return new Sequence(word, 1, label);
    }

    private static int Next(double[] shares, double place)
    {
        int letter = 0;
        for (; letter < shares.Length - 1 && place >= shares[letter]; letter++)
            place -= shares[letter];
        return letter;
    }

    private static double[][] Language(int which)
    {
        var random = new SeededRandom(LanguageSeed + which);
        return [.. Letters.Select(_ =>
        {
            double[] weights = [.. Letters.Select(_ => Math.Pow(random.NextDouble(), 3))];
            return Array.ConvertAll(weights, weight => weight / weights.Sum());
        })];
    }
}
