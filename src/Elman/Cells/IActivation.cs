using System.Numerics;
using Elman.Kernels;

namespace Elman.Cells;

/// <summary>
/// An activation function <c>y = f(a)</c> with its derivative, written once over lanes. Implement it as a small struct to add a custom
/// activation.
/// </summary>
/// <example>
/// <code>
/// readonly struct Swish : IActivation          // f(a) = a·σ(a)
/// {
///     public V Value&lt;V, T&gt;(V a)
///         where V : unmanaged, ILane&lt;V, T&gt; where T : unmanaged, IBinaryFloatingPointIeee754&lt;T&gt; =>
///         a * Functions.Sigmoid&lt;V, T&gt;(a);
///
///     public V Derivative&lt;V, T&gt;(V a, V y)
///         where V : unmanaged, ILane&lt;V, T&gt; where T : unmanaged, IBinaryFloatingPointIeee754&lt;T&gt; =>
///         y + (Functions.Sigmoid&lt;V, T&gt;(a) * (V.Constant(1) - y));
/// }
/// Activation swish = Activation.Custom("swish", new Swish());
/// </code>
/// </example>
public interface IActivation
{
    /// <summary>Computes <c>f(a)</c>, element by element.</summary>
    /// <param name="a">The argument: the pre-activation.</param>
    /// <typeparam name="V">The lane.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    V Value<V, T>(V a)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Computes <c>f′(a)</c>, element by element.</summary>
    /// <param name="a">The argument.</param>
    /// <param name="y">The result of <see cref="Value"/> for it, since many derivatives are simplest in terms of it.</param>
    /// <typeparam name="V">The lane.</typeparam>
    /// <typeparam name="T">The number type.</typeparam>
    V Derivative<V, T>(V a, V y)
        where V : unmanaged, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
