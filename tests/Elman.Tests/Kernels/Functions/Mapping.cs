using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;

namespace Elman.Tests.Kernels.Functions;

/// <summary>Applies a function to a buffer, whole lanes first and the rest one by one.</summary>
internal static unsafe class Mapping
{
    public static T[] Run<TFunction, TLane, T>(T[] x)
        where TFunction : IFunction
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var y = new T[x.Length];
        fixed (T* source = x, destination = y)
            Loop<TFunction, TLane, T>(source, destination, x.Length);
        return y;
    }

    /// <summary>Applies a function with the widest lane of this processor.</summary>
    public static T[] Run<TFunction, T>(T[] x)
        where TFunction : IFunction
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Lane512<T>.IsSupported ? Run<TFunction, Lane512<T>, T>(x)
        : Lane256<T>.IsSupported ? Run<TFunction, Lane256<T>, T>(x)
        : Lane128<T>.IsSupported ? Run<TFunction, Lane128<T>, T>(x)
        : Run<TFunction, ScalarLane<T>, T>(x);

    public static T One<TFunction, T>(T x)
        where TFunction : IFunction
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run<TFunction, ScalarLane<T>, T>([x])[0];

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TFunction, TLane, T>(T* x, T* y, int count)
        where TFunction : IFunction
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i + TLane.Width <= count; i += TLane.Width)
            TFunction.Apply<TLane, T>(TLane.Load(x + i)).Store(y + i);
        for (; i < count; i++)
            TFunction.Apply<ScalarLane<T>, T>(ScalarLane<T>.Load(x + i)).Store(y + i);
    }
}
