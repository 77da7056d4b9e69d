using CsCheck;
using Elman.Sequences;
using Elman.Sequences.Stages;
using Elman.Tests.Oracles;

namespace Elman.Tests.Sequences.Stages;

/// <summary>The stages together, in every combination, compared with plain loops over whole sequences.</summary>
public class InputStagesTests
{
    private static readonly Gen<float> _value = Gen.Frequency((4, Gen.Float[-100, 100]), (1, Gen.Const(float.NaN)));

    private static readonly Gen<TrainingOptions> _options = Gen.Select(
        Gen.Enum<MissingValues>(), Gen.Bool, Gen.Int[0, 2], Gen.Int[1, 8].Select(patch => patch == 1 ? 0 : patch),
        Gen.Select(Gen.Bool, Gen.Bool), (missing, scales, differences, patch, flags) => new TrainingOptions
        {
            Inputs = new()
            {
                Missing = missing,
                ScaleSequences = scales,
                Differences = differences,
                Patch = patch,
                Standardize = flags.Item1,
                DifferencesAlone = flags.Item2 && differences > 0,
            },
        });

    [Fact]
    public unsafe void A_batch_has_what_plain_loops_make_of_the_values()
    {
        using var batch = new SequenceBatch<double>(); // one for all samples, so that nothing of a former one may shine through
        Gen<(int Channels, float[][] Sequences)> data =
            Gen.Int[1, 3].SelectMany(channels => Gen.Int[1, 17].SelectMany(steps => _value.Array[steps * channels]).Array[1, 5]
                .Select(sequences => (channels, sequences)));
        Gen.Select(data, _options).Sample((sample, options) =>
        {
            (int channels, float[][] sequences) = sample;
            if (options.Inputs.Missing == MissingValues.Refuse)
                sequences = [.. sequences.Select(values => values.Select(v => float.IsNaN(v) ? 7 : v).ToArray())];
            sequences = [.. sequences, [.. Enumerable.Range(0, channels).Select(c => (float)c)]]; // so that every channel is seen
            var set = new SequenceDataset(channels, [], sequences.Select(values => new Sequence(values, channels)));
            double[] means = [.. Enumerable.Range(0, channels).Select(c => sequences
                .SelectMany(values => values.Where((_, i) => i % channels == c)).Where(v => !float.IsNaN(v)).Average(v => (double)v))];
            (int Step, double[] Inputs)[][] expected = [.. sequences.Select(values => PlainStages.Of(values, channels, options, means))];
            bool[] quantities = Quantities(channels, options);
            (double[] Means, double[] Deviations) moments = PlainStages.Moments(
                [.. expected.SelectMany(rows => rows).Select(row => row.Inputs)], i => quantities[i]);

            // If values of size 1 cancel, the rest is rounding, which differs between the two ways of computing.
            if (options.Inputs.ScaleSequences && moments.Deviations.Any(deviation => deviation < 1e-9))
                return;

            Preprocessing preprocessing = Preprocessing.Fit(
                set, options.Inputs.Missing, options.Inputs.Standardize, null, options.Inputs.Stages);
            int[] taken = [.. Enumerable.Range(0, set.Count).Where(i => expected[i].Length > 0)];
            batch.Fill(set, taken, preprocessing);

            Assert.Equal(quantities.Length, preprocessing.InputSize);
            Assert.Equal(quantities.Length, batch.Channels);
            Assert.Equal(quantities, preprocessing.Inputs);
            Assert.Equal(options.Inputs.Stages.InputsOf(options.Inputs.Missing, channels, 0), batch.Channels);
            Assert.Equal(channels, options.Inputs.Stages.ChannelsOf(batch.Channels, options.Inputs.Missing, 0));
            Assert.Equal(expected.Max(rows => rows.Length), preprocessing.MostStepsOf(set));
            bool standardizes = options.Inputs.Standardize && !options.Inputs.Stages.IsNone; // without stages PreprocessingTests look at it
            if (options.Inputs.Standardize && options.Inputs.Stages.IsNone)
                return;
            for (int place = 0; place < batch.Count; place++)
            {
                (int Step, double[] Inputs)[] rows = expected[taken[batch.Order[place]]];
                Assert.Equal(rows.Length, batch.Lengths[place]);
                for (int t = 0; t < rows.Length; t++)
                {
                    Assert.Equal(rows[t].Step, batch.DataStep(t, place));
                    double[] inputs =
                        new ReadOnlySpan<double>(batch.Inputs + ((batch.RowOf(t) + place) * batch.Channels), batch.Channels).ToArray();
                    IEnumerable<double> plain =
                        standardizes ? rows[t].Inputs.Select((x, i) => (x - moments.Means[i]) / moments.Deviations[i]) : rows[t].Inputs;
                    // If no mean replaces a missing value.
                    bool isExact = !standardizes && !options.Inputs.ScaleSequences
                        && options.Inputs.Missing is MissingValues.Refuse or MissingValues.Mask;
                    Assert.Equal(plain, inputs, (a, b) => Math.Abs(a - b) <= (isExact ? 0 : 1e-4));
                }
            }
        }, iter: 3000, threads: 1);
    }

