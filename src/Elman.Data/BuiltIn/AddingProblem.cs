namespace Elman.Data;

/// <summary>Random numbers, two of which are marked; the target is their sum.</summary>
/// <remarks>
/// 200 steps of two channels: a number from U(0, 1), and a mark that is 1 at one step of each half, else 0. A constant prediction of 1 has
/// a mean squared error of 1/6. S. Hochreiter and J. Schmidhuber (1997), task 4, in the form of Q. V. Le, N. Jaitly and G. E. Hinton
/// (2015).
/// </remarks>
internal sealed class AddingProblem : IDataGenerator
{
    private const int Steps = 200;

    public string Name => "adding";

    public string Description => "the sum of the two marked among 200 random numbers";

    public string Source => "S. Hochreiter and J. Schmidhuber (1997), Long short-term memory, task 4; Q. V. Le, N. Jaitly and G. E. "
        + "Hinton (2015), A simple way to initialize recurrent networks of rectified linear units";

    public int Channels => 2;

    public LabelKind Labels => LabelKind.Numbers;

    public IReadOnlyList<string> ClassLabels => [];

    public IReadOnlyList<string> TargetNames { get; } = ["sum"];

    public int DefaultTrainCases => 5000;

    public int DefaultTestCases => 1000;

    public Sequence Draw(int label, SeededRandom random)
    {
        float[] values = new float[Steps * 2]; // [T, 2]
        for (int t = 0; t < Steps; t++)
            values[2 * t] = (float)random.NextDouble();
        int first = random.NextInt32(Steps / 2), second = (Steps / 2) + random.NextInt32(Steps / 2);
        values[(2 * first) + 1] = values[(2 * second) + 1] = 1;
        return new Sequence(values, 2).WithTargets(new[] { values[2 * first] + values[2 * second] });
    }
}
