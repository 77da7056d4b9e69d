using CsCheck;
using Elman.Sequences;
using Elman.Sequences.Stages;

namespace Elman.Tests.Sequences;

/// <summary>Each treatment of missing values, compared with the plain computation.</summary>
public class PreprocessingTests
{
    private const float Gap = float.NaN;

    private static readonly MissingValues[] _ways = [MissingValues.Mask, MissingValues.Last, MissingValues.Mean,
        MissingValues.Linear, MissingValues.Indicate];

    private static readonly Gen<float> _value = Gen.Frequency((2, Gen.Float[-100, 100]), (1, Gen.Const(Gap)));

    private static readonly Gen<(int Channels, float[][] Sequences)> _data =
        Gen.Int[1, 3].SelectMany(channels => Gen.Int[1, 9].SelectMany(steps => _value.Array[steps * channels]).Array[1, 4]
            .Select(sequences => (channels, sequences)));

    [Fact]
    public unsafe void A_batch_has_what_a_plain_computation_makes_of_the_values()
    {
        using var batch = new SequenceBatch<double>(); // one for all samples, so that nothing of a former one may shine through
        Gen.Select(_data, Gen.Int[0, _ways.Length - 1].Select(i => _ways[i]), Gen.Bool).Sample((sample, way, standardizes) =>
        {
            (int channels, float[][] sequences) = sample;
            double[] means = [.. Enumerable.Range(0, channels).Select(c => 3.0 + c)],
                deviations = [.. Enumerable.Range(0, channels).Select(c => 0.5 + c)];
            var standardization = new Standardization(means, deviations);
            bool needsMeans = !standardizes && way != MissingValues.Mask;
            var preprocessing = new Preprocessing(way, channels, standardizes ? standardization : null, needsMeans ? means : null);
            var data = new SequenceDataset(channels, [], sequences.Select(values => new Sequence(values, channels)));
            (int Step, double[] Inputs)[][] expected = [.. sequences.Select(values => Plain(
                values, channels, way, means, standardizes ? deviations : null))];
            int[] taken = [.. Enumerable.Range(0, data.Count).Where(i => expected[i].Length > 0)];

            batch.Fill(data, taken, preprocessing);

            Assert.Equal(taken.Length, batch.Count);
            for (int place = 0; place < batch.Count; place++)
            {
                (int Step, double[] Inputs)[] rows = expected[taken[batch.Order[place]]];
                Assert.Equal(rows.Length, batch.Lengths[place]);
                for (int t = 0; t < rows.Length; t++)
                {
                    Assert.Equal(rows[t].Step, batch.DataStep(t, place));
                    double[] inputs =
                        new ReadOnlySpan<double>(batch.Inputs + ((batch.RowOf(t) + place) * batch.Channels), batch.Channels).ToArray();
                    // Interpolated values were rounded like those of the data, which go up to 100.
                    Assert.Equal(rows[t].Inputs, inputs, (a, b) => Math.Abs(a - b) <= (way == MissingValues.Linear ? 1e-4 : 0));
                }
            }
        }, iter: 2000, threads: 1);
    }

    [Fact]
    public void The_time_since_a_channel_was_seen_counts_from_the_step_before_and_from_the_start()
    {
        // Known at 2 and 3: before them, the time since the start; after them, the time since the last known value.
        Assert.Equal([0, 0.5, 0.75, 0.5, 0.5, 0.75], Times([Gap, Gap, 1, 1, Gap, Gap]));
        Assert.Equal(2, Times([1, .. Enumerable.Repeat(Gap, 16)])[15]); // log₄ 16
        Assert.Equal(2.03125, Times([1, .. Enumerable.Repeat(Gap, 16)])[16]); // (4 + 1/16)/2
    }

    [Fact]
    public void The_time_since_a_channel_was_seen_stays_within_half_a_tenth_of_a_logarithm()
    {
        double[] times = Times([1, .. Enumerable.Repeat(Gap, 5000)]);
        for (int t = 1; t <= 5000; t++)
            Assert.InRange((Math.Log(1 + t) / Math.Log(4)) - times[t], -1e-12, 0.0431);
    }

    [Fact]
    public void Means_and_deviations_are_those_of_the_values_that_are_seen()
    {
        var data = new SequenceDataset(2, [], [new(new float[] { 1, Gap, Gap, 10, 3, 20 }, 2), new(new[] { 5, Gap }, 2)]);
        foreach (MissingValues way in _ways[1..])
        {
            Preprocessing fitted = Preprocessing.Fit(data, way, standardize: true);
            Assert.Equal([3, 15], fitted.Standardization!.Means);
            Assert.Equal([Math.Sqrt(8 / 3.0), 5], fitted.Standardization.Deviations);
            Assert.Null(fitted.Means);
            Assert.Equal([3, 15], Preprocessing.Fit(data, way, standardize: false).Means);
        }
        // Computed from the only step that is used.
        Assert.Equal([3, 20], Preprocessing.Fit(data, MissingValues.Mask, standardize: true).Standardization!.Means);
        Assert.Null(Preprocessing.Fit(data, MissingValues.Mask, standardize: false).Means);
    }

