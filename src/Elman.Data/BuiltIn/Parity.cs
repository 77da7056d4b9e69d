namespace Elman.Data;

/// <summary>Strings of 1 to 50 bits; the class is whether the number of set bits is even or odd, so every single bit changes it.</summary>
internal sealed class Parity : IDataGenerator
{
    /// <summary>The maximum length of a string.</summary>
    public const int MaxSteps = 50;

    public string Name => "parity";

    public string Description => "whether an even or an odd number of bits is set, in 1 to 50 of them";

    public string Source => "M. Minsky and S. Papert (1969), Perceptrons; as a sequence, Y. Bengio, P. Simard and P. Frasconi (1994)";

    public int Channels => 1;

    public IReadOnlyList<string> ClassLabels { get; } = ["even", "odd"];

    public int DefaultTrainCases => 5000;

    public int DefaultTestCases => 1000;

    public Sequence Draw(int label, SeededRandom random) => Draw(label, 1 + random.NextInt32(MaxSteps), random);

    /// <summary>Draws a string of a given length.</summary>
    internal static Sequence Draw(int label, int steps, SeededRandom random)
    {
        float[] bits = new float[steps];
        int parity = 0;
        for (int t = 0; t < steps; t++)
        {
            int bit = random.NextInt32(2);
            bits[t] = bit;
            parity ^= bit;
        }
        if (parity != label)
        {
            int t = random.NextInt32(steps);
            bits[t] = 1 - bits[t];
        }
        return new Sequence(bits, 1, label);
    }
}
