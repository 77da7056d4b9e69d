using Elman.Checksums;
using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Streams in which values are missing.</summary>
public sealed class MissingValuesStreamTests
{
    private static readonly MissingValues[] _ways = [MissingValues.Mask, MissingValues.Last, MissingValues.Mean, MissingValues.Indicate];

    private static readonly TrainingOptions _options = Waves.Quick with
    {
        Cell = "lstm",
        Model = Waves.Quick.Model with { Layers = [7, 5] },
        Epochs = 1,
    };

    public static TheoryData<MissingValues, string> WaysAndTasks
    {
        get
        {
            var cases = new TheoryData<MissingValues, string>();
            foreach (MissingValues way in _ways)
                foreach (string task in (string[])[.. Gaps.Tasks, "mean", "max", "attention"])
                    cases.Add(way, task);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(WaysAndTasks))]
    public void After_every_step_a_stream_gives_the_prediction_for_the_sequence_so_far(MissingValues way, string shape)
    {
        string task = Gaps.Tasks.Contains(shape) ? shape : "classify";
        TrainingOptions options = _options with
        {
            Inputs = _options.Inputs with { Missing = way },
            Model = _options.Model with { Readout = task == shape ? Readout.Last : Readout.Parse(shape) },
        };
        SequenceDataset data = Gaps.In(Gaps.Complete(task, 16, seed: 1), seed: 2);
        using SequenceEstimator estimator = Gaps.Fitted(task, options, data);
        using SequenceSession session = estimator.OpenSession();
        foreach (Sequence sequence in (Sequence[])[data[0], Late(data[1]), Late(Late(data[2])), data[3]])
        {
            session.Reset();
            for (int t = 0; t < sequence.Steps; t++)
            {
                session.Step(sequence.Values.Span.Slice(t * 2, 2));
                Assert.Equal(t + 1, session.Steps);
                SameBits.Assert<float>(Gaps.Answer(estimator, Gaps.Start(sequence, t + 1)), session.Answer);
            }
        }
    }

    [Fact]
    public void Many_streams_at_once_get_the_bits_that_each_gets_alone()
    {
        SequenceDataset data = Gaps.In(Gaps.Complete("classify", 16, seed: 1), seed: 2, share: 0.4);
        foreach (MissingValues way in _ways)
        {
            using SequenceEstimator estimator = Gaps.Fitted(
                "classify", _options with
                {
                    Inputs = _options.Inputs with { Missing = way },
                    Model = _options.Model with { Readout = Readout.Attention },
                }, data);
            SequenceSession[] sessions = [.. data.Select(_ => estimator.OpenSession())];
            for (int t = 0; t < data.MaxSteps; t++)
            {
                int[] some = [.. Enumerable.Range(0, data.Count).Where(i => t < data[i].Steps)];
                estimator.StepMany(
                    some.Select(i => sessions[i]).ToArray(), some.SelectMany(i => data[i].Values.Slice(2 * t, 2).ToArray()).ToArray());
            }
            for (int i = 0; i < data.Count; i++)
            {
                Assert.Equal(data[i].Steps, sessions[i].Steps);
                SameBits.Assert<float>(Gaps.Answer(estimator, data[i]), sessions[i].Answer);
                sessions[i].Dispose();
            }
        }
    }

    [Fact]
    public void A_state_saved_in_the_middle_of_a_gap_resumes_where_it_stood()
    {
        Sequence sequence = new(new float[] { 5, 4, 6, float.NaN, float.NaN, float.NaN, float.NaN, 5, 7, 3 }, 2);
        SequenceDataset data = Gaps.In(Gaps.Complete("classify", 16, seed: 1), seed: 2);
        foreach (MissingValues way in _ways)
        {
            using SequenceEstimator estimator = Gaps.Fitted("classify", _options with
            {
                Inputs = _options.Inputs with { Missing = way },
                Model = _options.Model with { Readout = Readout.Mean },
            }, data);
            for (int middle = 0; middle <= sequence.Steps; middle++)
            {
                using SequenceSession first = estimator.OpenSession(), restored = estimator.OpenSession();
                restored.Step([1, 1]); // what was before is forgotten
                for (int t = 0; t < middle; t++)
                    first.Step(sequence.Values.Span.Slice(t * 2, 2));
                restored.Restore(first.Save());
                Assert.Equal(first.Save(), restored.Save());
                SameBits.Assert(first.Answer, restored.Answer);
                using SequenceSession copy = first.Copy();
                for (int t = middle; t < sequence.Steps; t++)
                {
                    restored.Step(sequence.Values.Span.Slice(t * 2, 2));
                    copy.Step(sequence.Values.Span.Slice(t * 2, 2));
                }
                Assert.Equal((5, 5), (restored.Steps, copy.Steps));
                if (middle < sequence.Steps)
                    SameBits.Assert<float>(Gaps.Answer(estimator, sequence), restored.Answer);
                SameBits.Assert(restored.Answer, copy.Answer);
            }
        }
    }

