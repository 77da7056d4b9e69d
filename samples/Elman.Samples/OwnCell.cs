using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Samples;

/// <summary>A custom cell: a struct that is written once over lanes and supports everything that layers do.</summary>
public static class OwnCell
{
    /// <summary>Trains a bidirectional model of two layers with the cell, saves it, and loads it.</summary>
    /// <param name="output">Receives the printed text.</param>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var cell = CustomCell.Of<LightGruCell>();
        using var classifier = new SequenceClassifier(
            new TrainingOptions { Cell = cell, Model = new() { Layers = [12, 12], Bidirectional = true }, Epochs = 30 });
        classifier.Fit(SineData.Create(100, seed: 1));

        byte[] file = classifier.ToBytes(); // the file has only the name of the cell, so the cell is given again for loading
        using var loaded = SequenceClassifier.Load(file, new LoadOptions { CustomCells = [cell] });
        output.WriteLine(FormattableString.Invariant(
            $"A cell of one's own, {loaded.Options.Cell}: accuracy {loaded.Evaluate(SineData.Create(100, seed: 2)).Accuracy:F2}"));
    }

    /// <summary>
    /// The light gated recurrent unit of M. Ravanelli and others (2018), with tanh instead of relu and without batch normalisation:
    /// <code>
    /// z_t = σ(x_t·Wxz + h_{t−1}·Whz + b_z)        how much to keep
    /// n_t = tanh(x_t·Wxn + h_{t−1}·Whn + b_n)     the candidate
    /// h_t = z_t∘h_{t−1} + (1 − z_t)∘n_t
    /// </code>
    /// </summary>
    public readonly unsafe struct LightGruCell : IRecurrentCell
    {
        /// <inheritdoc/>
        public static string Name => "light-gru";

        /// <summary>The gates z and n.</summary>
        public static int GateCount => 2;

        /// <inheritdoc/>
        public static int StateCount => 1;

        /// <inheritdoc/>
        public static IReadOnlyList<GateProduct> Products { get; } = GateProduct.Plain(2);

        /// <inheritdoc/>
        public static IReadOnlyList<GateActivation> Activations { get; } = [GateActivation.Sigmoid(0), GateActivation.Tanh(1)];

        /// <summary>A part of h reaches the next state without a matrix product.</summary>
        public static bool PassesOutputOn => true;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Forward<V, T>(ref readonly CellStep<T> step, nint j)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T* gates = step.Gates + j;
            V z = V.Load(gates), n = V.Load(gates + step.UnitStride), previous = V.Load(step.Previous + j);
            Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(z, previous - n, n)).Store(step.Next + j);
        }

        // dz = dh∘(h_{t−1} − n)∘z∘(1 − z), dn = dh∘(1 − z)∘(1 − n²), and z∘dh reaches h_{t−1} directly.
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Backward<V, T>(ref readonly CellStep<T> step, nint j)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T* gates = step.Gates + j, gradient = step.StateGradient + j;
            V z = V.Load(gates), n = V.Load(gates + step.UnitStride), dh = V.Load(gradient), one = V.Constant(1);
            (dh * (V.Load(step.Previous + j) - n) * (z * (one - z))).Store(gates);
            (dh * (one - z) * (one - (n * n))).Store(gates + step.UnitStride);
            Functions.FlushTiny<V, T>(dh * z).Store(gradient);
        }
    }
}
