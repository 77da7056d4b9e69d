using System.Numerics;
using Elman.Kernels;

namespace Elman.Tests.Kernels.Products;

public sealed unsafe class WideProductTests
{
    public static TheoryData<string> Sets => [.. KernelCatalog.All<float>().Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_product_has_the_bits_of_the_plain_loop_at_every_length_to_200(string set)
    {
        for (int k = 0; k <= 200; k++)
        {
            Check(KernelCatalog.Choose<float>(set), m: (k % 7) + 1, n: (k % 5) + 1, k);
            Check(KernelCatalog.Choose<double>(set), m: (k % 5) + 1, n: (k % 7) + 1, k);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_number_of_rows_and_columns_to_ten_has_them(string set)
    {
        for (int m = 0; m <= 10; m++)
        {
            for (int n = 1; n <= 10; n++)
            {
                Check(KernelCatalog.Choose<float>(set), m, n, k: 130);
                Check(KernelCatalog.Choose<double>(set), m, n, k: 128);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Thousands_of_features_have_them(string set)
    {
        foreach (int k in (int[])[4_800, 4_801, 9_599, 12_000])
        {
            Check(KernelCatalog.Choose<float>(set), m: 4, n: 3, k);
            Check(KernelCatalog.Choose<double>(set), m: 1, n: 2, k);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Rows_further_apart_than_their_length_have_them(string set) =>
        Check(KernelCatalog.Choose<float>(set), m: 5, n: 3, k: 70, further: 9);

    [Theory]
    [MemberData(nameof(Sets))]
    public void What_is_not_finite_stays_in_its_row_and_column(string set)
    {
        KernelSet<float> kernels = KernelCatalog.Choose<float>(set);
        const int M = 5, N = 3, K = 67;
        using NativeBuffer<float> a = Numbers.Native<float>(M * K, 1), b = Numbers.Native<float>(K * N, 2),
            packed = new(N * WideRows.Pad(K)), bias = new(N), c = new(M * N);
        a.Start[K] = float.NaN; // the first of row 1: row 0 must not read it as what follows its last
        b.Start[((K - 1) * N) + 1] = float.PositiveInfinity;
        WideRows.Pack(b.Start, N, K, N, packed.Start);
        kernels.MultiplyWide(a.Start, K, K, packed.Start, bias.Start, c.Start, N, M, N);
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++)
                Assert.Equal(i != 1 && j != 1, float.IsFinite(c.Start[(i * N) + j]));
    }

    [Fact]
    public void The_sum_is_as_exact_as_many_short_chains()
    {
        const int K = 9_600;
        using NativeBuffer<float> a = Numbers.Native<float>(K, 1), b = Numbers.Native<float>(K, 2), packed = new(WideRows.Pad(K));
        float bias = 0.25f, c = 0;
        WideRows.Pack(b.Start, 1, K, 1, packed.Start);
        KernelCatalog.Default<float>().MultiplyWide(a.Start, K, K, packed.Start, &bias, &c, 1, 1, 1);
        double exact = 0.25, magnitudes = 0.25;
        for (int p = 0; p < K; p++)
        {
            double product = (double)a.Start[p] * b.Start[p];
            exact += product;
            magnitudes += Math.Abs(product);
        }
        const double Roundings = (K / 64) + 7; // of the longest way that a product takes to the sum
        Assert.InRange(c, exact - (Roundings * magnitudes * (1.0 / (1 << 24))), exact + (Roundings * magnitudes * (1.0 / (1 << 24))));
    }

    private static void Check<T>(KernelSet<T> kernels, int m, int n, int k, int further = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.SkipUnless(GuardedMemory<T>.IsSupported, "Guard pages need Linux.");
        int stride = k + further, padded = WideRows.Pad(k);
        using NativeBuffer<T> b = Numbers.Native<T>(k * n, 1), expected = new(m * n);
        using GuardedMemory<T> a = Numbers.Guarded<T>(m == 0 ? 0 : ((m - 1) * stride) + k, 3), addend = Numbers.Guarded<T>(n, 2);
        using GuardedMemory<T> c = new(m * n), packed = new(n * padded);
        WideRows.Pack(b.Start, n, k, n, packed.Start);
        PlainProduct<T>.MultiplyWide(a.Start, stride, k, b.Start, n, addend.Start, expected.Start, n, m, n);
        kernels.MultiplyWide(a.Start, stride, k, packed.Start, addend.Start, c.Start, n, m, n);
        SameBits.Assert<T>(expected.Span, c.Span);
        Assert.True(a.SlackIsUntouched && addend.SlackIsUntouched && c.SlackIsUntouched && packed.SlackIsUntouched);
    }
}
