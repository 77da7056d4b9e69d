using Elman.Comparison.Problems;

namespace Elman.Comparison.Rows;

/// <summary>All rows, in the order in which they are measured.</summary>
internal static class RowCatalog
{
    private static readonly int[] _threadCounts = [1, 2];
    private static readonly (int Inputs, int Hidden)[] _streams = [(1, 32), (28, 128), (64, 256)];

    /// <summary>The rows.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        .. Grid(Group.Training, Operation.Training, [Rival.Elman, Rival.Torch]),
        .. Grid(Group.Inference, Operation.Inference, [Rival.Elman, Rival.Torch, Rival.OnnxRuntime]),
        .. Streaming(),
        .. Ragged(Group.RaggedTraining, Operation.Training),
        .. Ragged(Group.RaggedInference, Operation.Inference),
        .. Stacks(Group.StackTraining, Operation.Training),
        .. Stacks(Group.StackInference, Operation.Inference),
        .. StacksOnRagged(),
        .. InputGated(),
        .. Growing(Group.GrowingSteps, [10, 100, 1000, 10_000], steps => new(8, 32, 8, steps)),
        .. Growing(Group.GrowingBatch, [1, 32, 1024], batch => new(8, 64, batch, 20)),
        .. Growing(Group.GrowingHidden, [8, 64, 256, 1024], hidden => new(16, hidden, 16, 20)),
        .. Shape.Grid.Select(shape => new Row(Group.Double, Operation.Training, Cell.Rnn, shape, 1, [Rival.ElmanDouble, Rival.NumPy])),
    ];

    private static IEnumerable<Row> Grid(Group table, Operation operation, Rival[] rivals) =>
        from threads in _threadCounts
        from cell in Cell.All
        from shape in Shape.Grid
        select new Row(table, operation, cell, shape, threads, rivals);

    private static IEnumerable<Row> Streaming() =>
        from cell in Cell.All
        from size in _streams
        select new Row(
            Group.Streaming, Operation.Streaming, cell, new Shape(size.Inputs, size.Hidden, Batch: 1, Steps: 64), 1,
            [Rival.Elman, Rival.Torch, Rival.OnnxRuntime]);

    private static IEnumerable<Row> Ragged(Group table, Operation operation)
    {
        int[] lengths = Lengths.LogUniform(batch: 64, least: 10, most: 1000);
        return
            from cell in Cell.All
            select new Row(
                table, operation, cell, new Shape(28, 128, lengths.Length, lengths[0]), 1,
                [Rival.Elman, Rival.TorchPacked, Rival.Torch, Rival.ElmanLevelled])
            {
                Lengths = lengths,
            };
    }

    private static IEnumerable<Row> Stacks(Group table, Operation operation) =>
        from threads in _threadCounts
        from cell in (Cell[])[Cell.Gru, Cell.Lstm]
        from shape in Shape.Stacks
        select new Row(table, operation, cell, shape, threads, [Rival.Elman, Rival.Torch]);

    private static IEnumerable<Row> StacksOnRagged()
    {
        int[] lengths = Lengths.LogUniform(batch: 64, least: 10, most: 1000);
        return
            from threads in _threadCounts
            from cell in (Cell[])[Cell.Gru, Cell.Lstm]
            select new Row(
                Group.StackRagged, Operation.Training, cell, new Shape(28, 128, lengths.Length, lengths[0]) { Layers = 2, Directions = 2 },
                threads, [Rival.Elman, Rival.TorchPacked])
            {
                Lengths = lengths,
            };
    }

    private static IEnumerable<Row> InputGated() =>
        from readout in (Readout[])[Readout.Last, Readout.Mean]
        from cell in (Cell[])[Cell.MinGru, Cell.MinLstm, Cell.Lru]
        from hidden in (int[])[64, 128, 256]
        select new Row(Group.InputGated, Operation.Training, cell, new Shape(28, hidden, 16, 1000) { Readout = readout }, 1,
            [Rival.Elman, Rival.ElmanLstm]);

    private static IEnumerable<Row> Growing(Group table, int[] sizes, Func<int, Shape> shape) =>
        from cell in Cell.All
        from size in sizes
        select new Row(table, Operation.Training, cell, shape(size), 1, [Rival.Elman, Rival.Torch]);
}
