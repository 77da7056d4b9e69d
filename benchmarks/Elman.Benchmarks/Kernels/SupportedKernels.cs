using Elman.Kernels;

namespace Elman.Benchmarks.Kernels;

/// <summary>The kernel sets that this processor runs without emulation.</summary>
internal static class SupportedKernels
{
    /// <summary>Their names, widest first.</summary>
    public static IEnumerable<string> Names => KernelCatalog.All<float>().Where(set => set.IsSupported).Select(set => set.Name);

    /// <summary>The set of a name.</summary>
    public static KernelSet<float> Find(string name) => KernelCatalog.Choose<float>(name);
}
