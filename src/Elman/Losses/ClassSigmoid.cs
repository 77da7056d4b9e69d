using System.Numerics;
using Elman.Kernels;

namespace Elman.Losses;

/// <summary>Scores of classes that may apply side by side to probabilities: <c>p = 1/(1 + e⁻ˣ)</c>, each on its own.</summary>
internal static unsafe class ClassSigmoid
{
    /// <summary>In place.</summary>
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
