using Elman.Kernels;
using Elman.Linear;
using Elman.Models;
using Elman.Packing;
using Elman.Sequences;
using Elman.Tests.Kernels;
using Elman.Tests.Oracles;

namespace Elman.Tests.Linear;

/// <summary>
/// Vectors that replace symbols, compared with plain loops and with a model that reads each symbol as a separate channel.
/// </summary>
public sealed unsafe class EmbeddingLayerTests
{
    private static readonly SymbolTables _tables = new([new(4, 5, 17), new(2, 3, 4), new(1, 1, 1)]);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20_000)]
    public void A_row_is_its_numbers_and_then_its_vectors_at_any_thread_count(int rows)
    {
        using var run = new Run(rows);
        var expected = new List<float>();
        for (int r = 0; r < rows; r++)
        {
            expected.Add(run.X[(r * 4) + 2]);
            for (int table = 0; table < 3; table++)
                expected.AddRange(run.Row(run.Values, table, r));
        }
        foreach (int threads in (int[])[1, 2, 5])
            SameBits.Assert<float>(expected.ToArray(), run.Forward(threads));
    }

    [Fact]
    public void Numbers_stand_in_the_order_of_their_channels()
    {
        var layout = new ParameterLayout();
        var layer = new EmbeddingLayer<float>(4, new([new(2, 1, 1)]), layout);
        using var values = new Parameters<float>(layout);
        using var workers = new Workers(1);
        float[] x = [5, 0, 7, 6], y = new float[4];
        fixed (float* from = x, to = y)
            layer.Forward(from, to, 1, values, workers);
        Assert.Equal([5, 7, 6, 0], y);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20_000)]
    public void A_gradient_is_the_sum_over_the_rows_of_a_symbol_in_their_order_at_any_thread_count(int rows)
    {
        using var run = new Run(rows);
        float[] expected = run.PlainGradient();
        foreach (int threads in (int[])[1, 2, 5, 40])
            SameBits.Assert<float>(expected, run.Backward(threads));
    }

    [Fact]
    public void A_value_that_is_not_a_symbol_never_leads_outside_the_table()
    {
        foreach (float stranger in (float[])[-1, 5, 1e9f, float.PositiveInfinity])
        {
            using var run = new Run(1);
            run.X[3] = stranger;
            Assert.ThrowsAny<ArgumentOutOfRangeException>(() => run.Forward(1));
            Assert.ThrowsAny<ArgumentOutOfRangeException>(() => run.Backward(1));
        }
    }

    [Theory]
    [InlineData("rnn", false)]
    [InlineData("gru", false)]
    [InlineData("lstm", true)]
    public void A_model_that_takes_symbols_as_channels_of_their_own_says_the_same_if_its_weights_are_table_times_weights(
        string cell, bool bothDirections)
    {
        const int Symbols = 4, Size = 3;
        ModelSpec spec = new() { Cell = cell, Layers = [5, 4], InputSize = 2, OutputSize = 3, Bidirectional = bothDirections };
        using var embedded = new SequenceModel<double>(spec with { Symbols = new([new(1, Symbols, Size)]) });
        using var oneHot = new SequenceModel<double>(spec with { InputSize = 1 + Symbols });
        var random = new SeededRandom(3);
        foreach (ref double value in embedded.Values.Buffer.Span)
            value = random.NextNormal() / 2;
        foreach (ParameterSlice slice in oneHot.Values.Layout.Slices)
        {
            ParameterSlice same = embedded.Values.Layout.Slices.Single(other => other.Name == slice.Name);
            if (slice.Shape.SequenceEqual(same.Shape))
                embedded.Values.Span(same).CopyTo(oneHot.Values.Span(slice));
            else
                Multiply(embedded, same, oneHot.Values.Span(slice), slice.Shape[1]);
        }

        int[] symbols = [0, 3, 3, 1, 2, 0, 0, 3, 1, 1];
        double[] numbers = [.. symbols.Select(_ => random.NextNormal())];
        double[] logits = Logits(embedded, 2, [.. symbols.Zip(numbers).SelectMany(pair => new double[] { pair.First, pair.Second })]);
        double[] expected = Logits(oneHot, 1 + Symbols, [.. symbols.Zip(numbers)
            .SelectMany(pair => Enumerable.Range(0, Symbols).Select(s => pair.First == s ? 1.0 : 0).Prepend(pair.Second))]);
        Close.Assert("logits", expected, logits, relative: 1e-12, floor: 1e-13);
    }

    private static void Multiply(SequenceModel<double> embedded, ParameterSlice weights, Span<double> product, int columns)
    {
        // [1 + E, G·H], [V, E]
        ReadOnlySpan<double> wx = embedded.Values.Span(weights), table = embedded.Values.Span(embedded.Embedding!.Tables[0]);
        int size = embedded.Embedding.Tables[0].Shape[1];
        wx[..columns].CopyTo(product);
        for (int s = 0; s < embedded.Embedding.Tables[0].Shape[0]; s++)
            for (int c = 0; c < columns; c++)
                for (int e = 0; e < size; e++)
                    product[((1 + s) * columns) + c] += table[(s * size) + e] * wx[((1 + e) * columns) + c];
    }

    private static double[] Logits(SequenceModel<double> model, int channels, double[] values)
    {
        model.Pack(forTraining: false);
        using var batch = new SequenceBatch<double>();
        using var tape = new ModelTape<double>(keepsSteps: false);
        using var workers = new Workers(1);
        batch.Fill(values, 2, 5, channels);
        model.Forward(batch, tape, workers);
        return tape.Logits.Span.ToArray();
    }

    /// <summary>A run on rows of four channels, the third of which is a number.</summary>
    private sealed class Run : IDisposable
    {
        private readonly int _rows;
        private readonly EmbeddingLayer<float> _layer;
        private readonly float[] _yGradient;

        public Run(int rows)
        {
            _rows = rows;
            var layout = new ParameterLayout();
            _layer = new EmbeddingLayer<float>(4, _tables, layout);
            Values = new Parameters<float>(layout);
            var random = new SeededRandom(rows);
            foreach (ref float value in Values.Buffer.Span)
                value = (float)random.NextNormal();
            X = [.. Enumerable.Range(0, rows)
                .SelectMany(_ => new float[] { 0, random.NextInt32(3), (float)random.NextNormal(), random.NextInt32(5) })];
            _yGradient = [.. Enumerable.Range(0, rows * _layer.OutputSize).Select(_ => (float)random.NextNormal())];
        }

        public float[] X { get; }

        public Parameters<float> Values { get; }

        public float[] Row(Parameters<float> parameters, int table, int row)
        {
            int size = _tables[table].Size;
            return parameters.Span(_layer.Tables[table]).Slice((int)X[(row * 4) + _tables[table].Channel - 1] * size, size).ToArray();
        }

        public float[] Forward(int threads)
        {
            using var workers = new Workers(threads);
            float[] y = new float[_rows * _layer.OutputSize];
            fixed (float* from = X, to = y)
                _layer.Forward(from, to, _rows, Values, workers);
            return y;
        }

        public float[] Backward(int threads)
        {
            using var workers = new Workers(threads);
            using var gradients = new Parameters<float>(Values.Layout);
            fixed (float* x = X, dy = _yGradient)
                _layer.Backward(x, dy, _rows, gradients, workers);
            return gradients.Buffer.Span.ToArray();
        }

        public float[] PlainGradient()
        {
            using var gradients = new Parameters<float>(Values.Layout);
            for (int r = 0; r < _rows; r++)
            {
                int column = 1;
                for (int table = 0; table < 3; table++)
                    for (int e = 0; e < _tables[table].Size; e++, column++)
                        gradients.Span(_layer.Tables[table])[((int)X[(r * 4) + _tables[table].Channel - 1] * _tables[table].Size) + e] +=
                            _yGradient[(r * _layer.OutputSize) + column];
            }
            return gradients.Buffer.Span.ToArray();
        }

        public void Dispose() => Values.Dispose();
    }
}
