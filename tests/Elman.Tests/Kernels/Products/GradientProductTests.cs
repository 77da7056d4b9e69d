using System.Numerics;
using Elman.Kernels;

namespace Elman.Tests.Kernels.Products;

public sealed unsafe class GradientProductTests
{
    public static TheoryData<string> Sets => [.. KernelCatalog.All<float>().Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Products_and_sums_have_the_bits_of_the_plain_loops_at_every_size_to_65(string set)
    {
        for (int size = 1; size <= 65; size++)
        {
            Check(KernelCatalog.Choose<float>(set), first: size, second: (size * 7 % 65) + 1, n: (size * 11 % 65) + 1,
                rows: (size * 13 % 65) + 1);
            Check(KernelCatalog.Choose<double>(set), first: (size * 5 % 65) + 1, second: size, n: (size * 3 % 65) + 1, rows: 3);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Products_have_the_same_bits_on_both_sides_of_a_block_of_rows(string set)
    {
        foreach (int rows in (int[])[1, 2, 255, 256, 257, 513])
        {
            Check(KernelCatalog.Choose<float>(set), 3, 9, 17, rows);
            Check(KernelCatalog.Choose<double>(set), 0, 7, 9, rows);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Products_have_the_same_bits_with_packed_operands(string set)
    {
        foreach (int first in (int[])[0, 1, 5, 6, 7, 12])
        {
            Check(KernelCatalog.Choose<float>(set), first, 14, n: 400, rows: 300);
            Check(KernelCatalog.Choose<double>(set), first, 2, n: 401, rows: 257);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Rows_that_are_known_to_be_zero_are_not_looked_at(string set)
    {
        foreach (int firstRow in (int[])[0, 1, 128, 256, 300, 512, 600])
        {
            Check(KernelCatalog.Choose<float>(set), 3, 8, n: 33, rows: 600, firstRow);
            Check(KernelCatalog.Choose<float>(set), 3, 8, n: 400, rows: 600, firstRow);
        }
    }

    private static void Check<T>(KernelSet<T> kernels, int first, int second, int n, int rows, int firstRow = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.SkipUnless(GuardedMemory<T>.IsSupported, "Guard pages need Linux.");
        using GuardedMemory<T> x = Numbers.Guarded<T>(rows * first, 4), h = Numbers.Guarded<T>(rows * second, 5),
            b = Numbers.Guarded<T>(rows * n, 6);
        using GuardedMemory<T> xGradient = Numbers.Guarded<T>(first * n, 7), hGradient = Numbers.Guarded<T>(second * n, 8),
            sums = Numbers.Guarded<T>(n, 9);
        using GuardedMemory<T> scratch = new((int)kernels.GradientScratchSize(first, second));
        h.Span[..(firstRow * second)].Fill(T.NaN);
        using NativeBuffer<T> xExpected = Numbers.Native<T>(first * n, 7), hExpected = Numbers.Native<T>(second * n, 8),
            sumsExpected = Numbers.Native<T>(n, 9);
        PlainProduct<T>.AddTransposed(x.Start, first, b.Start, n, xExpected.Start, n, first, n, 0, rows);
        PlainProduct<T>.AddTransposed(h.Start, second, b.Start, n, hExpected.Start, n, second, n, firstRow, rows);
        PlainProduct<T>.AddColumnSums(b.Start, n, sumsExpected.Start, n, rows);

        var left = new GradientOperand<T> { A = x.Start, Stride = first, Columns = first, Gradient = xGradient.Start, GradientStride = n };
        var right = new GradientOperand<T>
        {
            A = h.Start,
            Stride = second,
            Columns = second,
            FirstRow = firstRow,
            Gradient = hGradient.Start,
            GradientStride = n,
        };
        int half = n / 2 / kernels.PanelWidth * kernels.PanelWidth; // two shares, as two threads take them
        kernels.AddGradients(left, right, b.Start, n, rows, 0, half, sums.Start, scratch.Start);
        kernels.AddGradients(left, right, b.Start, n, rows, half, n, sums.Start, scratch.Start);

        SameBits.Assert<T>(xExpected.Span, xGradient.Span);
        SameBits.Assert<T>(hExpected.Span, hGradient.Span);
        SameBits.Assert<T>(sumsExpected.Span, sums.Span);
        Assert.True(xGradient.SlackIsUntouched && hGradient.SlackIsUntouched && sums.SlackIsUntouched && scratch.SlackIsUntouched);
    }
}
