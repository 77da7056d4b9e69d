using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Tests.Kernels;

namespace Elman.Tests.Recurrent;

/// <summary>Padding units that fill the last lane have a pre-activation of 0. Their activation is never used.</summary>
public sealed class PaddedUnitsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(19)]
    public void A_slope_that_is_infinite_at_zero_leaves_the_gradients_of_the_scalar_kernels(int units)
    {
        Activation activation = Activation.Custom("signed-root", default(SignedRoot));
        using var scalar = ContractCase<float>.Create("rnn", 3, units, [4, 9, 1], "scalar", activation);
        using var vector = ContractCase<float>.Create("rnn", 3, units, [4, 9, 1], "", activation);
        float[] expected = scalar.Differentiate().Gradients;
        Assert.All(expected, value => Assert.True(float.IsFinite(value)));
        SameBits.Assert<float>(expected, vector.Differentiate().Gradients);
    }

    /// <summary>f(a) = ±√|a|, f′(a) = 1 / (2·√|a|), infinite at 0.</summary>
    private readonly struct SignedRoot : IActivation
    {
        public V Value<V, T>(V a)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.CopySign(V.Sqrt(V.Abs(a)), a);

        public V Derivative<V, T>(V a, V y)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Constant(0.5) / V.Abs(y);
    }
}
