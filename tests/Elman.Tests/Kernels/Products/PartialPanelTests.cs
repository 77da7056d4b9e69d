using Elman.Kernels;

namespace Elman.Tests.Kernels.Products;

public sealed unsafe class PartialPanelTests
{
    private const int Rows = 3, Stride = 40;
    private const float Untouched = 99;

    [Fact]
    public void Lanes_read_and_write_the_columns_that_exist_and_no_others()
    {
        Check<ScalarLane<float>>();
        Check<Lane128<float>>();
        Check<Lane256<float>>();
        Check<Lane512<float>>();
    }

    private static void Check<V>()
        where V : unmanaged, ILane<V, float>
    {
        int width = 2 * V.Width;
        for (int columns = 1; columns <= width; columns++)
        {
            float[] source = [.. Enumerable.Range(1, Rows * Stride).Select(i => (float)i)];
            float[] buffer = [.. Enumerable.Repeat(Untouched, (Rows * width) + 1)],
                target = [.. Enumerable.Repeat(Untouched, Rows * Stride)];
            fixed (float* from = source, by = buffer, to = target)
            {
                PartialPanel<V, float>.Read(from, Stride, Rows, columns, by);
                PartialPanel<V, float>.Write(by, to, Stride, Rows, columns);
            }
            for (int r = 0; r < Rows; r++)
            {
                Assert.Equal(source.AsSpan(r * Stride, columns), buffer.AsSpan(r * width, columns));
                Assert.All(buffer[((r * width) + columns)..((r + 1) * width)], value => Assert.Equal(0, value));
                Assert.Equal(source.AsSpan(r * Stride, columns), target.AsSpan(r * Stride, columns));
                Assert.All(target[((r * Stride) + columns)..((r + 1) * Stride)], value => Assert.Equal(Untouched, value));
            }
            Assert.Equal(Untouched, buffer[^1]);
        }
    }
}
