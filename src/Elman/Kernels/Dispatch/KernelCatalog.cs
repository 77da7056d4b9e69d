using System.Numerics;

namespace Elman.Kernels;

/// <summary>
/// The list of kernel sets, widest first. Dispatch uses the first that the processor supports; tests and benchmarks use the same list.
/// </summary>
internal static class KernelCatalog
{
    /// <summary>The environment variable that forces a set by name, even if the processor does not support it.</summary>
    public const string Variable = "ELMAN_KERNEL";

    /// <summary>Returns all sets for a number type, in order of preference.</summary>
    public static IReadOnlyList<KernelSet<T>> All<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Sets<T>.All;

    /// <summary>Returns the set that <c>ELMAN_KERNEL</c> names, otherwise the first that the processor supports.</summary>
    /// <exception cref="ArgumentException">The variable names an unknown set.</exception>
    public static KernelSet<T> Default<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Choose<T>(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Returns the set with a name, or the preferred one if the name is empty.</summary>
    /// <exception cref="ArgumentException">No set has that name.</exception>
    public static KernelSet<T> Choose<T>(string? name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (string.IsNullOrEmpty(name))
            return Sets<T>.All.First(set => set.IsSupported);
        return Sets<T>.All.FirstOrDefault(set => set.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"{Variable} is {Quoted(name)}; it may be {string.Join(", ", Sets<T>.All.Select(set => set.Name))}, or unset.");
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
