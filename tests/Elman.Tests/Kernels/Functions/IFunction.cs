using System.Numerics;
using Elman.Kernels;

namespace Elman.Tests.Kernels.Functions;

/// <summary>A function under test, as a type, so that the compiler inlines it into each loop like a cell would.</summary>
public interface IFunction
{
    static abstract TLane Apply<TLane, T>(TLane x)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The function in double by other means, good for judging a float.</summary>
    static abstract double Reference(double x);

    /// <summary>Its column in exact_values.txt.</summary>
    static abstract int Column { get; }

    /// <summary>A hash of the results for <see cref="TestNumbers"/>: it changes with the coefficients and with nothing else.</summary>
    static abstract ulong Bits { get; }
}
