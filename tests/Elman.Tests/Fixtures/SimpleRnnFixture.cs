namespace Elman.Tests.Fixtures;

/// <summary>A classifier, a batch, and the results of <c>simple_rnn.py</c> in double precision.</summary>
/// <remarks>
/// The inputs and initial weights are exact in float. No sum of any update is within 4·10⁻⁶ of a discontinuity of the derivative of its
/// activation, so float and double are on the same side of each.
/// </remarks>
public sealed record SimpleRnnFixture
{
    /// <summary>The number of updates in <see cref="Trained"/> and <see cref="Losses"/>.</summary>
    public const int Updates = 20;

    /// <summary>The learning rate of these updates.</summary>
    public const double LearningRate = 0.01;

    private SimpleRnnFixture(Case shape, FixtureResults expected)
    {
        (Name, Activation, Features, Nodes, Outputs, Batch, Steps, ulong seed) = shape;

        var numbers = new SplitMix64(seed);
        Initial = new SimpleRnnArrays(
            Wx: numbers.Even(Scale(Features), Features * Nodes),
            Wh: numbers.Even(Scale(Nodes), Nodes * Nodes),
            B: numbers.Even(0.5, Nodes),
            WOut: numbers.Even(4 * Scale(Nodes), Nodes * Outputs),
            BOut: numbers.Even(0.5, Outputs));
        Inputs = numbers.Even(4, Batch * Steps * Features);
        Labels = numbers.Below(Outputs, Batch);

        Probabilities = expected.Take(Batch * Outputs);
        LastState = expected.Take(Batch * Nodes);
        Loss = expected.Take(1)[0];
        Gradients = TakeArrays();
        Trained = TakeArrays();
        Losses = expected.Take(Updates);

        SimpleRnnArrays TakeArrays() => new(
            expected.Take(Features * Nodes), expected.Take(Nodes * Nodes), expected.Take(Nodes),
            expected.Take(Nodes * Outputs), expected.Take(Outputs));
    }

    /// <summary>Every fixture, in the order of the script.</summary>
    public static IReadOnlyList<SimpleRnnFixture> All { get; } = Load();

    /// <summary>The names of all fixtures, as theory data.</summary>
    public static TheoryData<string> Names => [.. All.Select(fixture => fixture.Name)];

    /// <summary>The index, activation and sizes, such as <c>02-relu-f9-n8-o5-b16-s40</c>.</summary>
    public string Name { get; }

    /// <summary>The activation, one of <see cref="Elman.Activation.BuiltInNames"/>.</summary>
    public string Activation { get; }

    /// <summary>The number of features per step.</summary>
    public int Features { get; }

    /// <summary>The number of hidden nodes.</summary>
    public int Nodes { get; }

    /// <summary>The number of classes.</summary>
    public int Outputs { get; }

    /// <summary>The number of sequences in the batch.</summary>
    public int Batch { get; }

    /// <summary>The number of steps of every sequence.</summary>
    public int Steps { get; }

    /// <summary>The weights before the first update.</summary>
    public SimpleRnnArrays Initial { get; }

    /// <summary>[batch, steps, features].</summary>
    public double[] Inputs { get; }

    /// <summary>The class of each sequence [batch].</summary>
    public int[] Labels { get; }

    /// <summary>The probabilities of the initial weights [batch, outputs].</summary>
    public double[] Probabilities { get; }

    /// <summary>The hidden state after the last step, of the initial weights [batch, nodes].</summary>
    public double[] LastState { get; }

    /// <summary>The mean cross-entropy of the initial weights.</summary>
    public double Loss { get; }

    /// <summary>The gradients of <see cref="Loss"/>.</summary>
    public SimpleRnnArrays Gradients { get; }

    /// <summary>The weights after the last update.</summary>
    public SimpleRnnArrays Trained { get; }

    /// <summary>The loss before each update [updates].</summary>
    public double[] Losses { get; }

    /// <summary>Returns the fixture with a name.</summary>
    public static SimpleRnnFixture Get(string name) => All.Single(fixture => fixture.Name == name);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Returns the largest power of two not above 1/√n.</summary>
    private static double Scale(int n)
    {
        double scale = 1;
        while (scale * scale * n > 1)
            scale /= 2;
        return scale;
    }

    private static SimpleRnnFixture[] Load()
    {
        var expected = new FixtureResults("simple_rnn.bin");
        SimpleRnnFixture[] all = [.. FixtureResults.Cases<Case>("simple_rnn.json").Select(shape => new SimpleRnnFixture(shape, expected))];
        Assert.Equal(0, expected.Left);
        return all;
    }

    private sealed record Case(
        string Name, string Activation, int Features, int Nodes, int Outputs, int Batch, int Steps, ulong Seed);
}
