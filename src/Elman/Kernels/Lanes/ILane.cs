using System.Numerics;

namespace Elman.Kernels;

/// <summary>
/// A few numbers side by side in one register, and the arithmetic on them: what every kernel, cell and activation is written in.
/// </summary>
/// <typeparam name="TSelf">The lane itself.</typeparam>
/// <typeparam name="T">The number type, <see langword="float"/> or <see langword="double"/>.</typeparam>
/// <remarks>
/// Code over lanes is written once and runs as plain scalars (<see cref="ScalarLane{T}"/>) and at every vector width.
/// Each operation here is correctly rounded element by element, <see cref="FusedMultiplyAdd"/> included, so code that is built
/// of them gives the same bits at every width and on every processor.
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
    /// <param name="source">Where they begin.</param>
    static abstract TSelf Load(T* source);

    /// <summary>Reads one number into every element.</summary>
    /// <param name="source">The address.</param>
    static abstract TSelf Broadcast(T* source);

    /// <summary>The same number in every element.</summary>
    /// <param name="value">The number.</param>
    static abstract TSelf Create(T value);

    /// <summary>A constant of the source code in every element, rounded to <typeparamref name="T"/>.</summary>
    /// <param name="value">The constant.</param>
    static abstract TSelf Constant(double value);

    /// <summary>Writes the numbers to memory; no alignment is needed.</summary>
    /// <param name="destination">Where the first goes.</param>
    void Store(T* destination);

    /// <summary><c>a·b + c</c>, rounded once.</summary>
    /// <param name="a">A factor.</param>
    /// <param name="b">A factor.</param>
    /// <param name="c">The addend.</param>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary><c>sum = a·b + sum</c>, rounded once: <see cref="FusedMultiplyAdd"/> in place.</summary>
    /// <remarks>For the register tile. Written as an assignment, the compiler copies a register for every other multiply-add.</remarks>
    /// <param name="sum">The accumulator.</param>
    /// <param name="a">A factor.</param>
    /// <param name="b">A factor.</param>
    static abstract void Accumulate(ref TSelf sum, TSelf a, TSelf b);

    /// <summary>The magnitude: the sign bit cleared.</summary>
    /// <param name="x">The argument.</param>
    static abstract TSelf Abs(TSelf x);

    /// <summary>The square root, correctly rounded.</summary>
    /// <param name="x">The argument.</param>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>The nearest integer, ties to even.</summary>
    /// <param name="x">The argument.</param>
    static abstract TSelf Round(TSelf x);

    /// <summary>The magnitude of one number with the sign of another.</summary>
    /// <param name="magnitude">Gives the magnitude.</param>
    /// <param name="sign">Gives the sign.</param>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>A number with its sign changed where another has a minus, a negative zero or NaN included.</summary>
    /// <param name="x">The number.</param>
    /// <param name="sign">Gives the sign.</param>
    static abstract TSelf FlipSign(TSelf x, TSelf sign);

    /// <summary>
    /// A mask for <see cref="Blend"/>: set where <paramref name="a"/> &lt; <paramref name="b"/>, clear where either is NaN.
    /// </summary>
    /// <param name="a">The left side.</param>
    /// <param name="b">The right side.</param>
    static abstract TSelf LessThan(TSelf a, TSelf b);

    /// <summary>Element by element, one of two numbers.</summary>
    /// <param name="mask">What <see cref="LessThan"/> gave.</param>
    /// <param name="ifSet">Taken where the mask is set.</param>
    /// <param name="ifClear">Taken where it is clear.</param>
    static abstract TSelf Blend(TSelf mask, TSelf ifSet, TSelf ifClear);

    /// <summary>One more where <paramref name="a"/> &lt; <paramref name="b"/>; unchanged elsewhere, and where either is NaN.</summary>
    /// <param name="count">The count so far.</param>
    /// <param name="a">The left side.</param>
    /// <param name="b">The right side.</param>
    static abstract TSelf CountLess(TSelf count, TSelf a, TSelf b);

    /// <summary>The lesser of two numbers; a NaN in <paramref name="x"/> stays.</summary>
    /// <param name="x">The number.</param>
    /// <param name="limit">The limit, neither NaN nor zero.</param>
    static abstract TSelf AtMost(TSelf x, TSelf limit);

    /// <summary>The greater of two numbers; a NaN in <paramref name="x"/> stays.</summary>
    /// <param name="x">The number.</param>
    /// <param name="limit">The limit, neither NaN nor zero.</param>
    static abstract TSelf AtLeast(TSelf x, TSelf limit);

    /// <summary>2ⁿ, from the sum of an integer n and 1.5·2²³ + 127 in float, 1.5·2⁵² + 1023 in double.</summary>
    /// <remarks>
    /// That sum has n and the bias of the format in its lowest bits: shifted left they are the exponent. Rounding to the nearest integer is
    /// the same addition, so 2ⁿ comes along with it.
    /// </remarks>
    /// <param name="shifted">The sum; n from −126 to 128 in float, from −1022 to 1024 in double, where at the upper end 2ⁿ is infinite. Any
    /// other number gives a meaningless result.</param>
    static abstract TSelf PowerOfTwo(TSelf shifted);

    /// <summary><c>x·2ⁿ</c>, rounded once, for integers <paramref name="n"/> for which 2ⁿ is a normal number.</summary>
    /// <param name="x">The significand.</param>
    /// <param name="n">
    /// The exponent, an integer as a floating-point number: from −126 to 128 in float, from −1022 to 1024 in double.
    /// At the upper end 2ⁿ is infinite. Any other number gives a meaningless result; where <paramref name="x"/> is NaN, so is the result.
    /// </param>
    static abstract TSelf ScaleByPowerOfTwo(TSelf x, TSelf n);
}
