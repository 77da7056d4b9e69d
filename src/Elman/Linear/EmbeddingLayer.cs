using System.Numerics;
using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Packing;
using Elman.Sequences;
using Elman.Sequences.Stages;

namespace Elman.Linear;

/// <summary>
/// Replaces every symbol by its learned vector:
/// <c>y = [x of the other channels, row x of each table]</c>. If there are n-grams, their vectors are added to those of the symbols.
/// </summary>
/// <remarks>Reads the tables in place, without packing.</remarks>
internal sealed unsafe class EmbeddingLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SymbolTables _tables;
    private readonly int[] _numbers; // channels that are copied unchanged
    private readonly int[] _firstColumns; // the first column in y of each table's vectors
    private readonly int _firstRow, _rowsOfAChannel; // the position in x of the rows of n-grams

    /// <summary>Adds the tables to a model's parameters.</summary>
    /// <param name="channels">C, the number of values of a step.</param>
    /// <param name="tables">The tables of the symbol channels, at least one.</param>
    /// <param name="layout">The layout of the model's parameters, which is added to.</param>
    /// <param name="ngrams">The n-grams whose rows are the last values of a step; by default none.</param>
    public EmbeddingLayer(int channels, SymbolTables tables, ParameterLayout layout, Ngrams? ngrams = null)
    {
        _tables = tables;
        _rowsOfAChannel = ngrams?.PerChannel ?? 0;
        _firstRow = channels - (_rowsOfAChannel * tables.Count);
        InputSize = channels;
        OutputSize = checked((int)tables.InputsOf(_firstRow));
        _numbers = [.. Enumerable.Range(0, _firstRow).Where(c => !tables.Include(c + 1))];
        Tables = [.. tables.Select(table => layout.Add(
            FormattableString.Invariant($"embedding.{table.Channel}.w"), table.Symbols, table.Size))];
        NgramTables = ngrams is null ? [] : [.. tables.Select(table => layout.Add(
            FormattableString.Invariant($"embedding.{table.Channel}.ngrams"), ngrams.Keys.Rows, table.Size))];
        _firstColumns = new int[tables.Count + 1];
        _firstColumns[0] = _numbers.Length;
        for (int i = 0; i < tables.Count; i++)
            _firstColumns[i + 1] = _firstColumns[i] + tables[i].Size;
    }

    /// <summary>C, the number of values of a step.</summary>
    public int InputSize { get; }

    /// <summary>I', the number of values of a step with vectors in place of symbols.</summary>
    public int OutputSize { get; }

    /// <summary>The tables, <c>[V, E]</c> each, in the order of their channels.</summary>
    public IReadOnlyList<ParameterSlice> Tables { get; }

    /// <summary>The tables of n-grams, <c>[R, E]</c> each, in the order of their channels; none without n-grams.</summary>
    public IReadOnlyList<ParameterSlice> NgramTables { get; }

    /// <summary>Returns the channel, from 0, of the symbol whose vector a column of the outputs belongs to, or the input that it
    /// copies.</summary>
    public int InputOf(int column)
    {
        if (column < _numbers.Length)
            return _numbers[column];
        int table = 0;
        while (_firstColumns[table + 1] <= column)
            table++;
        return _tables[table].Channel - 1;
    }

    /// <summary>Looks up the vectors.</summary>
    /// <param name="x">The values of steps, <c>[rows, C]</c>; symbols must be known.</param>
    /// <param name="y">Receives <c>[rows, I']</c>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="values">The model's parameters.</param>
    /// <param name="workers">The threads to use.</param>
    public void Forward(T* x, T* y, int rows, Parameters<T> values, Workers workers)
    {
        int parts = workers.PartsFor((long)rows * OutputSize);
        var job = new LookupJob(this, x, y, rows, values, parts);
        workers.Run(ref job, parts);
    }

    /// <summary>
    /// Adds the gradient with respect to every vector to its row in the gradient of the table. A thread processes a range of columns over
    /// all rows, so that no sum is split.
    /// </summary>
    /// <param name="x">The values of the forward pass, <c>[rows, C]</c>.</param>
    /// <param name="yGradient">The gradient of the loss with respect to the outputs, <c>[rows, I']</c>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="workers">The threads to use.</param>
    public void Backward(T* x, T* yGradient, int rows, Parameters<T> gradients, Workers workers)
    {
        int columns = OutputSize - _numbers.Length;
        int parts = Math.Min(workers.PartsFor((long)rows * columns), columns);
        var job = new ScatterJob(this, x, yGradient, rows, gradients, parts);
        workers.Run(ref job, parts);
    }

    /// <summary>Returns the vector of a row's symbol in a table; spans check the bounds.</summary>
    private Span<T> Vector(Parameters<T> parameters, int table, T* row) =>
        parameters.Span(Tables[table])
            .Slice(int.CreateTruncating(row[_tables[table].Channel - 1]) * _tables[table].Size, _tables[table].Size);

    /// <summary>Returns the vector of an n-gram of a table's channel; empty if the n-gram has none.</summary>
    private Span<T> Ngram(Parameters<T> parameters, int table, int which, T* row)
    {
        int size = _tables[table].Size, ngram = int.CreateTruncating(row[_firstRow + (table * _rowsOfAChannel) + which]);
        return ngram < 0 ? [] : parameters.Span(NgramTables[table]).Slice(ngram * size, size);
    }

    private readonly struct LookupJob(EmbeddingLayer<T> layer, T* x, T* y, int rows, Parameters<T> values, int parts) : IJob
    {
        public void Execute(int part)
        {
            (int first, int end) = Workers.Share(rows, part, parts);
            for (int r = first; r < end; r++)
            {
                T* from = x + ((nint)r * layer.InputSize), to = y + ((nint)r * layer.OutputSize);
                for (int i = 0; i < layer._numbers.Length; i++)
                    to[i] = from[layer._numbers[i]];
                for (int table = 0; table < layer._tables.Count; table++)
                {
                    var sum = new Span<T>(to + layer._firstColumns[table], layer._tables[table].Size);
                    layer.Vector(values, table, from).CopyTo(sum);
                    for (int which = 0; which < layer._rowsOfAChannel; which++)
                        if (layer.Ngram(values, table, which, from) is { IsEmpty: false } ngram)
                            TensorPrimitives.Add(sum, ngram, sum);
                }
            }
        }
    }

    private readonly struct ScatterJob(EmbeddingLayer<T> layer, T* x, T* yGradient, int rows, Parameters<T> gradients, int parts) : IJob
    {
        public void Execute(int part)
        {
            int numbers = layer._numbers.Length;
            (int first, int end) = Workers.Share(layer.OutputSize - numbers, part, parts);
            for (int table = 0; table < layer._tables.Count; table++)
            {
                int from = Math.Max(numbers + first, layer._firstColumns[table]),
                    to = Math.Min(numbers + end, layer._firstColumns[table + 1]);
                for (int r = 0; r < rows && from < to; r++)
                {
                    T* row = x + ((nint)r * layer.InputSize);
                    var gradient = new ReadOnlySpan<T>(yGradient + ((nint)r * layer.OutputSize) + from, to - from);
                    int column = from - layer._firstColumns[table];
                    Add(gradient, layer.Vector(gradients, table, row), column);
                    for (int which = 0; which < layer._rowsOfAChannel; which++)
                        if (layer.Ngram(gradients, table, which, row) is { IsEmpty: false } ngram)
                            Add(gradient, ngram, column);
                }
            }
        }

        /// <summary>Adds the columns of a gradient to those of a vector.</summary>
        private static void Add(ReadOnlySpan<T> gradient, Span<T> vector, int column)
        {
            Span<T> sum = vector.Slice(column, gradient.Length);
            TensorPrimitives.Add(sum, gradient, sum);
        }
    }
}
