#:project ../src/Elman
#:property AllowUnsafeBlocks=true

// A cell and a loss of one's own, in one program. The cell reads and writes through pointers, so the program allows unsafe code.
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Elman;
using Elman.Cells;
using Elman.Kernels;

SequenceDataset train = Waves(200, seed: 1), test = Waves(200, seed: 2);
var cell = CustomCell.Of<LeakyCell>();
foreach (Loss loss in new[] { Loss.CrossEntropy, Loss.Custom("brier", new BrierScore()) })
{
    var options = new TrainingOptions { Cell = cell, Model = new() { Layers = [16] }, Epochs = 60, Loss = loss };
    using var classifier = new SequenceClassifier(options);
    classifier.Fit(train);

    // A model file has the name of the cell, not its code: it is given again to load the model. A loss is not needed after training.
    using var loaded = SequenceClassifier.Load(classifier.ToBytes(), new LoadOptions { CustomCells = [cell] });
    Evaluation result = loaded.Evaluate(test);
    Console.WriteLine($"{loss.Name,-14} {loaded.Options.Cell.Name} cell: {result.Accuracy:P1} of {result.Cases} cases right,"
        + $" log loss {result.LogLoss:F3}, calibration error {result.CalibrationError:F3}");
}

// Slow and fast waves in noise.
static SequenceDataset Waves(int count, int seed)
{
    var random = new SeededRandom(seed);
    var data = new SequenceDatasetBuilder("x");
    for (int i = 0; i < count; i++)
    {
        double phase = random.NextUniform(0, 2 * Math.PI), speed = i % 2 == 0 ? 0.3 : 0.5;
        float[] values = [.. Enumerable.Range(0, 24).Select(t => (float)(Math.Sin((speed * t) + phase) + random.NextNormal()))];
        data.Add(values, label: i % 2 == 0 ? "slow" : "fast");
    }
    return data.Build("waves");
}

/// <summary>
/// A leaky integrator (H. Jaeger and others, 2007), all of whose units forget at one rate:
/// <c>n_t = tanh(x_t·Wx + h_{t−1}·Wh + b)</c>, <c>h_t = (1 − a)·h_{t−1} + a·n_t</c>, with a = 0.3.
/// </summary>
internal readonly unsafe struct LeakyCell : IRecurrentCell
{
    private const double Rate = 0.3;

    public static string Name => "leaky";

    public static int GateCount => 1;

    public static int StateCount => 1;

    public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.Plain(1);

    // The layer computes n_t, with the products; the cell sees it in step.Gates.
    public static IReadOnlyList<GateActivation> Activations { get; } = [GateActivation.Tanh(0)];

    // (1 − a)·h_{t−1} reaches the next state without a product.
    public static bool PassesOutputOn => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V n = V.Load(step.Gates + j), previous = V.Load(step.Previous + j);
        Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(V.Constant(Rate), n - previous, previous)).Store(step.Next + j);
    }

    // dn = a·dh∘(1 − n²), and (1 − a)·dh reaches h_{t−1} directly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V n = V.Load(step.Gates + j), dh = V.Load(step.StateGradient + j);
        (V.Constant(Rate) * dh * (V.Constant(1) - (n * n))).Store(step.Gates + j);
        Functions.FlushTiny<V, T>(V.Constant(1 - Rate) * dh).Store(step.StateGradient + j);
    }
}

/// <summary>
/// The score of G. Brier (1950): with p the softmax of the scores s and t the classes as 0 and 1, <c>L = Σ_c (p_c − t_c)²</c>, so
/// <c>∂L/∂s_c = 2·p_c·(p_c − t_c − Σ_k p_k·(p_k − t_k))</c>.
/// </summary>
internal sealed class BrierScore : ILoss
{
    public double Evaluate(ReadOnlySpan<double> outputs, ReadOnlySpan<double> target, Span<double> gradient)
    {
        Span<double> p = stackalloc double[outputs.Length];
        TensorPrimitives.SoftMax(outputs, p);
        double loss = 0, mean = 0;
        for (int c = 0; c < p.Length; c++)
        {
            double error = p[c] - target[c];
            loss += error * error;
            mean += p[c] * error;
        }
        for (int c = 0; c < p.Length; c++)
            gradient[c] = 2 * p[c] * (p[c] - target[c] - mean);
        return loss;
    }
}
