using System.Numerics;
using Elman.Kernels;

namespace Elman.Tests.Kernels.Functions;

/// <summary>A function under test, as a type, so that the compiler inlines it into each loop, as in a cell.</summary>
public interface IFunction
{
    static abstract TLane Apply<TLane, T>(TLane x)
        where TLane : unmanaged, ILane<TLane, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The function in double by another method, sufficiently accurate to check floats.</summary>
    static abstract double Reference(double x);

    /// <summary>The column of the function in exact_values.txt.</summary>
    static abstract int Column { get; }

    /// <summary>A hash of the results for <see cref="TestNumbers"/>: it changes only with the coefficients.</summary>
    static abstract ulong Bits { get; }
}
