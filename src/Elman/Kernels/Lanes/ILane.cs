using System.Numerics;

namespace Elman.Kernels;

/// <summary>
/// A few numbers in one vector register, with arithmetic on them: the type in which all kernels, cells and activations are written.
/// </summary>
/// <typeparam name="TSelf">The lane itself.</typeparam>
/// <typeparam name="T">The number type, <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <remarks>
/// Code over lanes is written once and runs as plain scalars (<see cref="ScalarLane{T}"/>) and at every vector width.
/// Each operation here is correctly rounded element by element, including <see cref="FusedMultiplyAdd"/>, so code that uses only these
/// operations has the same bits at every width and on every processor.
/// </remarks>
public unsafe interface ILane<TSelf, T> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IDivisionOperators<TSelf, TSelf, TSelf>,
    IUnaryNegationOperators<TSelf, TSelf>
    where TSelf : unmanaged, ILane<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of values of the lane.</summary>
    static abstract int Width { get; }

    /// <summary>Whether this processor has registers for the lane, so that it is not emulated.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Reads <see cref="Width"/> numbers; no alignment is needed.</summary>
    /// <param name="source">The address of the first number.</param>
    static abstract TSelf Load(T* source);

    /// <summary>Reads one number into every element.</summary>
    /// <param name="source">The address.</param>
    static abstract TSelf Broadcast(T* source);

    /// <summary>Returns the same number in every element.</summary>
    /// <param name="value">The number.</param>
    static abstract TSelf Create(T value);

    /// <summary>Returns a constant of the source code in every element, rounded to <typeparamref name="T"/>.</summary>
    /// <param name="value">The constant.</param>
    static abstract TSelf Constant(double value);

    /// <summary>Writes the numbers to memory; no alignment is needed.</summary>
    /// <param name="destination">The address for the first number.</param>
    void Store(T* destination);

    /// <summary>Computes <c>a·b + c</c>, rounded once.</summary>
    /// <param name="a">A factor.</param>
    /// <param name="b">A factor.</param>
    /// <param name="c">The addend.</param>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>Computes <c>sum = a·b + sum</c>, rounded once: <see cref="FusedMultiplyAdd"/> in place.</summary>
    /// <remarks>For the register tile. If this is written as an assignment, the compiler copies a register for every other
    /// multiply-add.</remarks>
    /// <param name="sum">The accumulator.</param>
    /// <param name="a">A factor.</param>
    /// <param name="b">A factor.</param>
    static abstract void Accumulate(ref TSelf sum, TSelf a, TSelf b);

    /// <summary>Returns the magnitude: the sign bit is cleared.</summary>
    /// <param name="x">The argument.</param>
    static abstract TSelf Abs(TSelf x);

    /// <summary>Returns the square root, correctly rounded.</summary>
    /// <param name="x">The argument.</param>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>Returns the nearest integer, ties to even.</summary>
    /// <param name="x">The argument.</param>
    static abstract TSelf Round(TSelf x);

    /// <summary>Returns the magnitude of one number with the sign of another.</summary>
    /// <param name="magnitude">The number with the magnitude.</param>
    /// <param name="sign">The number with the sign.</param>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>Returns a number with its sign changed if the sign bit of another one is set, including negative zero and NaN.</summary>
    /// <param name="x">The number.</param>
    /// <param name="sign">The number with the sign.</param>
    static abstract TSelf FlipSign(TSelf x, TSelf sign);

    /// <summary>
    /// Returns a mask for <see cref="Blend"/>: set if <paramref name="a"/> &lt; <paramref name="b"/>, clear if either is NaN.
    /// </summary>
    /// <param name="a">The left side.</param>
    /// <param name="b">The right side.</param>
    static abstract TSelf LessThan(TSelf a, TSelf b);

    /// <summary>Selects one of two numbers, element by element.</summary>
    /// <param name="mask">The mask from <see cref="LessThan"/>.</param>
    /// <param name="ifSet">The value if the mask is set.</param>
    /// <param name="ifClear">The value if the mask is clear.</param>
    static abstract TSelf Blend(TSelf mask, TSelf ifSet, TSelf ifClear);

    /// <summary>Adds 1 to a count if <paramref name="a"/> &lt; <paramref name="b"/>; otherwise, also if either is NaN, the count does not
    /// change.</summary>
    /// <param name="count">The count so far.</param>
    /// <param name="a">The left side.</param>
    /// <param name="b">The right side.</param>
    static abstract TSelf CountLess(TSelf count, TSelf a, TSelf b);

    /// <summary>Returns the smaller of two numbers; a NaN in <paramref name="x"/> stays NaN.</summary>
    /// <param name="x">The number.</param>
    /// <param name="limit">The limit, neither NaN nor zero.</param>
    static abstract TSelf AtMost(TSelf x, TSelf limit);

    /// <summary>Returns the larger of two numbers; a NaN in <paramref name="x"/> stays NaN.</summary>
    /// <param name="x">The number.</param>
    /// <param name="limit">The limit, neither NaN nor zero.</param>
    static abstract TSelf AtLeast(TSelf x, TSelf limit);

    /// <summary>Computes 2ⁿ from the sum of an integer n and 1.5·2²³ + 127 in float, 1.5·2⁵² + 1023 in double.</summary>
    /// <remarks>
    /// That sum has n and the bias of the format in its lowest bits: shifted left, they are the exponent. The same addition rounds to the
    /// nearest integer, so 2ⁿ needs no further addition.
    /// </remarks>
    /// <param name="shifted">The sum; n from −126 to 128 in float, from −1022 to 1024 in double, at the upper end 2ⁿ is infinite. For other
    /// numbers the result is undefined.</param>
    static abstract TSelf PowerOfTwo(TSelf shifted);

    /// <summary>Computes <c>x·2ⁿ</c>, rounded once, for integers <paramref name="n"/> for which 2ⁿ is a normal number.</summary>
    /// <param name="x">The significand.</param>
    /// <param name="n">
    /// The exponent, an integer as a floating-point number: from −126 to 128 in float, from −1022 to 1024 in double.
    /// At the upper end 2ⁿ is infinite. For other numbers the result is undefined; if <paramref name="x"/> is NaN, the result is NaN.
    /// </param>
    static abstract TSelf ScaleByPowerOfTwo(TSelf x, TSelf n);
}
