using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// A built-in activation that is dispatched at run time, for cells that would otherwise be compiled for every activation or every
/// combination of them.
/// </summary>
/// <remarks>It costs a call for each lane. Each function has a separate method, within the compiler's limits.</remarks>
/// <param name="Kind">The function.</param>
/// <param name="Alpha">α, if it has one.</param>
/// <param name="Beta">β, if it has one.</param>
internal readonly record struct RuntimeActivation(FunctionKind Kind, double Alpha = 0, double Beta = 0) : IActivation
{
    /// <summary><c>f(a)</c>.</summary>
    public V Value<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Kind switch
        {
            FunctionKind.Tanh => Value<TanhActivation, V, T>(default, a),
            FunctionKind.Sigmoid => Value<SigmoidActivation, V, T>(default, a),
            FunctionKind.Relu => Value<ReluActivation, V, T>(default, a),
            FunctionKind.Identity => a,
            FunctionKind.Softsign => Value<SoftsignActivation, V, T>(default, a),
            FunctionKind.Softplus => Value<SoftplusActivation, V, T>(default, a),
            FunctionKind.Elu => Value<EluActivation, V, T>(new(Alpha), a),
            FunctionKind.LeakyRelu => Value<LeakyReluActivation, V, T>(new(Alpha), a),
            FunctionKind.HardSigmoid => Value<HardSigmoidActivation, V, T>(new(Alpha, Beta), a),
            FunctionKind.ScaledTanh => Value<ScaledTanhActivation, V, T>(new(Alpha, Beta), a),
            FunctionKind.Affine => Value<AffineActivation, V, T>(new(Alpha, Beta), a),
            FunctionKind.ThresholdedRelu => Value<ThresholdedReluActivation, V, T>(new(Alpha), a),
            _ => throw new NotSupportedException($"{Kind} is not a built-in function."),
        };

    /// <summary><c>f′(a)</c>.</summary>
    /// <param name="a">The argument.</param>
    /// <param name="y">f(a).</param>
    public V Derivative<V, T>(V a, V y)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Kind switch
        {
            FunctionKind.Tanh => Derivative<TanhActivation, V, T>(default, a, y),
            FunctionKind.Sigmoid => Derivative<SigmoidActivation, V, T>(default, a, y),
            FunctionKind.Relu => Derivative<ReluActivation, V, T>(default, a, y),
            FunctionKind.Identity => V.Constant(1),
            FunctionKind.Softsign => Derivative<SoftsignActivation, V, T>(default, a, y),
            FunctionKind.Softplus => Derivative<SoftplusActivation, V, T>(default, a, y),
            FunctionKind.Elu => Derivative<EluActivation, V, T>(new(Alpha), a, y),
            FunctionKind.LeakyRelu => Derivative<LeakyReluActivation, V, T>(new(Alpha), a, y),
            FunctionKind.HardSigmoid => Derivative<HardSigmoidActivation, V, T>(new(Alpha, Beta), a, y),
            FunctionKind.ScaledTanh => Derivative<ScaledTanhActivation, V, T>(new(Alpha, Beta), a, y),
            FunctionKind.Affine => Derivative<AffineActivation, V, T>(new(Alpha, Beta), a, y),
            FunctionKind.ThresholdedRelu => Derivative<ThresholdedReluActivation, V, T>(new(Alpha), a, y),
            _ => throw new NotSupportedException($"{Kind} is not a built-in function."),
        };

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V Value<TFunction, V, T>(TFunction function, V a)
        where TFunction : struct, IActivation
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => function.Value<V, T>(a);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V Derivative<TFunction, V, T>(TFunction function, V a, V y)
        where TFunction : struct, IActivation
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => function.Derivative<V, T>(a, y);
}

/// <summary>The built-in activations.</summary>
internal enum FunctionKind
{
    /// <summary>A custom activation.</summary>
    Custom,

    Tanh,

    Sigmoid,

    Relu,

    Identity,

    Softsign,

    Softplus,

    Elu,

    LeakyRelu,

    HardSigmoid,

    ScaledTanh,

    Affine,

    ThresholdedRelu,
}