    [Fact]
    public void A_state_of_another_way_with_missing_values_is_refused()
    {
        // With data without missing values, both have the same weights.
        SequenceDataset data = Gaps.Complete("classify", 16, seed: 1);
        using SequenceEstimator mean = Gaps.Fitted(
            "classify", _options with { Inputs = _options.Inputs with { Missing = MissingValues.Mean } }, data),
            mask = Gaps.Fitted("classify", _options with { Inputs = _options.Inputs with { Missing = MissingValues.Mask } }, data);
        using SequenceSession ofMean = mean.OpenSession(), ofMask = mask.OpenSession();
        Assert.Contains(
            "another model", Assert.Throws<ArgumentException>(() => ofMask.Restore(ofMean.Save())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MissingValues.Mask, 5)]
    [InlineData(MissingValues.Mask, -1)]
    [InlineData(MissingValues.Last, 1)]
    public void A_state_that_took_more_steps_than_there_were_is_damaged(MissingValues way, long taken)
    {
        using SequenceEstimator estimator = Gaps.Fitted(
            "classify", _options with { Inputs = _options.Inputs with { Missing = way } }, Gaps.Complete("classify", 16, seed: 1));
        using SequenceSession session = estimator.OpenSession();
        session.Step([1, 2]);
        session.Step([1, 2]);
        byte[] saved = session.Save();
        BitConverter.TryWriteBytes(saved.AsSpan(20), taken);
        // The checksum is corrected, as in a forged file.
        BitConverter.TryWriteBytes(saved.AsSpan(28), Checksum.Add(Checksum.Add(0, saved.AsSpan(0, 28)), saved.AsSpan(32)));
        Assert.Contains("damaged", Assert.Throws<ArgumentException>(() => session.Restore(saved)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_to_the_next_value_cannot_be_drawn_on_a_stream()
    {
        using SequenceEstimator estimator = Gaps.Fitted(
            "classify", _options with { Inputs = _options.Inputs with { Missing = MissingValues.Linear } },
                Gaps.Complete("classify", 16, seed: 1));
        Assert.Contains("has not come yet", Assert.Throws<ArgumentException>(estimator.OpenSession).Message, StringComparison.Ordinal);
        Assert.Contains(
            "has not come yet", Assert.Throws<ArgumentException>(() => estimator.StepMany([], [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_value_moves_no_stream_not_even_what_it_remembers()
    {
        foreach (MissingValues way in _ways)
        {
            using SequenceEstimator estimator = Gaps.Fitted(
                "classify", _options with { Inputs = _options.Inputs with { Missing = way } }, Gaps.Complete("classify", 16, seed: 1));
            using SequenceSession first = estimator.OpenSession(), second = estimator.OpenSession();
            estimator.StepMany([first, second], [1, 2, 3, float.NaN]);
            byte[] before = first.Save();
            Assert.Contains("Channel 2 of step 2 is Infinity", Assert.Throws<ArgumentException>(
                () => estimator.StepMany([first, second], [5, float.NaN, 1, float.PositiveInfinity])).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => first.Step([float.NaN, float.NegativeInfinity]));
            Assert.Equal(before, first.Save());
        }
    }

    [Fact]
    public void Steps_with_gaps_allocate_nothing()
    {
        foreach (MissingValues way in _ways)
        {
            using SequenceEstimator estimator = Gaps.Fitted(
                "classify", _options with { Inputs = _options.Inputs with { Missing = way } }, Gaps.Complete("classify", 16, seed: 1));
            using SequenceSession first = estimator.OpenSession(), second = estimator.OpenSession();
            SequenceSession[] both = [first, second];
            float[] gap = [1, float.NaN], one = [1, float.NaN, 1, 2];
            Work();
            Assert.Equal(0, Allocations.Of(Work));

            void Work()
            {
                first.Step(gap);
                first.Step(one.AsSpan(2));
                estimator.StepMany(both, one);
            }
        }
    }

    /// <summary>Returns the same sequence without its first step, and with half of the second.</summary>
    private static Sequence Late(Sequence s) => Gaps.Valued(s, [float.NaN, float.NaN, float.NaN, .. s.Values.ToArray()[..^3]]);
}
