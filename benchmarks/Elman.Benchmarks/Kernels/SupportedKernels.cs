using Elman.Kernels;

namespace Elman.Benchmarks.Kernels;

/// <summary>The kernel sets that this processor supports without emulation.</summary>
internal static class SupportedKernels
{
    /// <summary>The names of the sets, widest first.</summary>
    public static IEnumerable<string> Names => KernelCatalog.All<float>().Where(set => set.IsSupported).Select(set => set.Name);

    /// <summary>Returns the set with a name.</summary>
    public static KernelSet<float> Find(string name) => KernelCatalog.Choose<float>(name);
}
