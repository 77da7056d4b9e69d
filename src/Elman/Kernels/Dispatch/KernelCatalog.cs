using System.Numerics;

namespace Elman.Kernels;

/// <summary>
/// The kernel sets there are, widest first: dispatch takes the first that the processor supports; tests and benchmarks walk the same list.
/// </summary>
internal static class KernelCatalog
{
    /// <summary>The environment variable that forces a set by name, whatever the processor supports.</summary>
    public const string Variable = "ELMAN_KERNEL";

    /// <summary>All sets for a number type, in order of preference.</summary>
    public static IReadOnlyList<KernelSet<T>> All<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Sets<T>.All;

    /// <summary>The set that <c>ELMAN_KERNEL</c> names, or else the first that the processor supports.</summary>
    /// <exception cref="ArgumentException">The variable names no set.</exception>
    public static KernelSet<T> Default<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Choose<T>(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The set of a name, or the preferred one where the name is empty.</summary>
    /// <exception cref="ArgumentException">No set has that name.</exception>
    public static KernelSet<T> Choose<T>(string? name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (string.IsNullOrEmpty(name))
            return Sets<T>.All.First(set => set.IsSupported);
        return Sets<T>.All.FirstOrDefault(set => set.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"{Variable} is '{name}'; it may be {string.Join(", ", Sets<T>.All.Select(set => set.Name))}, or unset.");
    }

    private static class Sets<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static readonly KernelSet<T>[] All =
        [
            new KernelSet<Lane512<T>, T>("vector512"),
            new KernelSet<Lane256<T>, T>("vector256"),
            new KernelSet<Lane128<T>, T>("vector128"),
            new KernelSet<ScalarLane<T>, T>("scalar"),
        ];
    }
}
