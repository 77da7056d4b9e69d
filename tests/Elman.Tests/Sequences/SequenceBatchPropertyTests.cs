using CsCheck;
using Elman.Sequences;

namespace Elman.Tests.Sequences;

public unsafe class SequenceBatchPropertyTests
{
    private static readonly Gen<(int Channels, int[] Steps)> _shapes = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 12].Array[1, 20]);

    [Fact]
    public void However_often_it_is_filled_it_is_what_a_plain_loop_makes()
    {
        // One batch for all samples in turn: larger ones follow smaller ones, and the reverse.
        using var batch = new SequenceBatch<float>();
        _shapes.Sample(shape =>
        {
            int next = 0;
            var sequences = shape.Steps.Select((steps, i) =>
                new Sequence(Enumerable.Range(0, steps * shape.Channels).Select(_ => (float)next++).ToArray(), shape.Channels, i % 3))
                .ToArray();
            var data = new SequenceDataset(shape.Channels, ["a", "b", "c"], sequences);
            batch.Fill(data, [.. Enumerable.Range(0, sequences.Length)], null);

            int[] order = [.. Enumerable.Range(0, sequences.Length).OrderByDescending(i => sequences[i].Steps)]; // LINQ sorts stably
            var rows = new List<float>();
            var active = new List<int>();
            for (int t = 0; t < shape.Steps.Max(); t++)
            {
                int[] running = [.. order.Where(i => sequences[i].Steps > t)];
                active.Add(running.Length);
                foreach (int i in running)
                    rows.AddRange(sequences[i].Values.Slice(t * shape.Channels, shape.Channels).Span);
            }

            Assert.Equal(order, batch.Order);
            Assert.Equal(order.Select(i => sequences[i].Label), batch.Labels.ToArray());
            Assert.Equal(order.Select(i => sequences[i].Steps), batch.Lengths.ToArray());
            Assert.Equal(active, Enumerable.Range(0, batch.Steps).Select(batch.ActiveAt));
            Assert.Equal(rows, new ReadOnlySpan<float>(batch.Inputs, batch.Rows * batch.Channels).ToArray());
        }, iter: 300, threads: 1);
    }
}
