using System.Numerics;
using Elman.Kernels;

namespace Elman.Tests.Kernels.Products;

public sealed unsafe class ProductTests
{
    public static TheoryData<string> Sets => [.. KernelCatalog.All<float>().Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Multiply_gives_the_bits_of_the_plain_loop_at_every_size_to_65(string set)
    {
        CheckMultiply(KernelCatalog.Choose<float>(set), 1, 65, k: 5);
        CheckMultiply(KernelCatalog.Choose<double>(set), 1, 65, k: 3);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Multiply_gives_the_bits_of_the_plain_loop_on_both_sides_of_a_block_of_k(string set)
    {
        foreach (int k in (int[])[0, 1, 2, 255, 256, 257, 513])
        {
            CheckMultiply(KernelCatalog.Choose<float>(set), 17, 17, k);
            CheckMultiply(KernelCatalog.Choose<double>(set), 9, 9, k);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void AddTransposed_gives_the_bits_of_the_plain_loop(string set)
    {
        foreach ((int m, int n, int k) in ((int, int, int)[])[(1, 1, 1), (2, 3, 2), (5, 17, 4), (6, 16, 255), (7, 33, 256), (13, 31, 257), (65, 64, 3), (64, 65, 600)])
        {
            CheckAddTransposed(KernelCatalog.Choose<float>(set), m, n, k);
            CheckAddTransposed(KernelCatalog.Choose<double>(set), m, n, k);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void PackTransposed_lays_out_what_Pack_lays_out_of_the_transpose(string set)
    {
        KernelSet<float> kernels = KernelCatalog.Choose<float>(set);
        foreach ((int k, int n) in ((int, int)[])[(1, 1), (3, 17), (300, 33), (256, 16), (257, 65)])
        {
            using NativeBuffer<float> b = Numbers<float>(k * n, 1), transposed = new(k * n);
            for (int p = 0; p < k; p++)
                for (int j = 0; j < n; j++)
                    transposed.Start[(j * k) + p] = b.Start[(p * n) + j];
            using NativeBuffer<float> expected = new(k * kernels.Pad(n)), actual = new(k * kernels.Pad(n));
            kernels.Pack(b.Start, n, k, n, expected.Start);
            kernels.PackTransposed(transposed.Start, k, k, n, actual.Start);
            SameBits.Assert<float>(expected.Span, actual.Span);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Column_sums_add_each_block_of_rows_in_order(string set)
    {
        KernelSet<float> kernels = KernelCatalog.Choose<float>(set);
        foreach ((int k, int n) in ((int, int)[])[(1, 1), (5, 31), (256, 8), (257, 65), (700, 17)])
        {
            using NativeBuffer<float> b = Numbers<float>(k * n, 2), sums = Numbers<float>(n, 3), expected = Numbers<float>(n, 3);
            for (int j = 0; j < n; j++)
            {
                for (int first = 0; first < k; first += Gemm.BlockSteps)
                {
                    float sum = 0;
                    for (int p = first; p < Math.Min(k, first + Gemm.BlockSteps); p++)
                        sum += b.Start[(p * n) + j];
                    expected.Start[j] += sum;
                }
            }
            kernels.AddColumnSums(b.Start, n, k, 0, n, sums.Start);
            SameBits.Assert<float>(expected.Span, sums.Span);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_edge_of_a_panel_keeps_the_sign_of_zero(string set)
    {
        KernelSet<float> kernels = KernelCatalog.Choose<float>(set);
        float a = -1e-30f, b = 1e-30f, addend = -0f, c = 1;
        using NativeBuffer<float> packed = new(kernels.Pad(1));
        kernels.Pack(&b, 1, 1, 1, packed.Start);
        kernels.Multiply(&a, 1, packed.Start, &addend, 0, &c, 1, 1, 1, 1);
        Assert.True(float.IsNegative(c));
    }

    private static void CheckMultiply<T>(KernelSet<T> kernels, int least, int most, int k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.SkipUnless(GuardedMemory<T>.IsSupported, "Guard pages need Linux.");
        for (int size = least; size <= most; size++)
        {
            int m = size, n = (size * 7 % most) + 1;
            using NativeBuffer<T> b = Numbers<T>(k * n, 1), bias = Numbers<T>(n, 2), expected = new(m * n);
            using GuardedMemory<T> a = Guarded<T>(m * k, 3), c = new(m * n), packed = new(k * kernels.Pad(n)), addend = Guarded<T>(n, 2);
            kernels.Pack(b.Start, n, k, n, packed.Start);

            PlainProduct<T>.Multiply(a.Start, k, b.Start, n, bias.Start, 0, expected.Start, n, m, n, k);
            kernels.Multiply(a.Start, k, packed.Start, addend.Start, 0, c.Start, n, m, n, k);
            SameBits.Assert<T>(expected.Span, c.Span);

            PlainProduct<T>.Multiply(a.Start, k, b.Start, n, expected.Start, n, expected.Start, n, m, n, k);
            kernels.Multiply(a.Start, k, packed.Start, c.Start, n, c.Start, n, m, n, k);
            SameBits.Assert<T>(expected.Span, c.Span);
            Assert.True(c.SlackIsUntouched && packed.SlackIsUntouched);
        }
    }

    private static void CheckAddTransposed<T>(KernelSet<T> kernels, int m, int n, int k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.SkipUnless(GuardedMemory<T>.IsSupported, "Guard pages need Linux.");
        using GuardedMemory<T> a = Guarded<T>(k * m, 4), b = Guarded<T>(k * n, 5), c = Guarded<T>(m * n, 6), panel = new(Gemm.BlockSteps * kernels.PanelWidth);
        using NativeBuffer<T> expected = Numbers<T>(m * n, 6);
        PlainProduct<T>.AddTransposed(a.Start, m, b.Start, n, expected.Start, n, m, 0, n, k);
        int half = n / 2 / kernels.PanelWidth * kernels.PanelWidth; // two shares, as two threads take them
        kernels.AddTransposed(a.Start, m, b.Start, n, c.Start, n, m, 0, half, k, panel.Start);
        kernels.AddTransposed(a.Start, m, b.Start, n, c.Start, n, m, half, n, k, panel.Start);
        SameBits.Assert<T>(expected.Span, c.Span);
        Assert.True(c.SlackIsUntouched && panel.SlackIsUntouched);
    }

    private static NativeBuffer<T> Numbers<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var buffer = new NativeBuffer<T>(count);
        Fill<T>(buffer.Span, seed);
        return buffer;
    }

    private static GuardedMemory<T> Guarded<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var memory = new GuardedMemory<T>(count);
        Fill(memory.Span, seed);
        return memory;
    }

    private static void Fill<T>(Span<T> numbers, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new SeededRandom(seed);
        foreach (ref T number in numbers)
            number = T.CreateTruncating(random.NextNormal());
    }
}
