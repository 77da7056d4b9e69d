using System.Numerics;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>The values of gates at the limits of their arguments.</summary>
internal readonly record struct GateLimits(double LeastSigmoid, double GreatestSigmoid, double GreatestTanh)
{
    /// <summary>Computes the values in a number type.</summary>
    public static GateLimits Of<T>(double clip)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return new(Sigmoid(-clip), Sigmoid(clip), First(Functions.Tanh<ScalarLane<T>, T>(ScalarLane<T>.Constant(clip))));

        static double Sigmoid(double a) => First(Functions.Sigmoid<ScalarLane<T>, T>(ScalarLane<T>.Constant(a)));

        static unsafe double First(ScalarLane<T> lane)
        {
            T value;
            lane.Store(&value);
            return double.CreateChecked(value);
        }
    }
}
