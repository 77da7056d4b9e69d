namespace Elman;

/// <summary>
/// A small random generator whose bits depend only on the seed: they are the same on every machine and with every version of .NET.
/// </summary>
/// <remarks>
/// xoshiro256** by D. Blackman and S. Vigna (2018), with its state filled by SplitMix64, as its authors recommend. Not for cryptography.
/// Not thread-safe: use one per thread.
/// </remarks>
public sealed class SeededRandom
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _s0, _s1, _s2, _s3;

    /// <summary>Starts the sequence of a seed.</summary>
    /// <param name="seed">Any number; different seeds give unrelated sequences.</param>
    public SeededRandom(long seed)
    {
        ulong x = (ulong)seed;
        _s0 = Mix(ref x);
        _s1 = Mix(ref x);
        _s2 = Mix(ref x);
        _s3 = Mix(ref x);
    }

    /// <summary>The state, from which the sequence continues.</summary>
    /// <exception cref="ArgumentException">The new state is all zero, or does not have four numbers.</exception>
    internal ulong[] State
    {
        get => [_s0, _s1, _s2, _s3];
        set
        {
            if (value is not [var s0, var s1, var s2, var s3] || (s0 | s1 | s2 | s3) == 0)
                throw new ArgumentException("This is not the state of a random generator.", nameof(value));
            (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
        }
    }

    /// <summary>Returns 64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = ulong.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = ulong.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Returns a number drawn uniformly from [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Returns a number drawn uniformly from [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    public double NextUniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>Returns an integer drawn uniformly from 0 … <paramref name="bound"/> − 1, without bias.</summary>
    /// <param name="bound">The number of possible values; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        // Lemire (2019): the high half of a 32×32-bit product; the few values that would bias it are drawn again.
        uint n = (uint)bound;
        uint threshold = (0u - n) % n;
        while (true)
        {
            ulong product = (NextUInt64() >> 32) * n;
            if ((uint)product >= threshold)
                return (int)(product >> 32);
        }
    }

    /// <summary>
    /// Returns a number drawn from the normal distribution with mean 0 and variance 1 (polar method of G. Marsaglia). It uses the logarithm
    /// of the platform, whose last bit may differ between platforms.
    /// </summary>
    public double NextNormal()
    {
        while (true)
        {
            double u = NextUniform(-1, 1), v = NextUniform(-1, 1), s = (u * u) + (v * v);
            if (s is > 0 and < 1)
                return u * Math.Sqrt(-2 * Math.Log(s) / s);
        }
    }

    /// <summary>Shuffles items (Fisher and Yates).</summary>
    /// <param name="items">The items to reorder in place.</param>
    /// <typeparam name="T">The type of the items.</typeparam>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Returns the output number <paramref name="number"/> of a SplitMix64 that starts at a key, without computing those before
    /// it.</summary>
    internal static ulong At(ulong key, ulong number)
    {
        ulong x = key + (number * Gamma);
        return Mix(ref x);
    }

    private static ulong Mix(ref ulong x)
    {
        x += Gamma;
        ulong z = x;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
