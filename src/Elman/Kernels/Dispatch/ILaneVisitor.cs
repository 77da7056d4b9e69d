using System.Numerics;

namespace Elman.Kernels;

/// <summary>Code that needs the lane type chosen at run time as a type parameter.</summary>
internal interface ILaneVisitor<T, TResult>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    TResult Visit<V>()
        where V : unmanaged, ILane<V, T>;
}
