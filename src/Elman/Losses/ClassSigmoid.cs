using System.Numerics;
using Elman.Kernels;

namespace Elman.Losses;

/// <summary>Converts the scores of multi-label classes to probabilities: <c>p = 1/(1 + e⁻ˣ)</c>, each separately.</summary>
internal static unsafe class ClassSigmoid
{
    /// <summary>Converts scores in place.</summary>
    public static void Apply<T>(Span<T> scores)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T score in scores)
        {
            T p;
            Functions.Sigmoid<ScalarLane<T>, T>(ScalarLane<T>.Create(score)).Store(&p);
            score = p;
        }
    }
}
