using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
SequenceDataset data = BuiltInData.Load("synthetic-control", seed: 1, trainCases: 60, testCases: 12).Train;
var options = new TrainingOptions { Cell = CustomCell.Of<PageCell>(), Model = new() { Layers = [8] }, Epochs = 2 };
using var classifier = new SequenceClassifier(options);
classifier.Fit(data);
using var builtIn = new SequenceClassifier(options with { Cell = "rnn" });
builtIn.Fit(data);
Expect(classifier.PredictProbabilities(data[0]).SequenceEqual(builtIn.PredictProbabilities(data[0])));

internal readonly struct PageTanh : IActivation
{
    public V Value<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Functions.Tanh<V, T>(a);

    public V Derivative<V, T>(V a, V y)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Constant(1) - (y * y);
}

internal readonly unsafe struct PageCell : IRecurrentCell
{
    private readonly PageTanh _activation = new();

    public PageCell()
    {
    }

    public static string Name => "page";

    public static int GateCount => 1;

    public static int StateCount => 1;

    public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.Plain(1);

//: block

    public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V slope = _activation.Derivative<V, T>(V.Load(step.Gates + j), V.Load(step.Next + j));
        Functions.FlushTiny<V, T>(V.Load(step.StateGradient + j) * slope).Store(step.Gates + j);
    }
}
