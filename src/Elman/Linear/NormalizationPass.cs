using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Linear;

/// <summary>
/// Layer normalisation (J. Ba and others, 2016), row by row over H numbers:
/// <code>
/// x̂ = (x − mean(x)) / sqrt(variance(x) + ε)        ε = 10⁻⁵
/// y = gain∘x̂ + addend
/// </code>
/// </summary>
/// <remarks>
/// A row whose variance is not finite becomes NaN. The sums over a row have sixteen chains, one for each place modulo 16, for any lane, so
/// the bits are the same at every width.
/// </remarks>
internal abstract unsafe class NormalizationPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chains = 16;

    private const double Epsilon = 1e-5;

    /// <summary>Normalises some rows.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="xStride">The distance from one row to the next.</param>
    /// <param name="normalized">Receives x̂; may be x.</param>
    /// <param name="normalizedStride">The distance from one row to the next.</param>
    /// <param name="inverses">Receives 1/sqrt(variance + ε) of every row; <see langword="null"/> if it is not needed.</param>
    /// <param name="gain">The gain, <c>[H]</c>.</param>
    /// <param name="addend">The addend.</param>
    /// <param name="addendStride">The distance from one row of the addend to the next; 0 if all rows have the same addend.</param>
    /// <param name="y">Receives the result; may be x̂ or the addend.</param>
    /// <param name="yStride">The distance from one row to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">H, the number of columns.</param>
    public abstract void Forward(
        T* x, nint xStride, T* normalized, nint normalizedStride, T* inverses, T* gain, T* addend, nint addendStride, T* y,
        nint yStride, int rows, int columns);

    /// <summary>Computes the gradient with respect to x from that of y, in place.</summary>
    /// <param name="gradient">The gradient with respect to y; becomes that with respect to x.</param>
    /// <param name="gradientStride">The distance from one row to the next.</param>
    /// <param name="normalized">x̂.</param>
    /// <param name="normalizedStride">The distance from one row to the next.</param>
    /// <param name="inverses">The inverses from the forward pass.</param>
    /// <param name="gain">The gain.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">H, the number of columns.</param>
    public abstract void Backward(
        T* gradient, nint gradientStride, T* normalized, nint normalizedStride, T* inverses, T* gain, int rows, int columns);

    /// <summary><c>∂L/∂gain += Σ ∂L/∂y∘x̂</c> and <c>∂L/∂shift += Σ ∂L/∂y</c>, row by row, for a range of columns.</summary>
    /// <param name="gradient">The gradient with respect to y, before <see cref="Backward"/> changes it.</param>
    /// <param name="gradientStride">The distance from one row to the next.</param>
    /// <param name="normalized">x̂.</param>
    /// <param name="normalizedStride">The distance from one row to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="gain">The gain's gradient, which is added to.</param>
    /// <param name="shift">The shift's gradient, which is added to; <see langword="null"/> if there is none.</param>
    public static void AddGradients(
        T* gradient, nint gradientStride, T* normalized, nint normalizedStride, int rows, int columns, T* gain, T* shift)
    {
        for (; rows > 0; rows--, gradient += gradientStride, normalized += normalizedStride)
        {
            for (int j = 0; j < columns; j++)
            {
                gain[j] = T.FusedMultiplyAdd(gradient[j], normalized[j], gain[j]);
                if (shift != null)
                    shift[j] += gradient[j];
            }
        }
    }

    /// <summary>The pass at the lane of a kernel set.</summary>
    public static NormalizationPass<T> For(KernelSet<T> kernels) => kernels.Accept<Visitor, NormalizationPass<T>>(default);

    private readonly struct Visitor : ILaneVisitor<T, NormalizationPass<T>>
    {
        public NormalizationPass<T> Visit<V>()
            where V : unmanaged, ILane<V, T> => new Pass<V>();
    }

    private sealed class Pass<V> : NormalizationPass<T>
        where V : unmanaged, ILane<V, T>
    {
        public override void Forward(
            T* x, nint xStride, T* normalized, nint normalizedStride, T* inverses, T* gain, T* addend, nint addendStride, T* y,
            nint yStride, int rows, int columns)
        {
            T count = T.CreateTruncating(columns), epsilon = T.CreateTruncating(Epsilon);
            for (int row = 0; row < rows; row++, x += xStride, normalized += normalizedStride, addend += addendStride, y += yStride)
            {
                Center(x, Sum(x, null, columns) / count, normalized, columns);
                T variance = Sum(normalized, normalized, columns) / count;
                // 1/∞ would make all rows equal; NaN shows that they can't be distinguished.
                T inverse = T.IsFinite(variance) ? T.One / T.Sqrt(variance + epsilon) : T.NaN;
                Scale(normalized, inverse, gain, addend, y, columns);
                if (inverses != null)
                    inverses[row] = inverse;
            }
        }

        // With d = ∂L/∂y∘gain: ∂L/∂x = (d − mean(d) − x̂·mean(d∘x̂)) / sqrt(variance + ε).
        public override void Backward(
            T* gradient, nint gradientStride, T* normalized, nint normalizedStride, T* inverses, T* gain, int rows, int columns)
        {
            T count = T.CreateTruncating(columns);
            for (int row = 0; row < rows; row++, gradient += gradientStride, normalized += normalizedStride)
            {
                Multiply(gradient, gain, columns);
                T mean = Sum(gradient, null, columns) / count, along = Sum(gradient, normalized, columns) / count;
                Project(gradient, normalized, mean, along, inverses[row], columns);
            }
        }

        /// <summary>Computes <c>Σ a_j·b_j</c>, or <c>Σ a_j</c> without b.</summary>
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static T Sum(T* a, T* b, int columns)
        {
            T* chains = stackalloc T[Chains];
            new Span<T>(chains, Chains).Clear();
            int j = 0;
            for (; j + Chains <= columns; j += Chains)
                for (int chain = 0; chain < Chains; chain += V.Width)
                    V.FusedMultiplyAdd(V.Load(a + j + chain), b == null ? V.Constant(1) : V.Load(b + j + chain), V.Load(chains + chain))
                        .Store(chains + chain);
            for (; j < columns; j++)
                chains[j % Chains] = T.FusedMultiplyAdd(a[j], b == null ? T.One : b[j], chains[j % Chains]);
            for (int half = Chains / 2; half > 0; half /= 2)
                for (int chain = 0; chain < half; chain++)
                    chains[chain] += chains[chain + half];
            return chains[0];
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Center(T* x, T mean, T* centered, int columns)
        {
            int j = 0;
            for (; j + V.Width <= columns; j += V.Width)
                (V.Load(x + j) - V.Create(mean)).Store(centered + j);
            for (; j < columns; j++)
                centered[j] = x[j] - mean;
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Scale(T* centered, T inverse, T* gain, T* addend, T* y, int columns)
        {
            int j = 0;
            for (; j + V.Width <= columns; j += V.Width)
            {
                V normalized = V.Load(centered + j) * V.Create(inverse);
                normalized.Store(centered + j);
                V.FusedMultiplyAdd(normalized, V.Load(gain + j), V.Load(addend + j)).Store(y + j);
            }
            for (; j < columns; j++)
            {
                centered[j] *= inverse;
                y[j] = T.FusedMultiplyAdd(centered[j], gain[j], addend[j]);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Multiply(T* x, T* factors, int columns)
        {
            int j = 0;
            for (; j + V.Width <= columns; j += V.Width)
                (V.Load(x + j) * V.Load(factors + j)).Store(x + j);
            for (; j < columns; j++)
                x[j] *= factors[j];
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Project(T* d, T* normalized, T mean, T along, T inverse, int columns)
        {
            int j = 0;
            for (; j + V.Width <= columns; j += V.Width)
                (V.FusedMultiplyAdd(V.Load(normalized + j), V.Create(-along), V.Load(d + j) - V.Create(mean)) * V.Create(inverse))
                    .Store(d + j);
            for (; j < columns; j++)
                d[j] = T.FusedMultiplyAdd(normalized[j], -along, d[j] - mean) * inverse;
        }
    }
}
