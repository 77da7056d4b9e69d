namespace Elman.Tests.Fixtures;

/// <summary>The integer generator of the fixture scripts (Steele, Lea and Flood, 2014): the same numbers, bit for bit.</summary>
public sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Returns 64 random bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>
    /// Returns uniform numbers in [−bound, bound) in steps of bound/1024; if the bound is a power of two, they are exact in float.
    /// </summary>
    public double[] Even(double bound, int count)
    {
        var numbers = new double[count];
        for (int i = 0; i < count; i++)
            numbers[i] = ((long)(NextBits() >> 53) - 1024) * (bound / 1024);
        return numbers;
    }

    /// <summary>Returns integers from 0 to <paramref name="bound"/> − 1.</summary>
    public int[] Below(int bound, int count)
    {
        var numbers = new int[count];
        for (int i = 0; i < count; i++)
            numbers[i] = (int)((NextBits() >> 32) % (ulong)bound);
        return numbers;
    }
}