    [Fact]
    public void A_channel_that_was_never_seen_is_refused_by_its_number()
    {
        var data = new SequenceDataset(2, [], [new(new[] { 1, Gap, 2, Gap }, 2)], "half");
        foreach (MissingValues way in _ways[1..])
            Assert.Contains("Channel 2 of 'half' has no values",
                Assert.Throws<ArgumentException>(() => Preprocessing.Fit(data, way, standardize: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Means_must_be_there_exactly_where_they_are_needed()
    {
        var standardization = new Standardization([1], [1]);
        Assert.Throws<ArgumentException>("means", () => new Preprocessing(MissingValues.Last, 1));
        Assert.Throws<ArgumentException>("means", () => new Preprocessing(MissingValues.Last, 1, standardization, [1]));
        Assert.Throws<ArgumentException>("means", () => new Preprocessing(MissingValues.Mask, 1, null, [1]));
        Assert.Throws<ArgumentException>("means", () => new Preprocessing(MissingValues.Mean, 2, null, [1]));
        Assert.Throws<ArgumentException>("means", () => new Preprocessing(MissingValues.Mean, 1, null, [1e39]));
        Assert.Equal(1, new Preprocessing(MissingValues.Mean, 1, null, [1]).InputSize);
        Assert.Equal(6, new Preprocessing(MissingValues.Indicate, 2, null, [1, 2]).InputSize);
    }

    [Theory]
    [InlineData(MissingValues.Mask)]
    [InlineData(MissingValues.Last)]
    [InlineData(MissingValues.Linear)]
    [InlineData(MissingValues.Indicate)]
    public void A_batch_that_was_filled_once_allocates_nothing(MissingValues way)
    {
        SequenceDataset data = Gaps.In(Gaps.Complete("classify", 6, seed: 1), seed: 2);
        Preprocessing preprocessing = Preprocessing.Fit(data, way, standardize: true);
        int[] all = [.. Enumerable.Range(0, data.Count)];
        using var batch = new SequenceBatch<float>();
        batch.Fill(data, all, preprocessing);
        Assert.Equal(0, Allocations.Of(() => batch.Fill(data, all, preprocessing)));
    }

    /// <summary>Returns the used steps and their inputs, each computed from the whole sequence.</summary>
    private static (int Step, double[] Inputs)[] Plain(
        float[] values, int channels, MissingValues way, double[] means, double[]? deviations)
    {
        int steps = values.Length / channels;
        float At(int t, int c) => values[(t * channels) + c];
        int[] Seen(int c) => [.. Enumerable.Range(0, steps).Where(t => !float.IsNaN(At(t, c)))];
        double Filled(int t, int c)
        {
            int[] seen = Seen(c), before = [.. seen.Where(s => s <= t)], behind = [.. seen.Where(s => s >= t)];
            if (before.Contains(t))
                return At(t, c);
            return way switch
            {
                MissingValues.Last when before.Length > 0 => At(before[^1], c),
                MissingValues.Linear when before.Length > 0 && behind.Length > 0 =>
                    ((At(before[^1], c) * (double)(behind[0] - t)) + (At(behind[0], c) * (double)(t - before[^1])))
                        / (behind[0] - before[^1]),
                MissingValues.Linear when before.Length > 0 => At(before[^1], c),
                MissingValues.Linear when behind.Length > 0 => At(behind[0], c),
                _ => means[c],
            };
        }
        double Since(int t, int c)
        {
            int steps = 1 + t - Seen(c).Where(s => s < t).DefaultIfEmpty(0).Max(), power = 1;
            while (2 * power <= steps)
                power *= 2;
            return (Math.Log2(power) + ((steps - power) / (double)power)) / 2;
        }

        return
        [
            .. Enumerable.Range(0, steps)
                .Where(t => way != MissingValues.Mask || Enumerable.Range(0, channels).All(c => !float.IsNaN(At(t, c)))).Select(t =>
                {
                    IEnumerable<double> inputs = Enumerable.Range(0, channels)
                        .Select(c => deviations is null ? Filled(t, c) : (Filled(t, c) - means[c]) / deviations[c]);
                    if (way == MissingValues.Indicate)
                        inputs = [.. inputs, .. Enumerable.Range(0, channels).Select(c => float.IsNaN(At(t, c)) ? 0.0 : 1),
                            .. Enumerable.Range(0, channels).Select(c => Since(t, c))];
                    return (t, inputs.ToArray());
                }),
        ];
    }

    /// <summary>Returns the times of a channel.</summary>
    private static double[] Times(float[] values)
    {
        var preprocessing = new Preprocessing(MissingValues.Indicate, 1, null, [0]);
        float[] memory = new float[1];
        var room = new StageBuffers();
        preprocessing.Reserve(room);
        preprocessing.Begin(memory);
        return [.. values.Select((value, t) =>
        {
            double[] inputs = new double[3];
            preprocessing.Take([value], new StageStep(t, IsAsked: false), memory, room, inputs.AsSpan());
            return inputs[2];
        })];
    }
}