    [Fact]
    public unsafe void A_stream_makes_of_every_start_what_a_batch_makes_of_it_bit_for_bit()
    {
        using var batch = new SequenceBatch<float>();
        Gen<(int Channels, float[] Values)> sequence = Gen.Int[1, 3].SelectMany(
            channels => Gen.Int[1, 19].SelectMany(steps => _value.Array[steps * channels]).Select(values => (channels, values)));
        Gen.Select(sequence, _options)
            .Where((_, options) => !options.Inputs.ScaleSequences
                && options.Inputs.Missing is not (MissingValues.Refuse or MissingValues.Linear))
            .Sample((sample, options) =>
            {
                (int channels, float[] values) = sample;
                var all = new SequenceDataset(
                    channels, [], [new(values, channels), new(Enumerable.Range(0, channels).Select(c => (float)c).ToArray(), channels)]);
                Preprocessing preprocessing = Preprocessing.Fit(
                    all, options.Inputs.Missing, options.Inputs.Standardize, null, options.Inputs.Stages);
                var room = new StageBuffers();
                preprocessing.Reserve(room);
                float[] memory = new float[preprocessing.MemorySize], inputs = new float[preprocessing.InputSize];
                preprocessing.Begin(memory);
                var complete = new List<float[]>();
                int taken = 0;
                for (int t = 0; t < all[0].Steps; t++)
                {
                    ReadOnlySpan<float> step = values.AsSpan(t * channels, channels);
                    if (!options.Inputs.Missing.Takes(step))
                        continue;
                    Assert.True(preprocessing.Take(step, new StageStep(taken++, IsAsked: true), memory, room, inputs.AsSpan()));
                    batch.Fill(
                        new SequenceDataset(channels, [], [new(all[0].Values[..((t + 1) * channels)], channels)]), [0], preprocessing);
                    Assert.Equal([.. complete.SelectMany(row => row), .. inputs],
                        new ReadOnlySpan<float>(batch.Inputs, batch.Rows * batch.Channels).ToArray());
                    if (preprocessing.CompleteAfter(taken) > complete.Count)
                        complete.Add([.. inputs]);
                    Assert.Equal(preprocessing.CompleteAfter(taken), complete.Count);
                }
            }, iter: 1000, threads: 1);
    }

    [Fact]
    public void Symbols_are_neither_scaled_nor_subtracted_nor_standardised()
    {
        float[] values = [1, 4, 10, 5, 3, 30, 4, 7, 20];
        var options = new TrainingOptions { Inputs = new() { ScaleSequences = true, Differences = 2, Standardize = true } };
        var data = new SequenceDataset(3, [], [new(values, 3)]);
        var symbols = new SymbolTables([new SymbolTable(1, 6, 4)]);
        Preprocessing preprocessing = Preprocessing.Fit(data, MissingValues.Refuse, standardize: true, symbols, options.Inputs.Stages);
        Assert.Equal(7, preprocessing.InputSize);
        Assert.Equal(
            (7, 3), ((int)options.Inputs.Stages.InputsOf(MissingValues.Refuse, 3, 1),
                options.Inputs.Stages.ChannelsOf(7, MissingValues.Refuse, 1)));
        Assert.Equal((0, 1), (preprocessing.Standardization!.Means[0], preprocessing.Standardization.Deviations[0]));
        double[][] expected = [.. PlainStages.Of(values, 3, options, [], 0).Select(row => row.Inputs)];
        (double[] means, double[] deviations) = PlainStages.Moments(expected, i => i > 0);
        Assert.Equal(means, preprocessing.Standardization.Means, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(deviations, preprocessing.Standardization.Deviations, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Contains("all channels are symbols",
            Assert.Throws<ArgumentException>(() => Preprocessing.Fit(
                new SequenceDataset(1, [], [new(new float[] { 1, 2 }, 1)]), MissingValues.Refuse, true, symbols, options.Inputs.Stages))
                    .Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0, 0)]
    [InlineData(false, 2, 0)]
    [InlineData(false, 0, 5)]
    [InlineData(true, 2, 4)]
    public void A_batch_that_was_filled_once_allocates_nothing(bool scales, int differences, int patch)
    {
        SequenceDataset data = Gaps.In(Gaps.Complete("classify", 6, seed: 1), seed: 2);
        foreach (MissingValues way in (MissingValues[])[MissingValues.Mask, MissingValues.Last,
            MissingValues.Linear, MissingValues.Indicate])
        {
            Preprocessing preprocessing = Preprocessing.Fit(
                data, way, standardize: true, null, new InputStages(scales, differences, patch));
            int[] all = [.. Enumerable.Range(0, data.Count)];
            using var batch = new SequenceBatch<float>();
            batch.Fill(data, all, preprocessing);
            Assert.Equal(0, Allocations.Of(() => batch.Fill(data, all, preprocessing)));
        }
    }

    /// <summary>Returns which inputs are quantities: channels and differences, not indicators.</summary>
    private static bool[] Quantities(int channels, TrainingOptions options)
    {
        bool[] step =
        [
            .. Enumerable.Repeat(true, channels),
                .. Enumerable.Repeat(false, options.Inputs.Missing == MissingValues.Indicate ? 2 * channels : 0),
            .. Enumerable.Repeat(
                true, (options.Inputs.DifferencesAlone ? options.Inputs.Differences - 1 : options.Inputs.Differences) * channels),
        ];
        return [.. Enumerable.Repeat(step, Math.Max(options.Inputs.Patch, 1)).SelectMany(quantities => quantities)];
    }
}
