namespace Elman.Kernels;

/// <summary>The arithmetic kernels that this process uses.</summary>
public static class KernelInfo
{
    /// <summary>
    /// The name of the kernel set: <c>vector512</c>, <c>vector256</c>, <c>vector128</c> or <c>scalar</c>; the widest that the processor
    /// supports, or the one that the environment variable <c>ELMAN_KERNEL</c> names. All give the same bits.
    /// </summary>
    /// <exception cref="ArgumentException">The variable names an unknown set.</exception>
    public static string Name => KernelCatalog.Default<float>().Name;
}
