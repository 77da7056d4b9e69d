using Elman.Comparison.Problems;

namespace Elman.Comparison.Tests.Problems;

public class MatrixTests
{
    [Fact]
    public void Rows_become_columns() => Assert.Equal([1, 4, 2, 5, 3, 6], Matrix.Transpose<int>([1, 2, 3, 4, 5, 6], rows: 2));

    [Fact]
    public void A_row_becomes_a_column() => Assert.Equal([1, 2, 3], Matrix.Transpose<int>([1, 2, 3], rows: 1));

    [Fact]
    public void Each_place_gets_the_gate_that_the_order_names() =>
        Assert.Equal([1, 1, 4, 4, 2, 2, 3, 3], Matrix.Reorder<int>([1, 1, 2, 2, 3, 3, 4, 4], [0, 3, 1, 2]));
}
