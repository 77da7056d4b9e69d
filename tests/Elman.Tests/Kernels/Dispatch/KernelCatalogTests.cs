using Elman.Kernels;

namespace Elman.Tests.Kernels.Dispatch;

public sealed class KernelCatalogTests
{
    [Fact]
    public void Without_a_name_the_widest_supported_set_is_taken() =>
        Assert.Same(KernelCatalog.All<float>().First(set => set.IsSupported), KernelCatalog.Choose<float>(""));

    [Fact]
    public void Every_set_can_be_named_in_any_case() =>
        Assert.All(KernelCatalog.All<double>(), set => Assert.Same(set, KernelCatalog.Choose<double>(set.Name.ToUpperInvariant())));

    [Fact]
    public void The_scalar_set_is_always_supported() => Assert.True(KernelCatalog.Choose<float>("scalar").IsSupported);

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => KernelCatalog.Choose<float>("avx9"));
        Assert.Contains("'avx9'", e.Message, StringComparison.Ordinal);
        Assert.Contains("vector256, vector128, scalar", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_variable_decides() =>
        Assert.Equal(KernelCatalog.Choose<float>(Environment.GetEnvironmentVariable(KernelCatalog.Variable)).Name,
            KernelCatalog.Default<float>().Name);
}
