using System.Numerics;
using Elman.Kernels;

namespace Elman.Tests.Kernels.Products;

public sealed unsafe class RowProductTests
{
    public static TheoryData<string> Sets => [.. KernelCatalog.All<float>().Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_product_has_the_bits_of_the_plain_loop_at_every_size_to_65(string set)
    {
        for (int size = 1; size <= 65; size++)
        {
            Check(KernelCatalog.Choose<float>(set), m: size, n: (size * 7 % 65) + 1, first: 5, second: 0);
            Check(KernelCatalog.Choose<double>(set), m: (size * 11 % 65) + 1, n: size, first: 1, second: 2);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void One_to_thirteen_rows_have_them_under_every_number_of_panels_to_six(string set)
    {
        KernelSet<float> kernels = KernelCatalog.Choose<float>(set);
        for (int m = 1; m <= 13; m++)
            for (int panels = 1; panels <= 6; panels++)
                Check(kernels, m, panels * kernels.PanelWidth, first: 2, second: 3);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Matrices_together_have_them_at_every_split_of_k(string set)
    {
        foreach ((int first, int second) in ((int, int)[])[(0, 0), (0, 1), (1, 0), (1, 1), (2, 65), (64, 3), (0, 65), (300, 257)])
        {
            Check(KernelCatalog.Choose<float>(set), 17, 17, first, second);
            Check(KernelCatalog.Choose<double>(set), 9, 9, first, second);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void More_rows_than_a_block_have_them(string set) => Check(KernelCatalog.Choose<float>(set), 203, 33, 3, 4);

    [Theory]
    [MemberData(nameof(Sets))]
    public void One_matrix_after_the_other_gives_the_bits_of_both_at_once(string set)
    {
        KernelSet<float> kernels = KernelCatalog.Choose<float>(set);
        const int M = 11, N = 37, First = 6, Second = 9;
        using NativeBuffer<float> a = Numbers.Native<float>(M * (First + Second), 1), b = Numbers.Native<float>((First + Second) * N, 2),
            bias = Numbers.Native<float>(N, 3);
        using NativeBuffer<float> packed = new((First + Second) * kernels.Pad(N)), together = new(M * N), inTurn = new(M * N);
        kernels.Pack(b.Start, N, First + Second, N, packed.Start, First + Second);
        RowOperand<float> left = RowOperand<float>.Of(a.Start, First + Second, First),
            right = RowOperand<float>.Of(a.Start + First, First + Second, Second);
        kernels.Multiply(left with { Second = right.First, SecondStride = right.FirstStride, SecondColumns = Second }, packed.Start,
            First + Second, bias.Start, 0, together.Start, N, M, N);
        kernels.Multiply(left, packed.Start, First + Second, bias.Start, 0, inTurn.Start, N, M, N);
        kernels.Multiply(right, packed.Start + (First * kernels.PanelWidth), First + Second, inTurn.Start, N, inTurn.Start, N, M, N);
        SameBits.Assert<float>(together.Span, inTurn.Span);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_edge_of_a_panel_keeps_the_sign_of_zero(string set)
    {
        KernelSet<float> kernels = KernelCatalog.Choose<float>(set);
        float a = -1e-30f, b = 1e-30f, addend = -0f, c = 1;
        using NativeBuffer<float> packed = new(kernels.Pad(1));
        kernels.Pack(&b, 1, 1, 1, packed.Start, 1);
        kernels.Multiply(RowOperand<float>.Of(&a, 1, 1), packed.Start, 1, &addend, 0, &c, 1, 1, 1);
        Assert.True(float.IsNegative(c));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void PackTransposed_lays_out_what_Pack_lays_out_of_the_transpose(string set)
    {
        KernelSet<float> kernels = KernelCatalog.Choose<float>(set);
        foreach ((int k, int n) in ((int, int)[])[(1, 1), (3, 17), (300, 33), (64, 16), (65, 65)])
        {
            using NativeBuffer<float> b = Numbers.Native<float>(k * n, 1), transposed = new(k * n);
            for (int p = 0; p < k; p++)
                for (int j = 0; j < n; j++)
                    transposed.Start[(j * k) + p] = b.Start[(p * n) + j];
            using NativeBuffer<float> expected = new(k * kernels.Pad(n)), actual = new(k * kernels.Pad(n));
            kernels.Pack(b.Start, n, k, n, expected.Start, k);
            kernels.PackTransposed(transposed.Start, k, k, n, actual.Start, k);
            SameBits.Assert<float>(expected.Span, actual.Span);
        }
    }

    private static void Check<T>(KernelSet<T> kernels, int m, int n, int first, int second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.SkipUnless(GuardedMemory<T>.IsSupported, "Guard pages need Linux.");
        int k = first + second;
        using NativeBuffer<T> b = Numbers.Native<T>(k * n, 1), expected = new(m * n);
        using GuardedMemory<T> left = Numbers.Guarded<T>(m * first, 3), right = Numbers.Guarded<T>(m * second, 4),
            addend = Numbers.Guarded<T>(n, 2);
        using GuardedMemory<T> c = new(m * n), packed = new(k * kernels.Pad(n));
        var a = new RowOperand<T>
        {
            First = left.Start,
            FirstStride = first,
            FirstColumns = first,
            Second = right.Start,
            SecondStride = second,
            SecondColumns = second,
        };
        kernels.Pack(b.Start, n, first, n, packed.Start, k); // one above the other, as two matrices are packed
        kernels.Pack(b.Start + (first * n), n, second, n, packed.Start + (first * kernels.PanelWidth), k);

        PlainProduct<T>.Multiply(a, b.Start, n, addend.Start, 0, expected.Start, n, m, n);
        kernels.Multiply(a, packed.Start, k, addend.Start, 0, c.Start, n, m, n);
        SameBits.Assert<T>(expected.Span, c.Span);

        PlainProduct<T>.Multiply(a, b.Start, n, expected.Start, n, expected.Start, n, m, n);
        kernels.Multiply(a, packed.Start, k, c.Start, n, c.Start, n, m, n);
        SameBits.Assert<T>(expected.Span, c.Span);
        Assert.True(c.SlackIsUntouched && packed.SlackIsUntouched);
    }
}
