namespace Elman.Data;

/// <summary>A bump in noise: flat, rising or falling, of random place, width and height.</summary>
/// <remarks>
/// For t = 1 … 128, with ε(t) ~ N(0, 1) at each step and a, b, η drawn for each sequence, a ~ U{16 … 32}, b − a ~ U{32 … 96}, η ~ N(0, 1):
/// cylinder (6 + η)·1[a ≤ t ≤ b] + ε(t); bell with the first term multiplied by (t − a)/(b − a); funnel with it multiplied by (b − t)/(b −
/// a). N. Saito (1994).
/// </remarks>
internal sealed class CylinderBellFunnel : IDataGenerator
{
    private const int Steps = 128;

    public string Name => "cylinder-bell-funnel";

    public string Description => "a bump in noise that is flat, rises or falls";

    public string Source => "N. Saito (1994), Local feature extraction and its applications using a library of bases";

    public int Channels => 1;

    public IReadOnlyList<string> ClassLabels { get; } = ["cylinder", "bell", "funnel"];

    public int DefaultTrainCases => 300;

    public int DefaultTestCases => 900;

    public Sequence Draw(int label, SeededRandom random)
    {
        int a = 16 + random.NextInt32(17), b = a + 32 + random.NextInt32(65);
        double height = 6 + random.NextNormal();
        float[] values = new float[Steps];
        for (int t = 1; t <= Steps; t++)
            values[t - 1] = (float)((height * Shape(label, t, a, b)) + random.NextNormal());
        return new Sequence(values, 1, label);
    }

    private static double Shape(int label, int t, int a, int b)
    {
        if (t < a || t > b)
            return 0;
        return label switch
        {
            0 => 1,
            1 => (double)(t - a) / (b - a),
            _ => (double)(b - t) / (b - a),
        };
    }
}
