using Elman.Sequences;

namespace Elman.Tests.Sequences;

public sealed class SymbolTablesTests
{
    [Fact]
    public void Symbol_tables_are_in_the_order_of_their_channels() =>
        Assert.Equal(
            new SymbolTables([new(1, 5, 3), new(2, 6, 1), new(4, 2, 2)]), new SymbolTables([new(4, 2, 2), new(1, 5, 3), new(2, 6, 1)]));
}
