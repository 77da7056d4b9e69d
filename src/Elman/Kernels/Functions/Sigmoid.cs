using System.Numerics;
using System.Runtime.CompilerServices;

namespace Elman.Kernels;

public static partial class Functions
{
    /// <summary>The logistic function, σ(x) = 1 / (1 + e⁻ˣ).</summary>
    /// <typeparam name="V">The lane.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="x">Any numbers; −∞ gives 0, +∞ gives 1, a NaN stays a NaN.</param>
    /// <returns>σ(x) in [0, 1].</returns>
    /// <remarks>
    /// Error: at most 3.3 ULP over all floats x ≥ −30, 5.5 ULP over those with a normal result, x ≥ −87.33; 2.2 ULP over 60 000 doubles,
    /// x ≥ −708.39. The error is relative, also for very negative x, for which ½ + ½·tanh(x/2) would lose all digits. Absolute: at most
    /// 1.5·2⁻²⁴ and 1.5·2⁻⁵³. Results become 0 for x below −88.38 (float) and −709.44 (double), where σ(x) is below the normal numbers.
    /// Monotonic over all floats.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V, T>(V x)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // At the limits, e⁻ˣ is infinite or negligible compared with one.
        bool single = typeof(T) == typeof(float);
        V y = V.AtLeast(x, V.Constant(single ? -89 : -710));
        y = V.AtMost(y, V.Constant(single ? 80 : 700));
        V q = OneMinusReducedExp<V, T>(y, out V scale);
        V one = V.Constant(1);
        return one / V.FusedMultiplyAdd(one - q, scale, one);
    }
}
