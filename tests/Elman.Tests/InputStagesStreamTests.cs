using Elman.Checksums;
using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Streams of models with differences and patches.</summary>
public sealed class InputStagesStreamTests
{
    private static readonly TrainingOptions _options = Waves.Quick with
    {
        Cell = "gru",
        Model = Waves.Quick.Model with { Layers = [6] },
        Epochs = 1,
    };

    public static TheoryData<MissingValues, int, int, string> Cases
    {
        get
        {
            var cases = new TheoryData<MissingValues, int, int, string>();
            foreach (MissingValues way in (MissingValues[])[MissingValues.Refuse, MissingValues.Mask,
                MissingValues.Last, MissingValues.Indicate])
            {
                foreach ((int differences, int patch) in ((int, int)[])[(0, 2), (0, 5), (0, 40), (1, 0), (2, 0), (1, 4), (2, 3)])
                    foreach (string shape in (string[])["classify", "mean", "attention", "regress", "stack"])
                        cases.Add(way, differences, patch, shape);
                foreach (string shape in (string[])["tag", "forecast"])
                    cases.Add(way, 2, 0, shape);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void After_every_step_a_stream_gives_the_prediction_for_the_sequence_so_far_alone_and_among_others(
        MissingValues way, int differences, int patch, string shape)
    {
        string task = Gaps.Tasks.Contains(shape) ? shape : "classify";
        TrainingOptions options = _options with
        {
            Inputs = _options.Inputs with { Missing = way, Differences = differences, Patch = patch },
            Cell = shape == "stack" ? "lstm" : "gru",
            Model = _options.Model with
            {
                Layers = shape == "stack" ? [5, 4] : [6],
                Readout = shape is "mean" or "attention" ? Readout.Parse(shape) : Readout.Last,
            },
        };
        options = options with
        {
            Inputs = options.Inputs with
            {
                DifferencesAlone = differences > 0
            && shape is "mean" or "regress" or "tag"
            }
        };
        SequenceDataset complete = Gaps.Complete(task, 8, seed: 1),
            data = way == MissingValues.Refuse ? complete : Gaps.In(complete, seed: 2);
        using SequenceEstimator estimator = Gaps.Fitted(task, options, data);
        using SequenceSession session = estimator.OpenSession();
        SequenceSession[] many = [.. data.Select(_ => estimator.OpenSession())];
        for (int t = 0; t < data.MaxSteps; t++)
        {
            int[] some = [.. Enumerable.Range(0, data.Count).Where(i => t < data[i].Steps)];
            estimator.StepMany(
                some.Select(i => many[i]).ToArray(), some.SelectMany(i => data[i].Values.Slice(2 * t, 2).ToArray()).ToArray());
            foreach (int i in some)
                SameBits.Assert<float>(Gaps.Answer(estimator, Gaps.Start(data[i], t + 1)), many[i].Answer);
        }
        for (int t = 0; t < data[0].Steps; t++)
        {
            session.Step(data[0].Values.Span.Slice(t * 2, 2));
            Assert.Equal(t + 1, session.Steps);
            SameBits.Assert<float>(Gaps.Answer(estimator, Gaps.Start(data[0], t + 1)), session.Answer);
        }
        foreach (SequenceSession one in many)
            one.Dispose();
    }

    [Fact]
    public void A_stream_that_was_reset_or_saved_or_copied_continues_with_the_same_bits()
    {
        SequenceDataset data = Gaps.In(Gaps.Complete("classify", 8, seed: 1), seed: 2);
        Sequence sequence = data[0];
        using SequenceEstimator estimator = Gaps.Fitted(
            "classify", _options with
            {
                Inputs = _options.Inputs with { Missing = MissingValues.Mask, Differences = 1, Patch = 4 },
                Model = _options.Model with { Readout = Readout.Mean },
            }, data);
        using SequenceSession first = estimator.OpenSession();
        for (int middle = 0; middle <= sequence.Steps; middle++)
        {
            using SequenceSession restored = estimator.OpenSession();
            restored.Step([1, 1]); // what was before is forgotten
            first.Reset();
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
            if (middle < sequence.Steps)
                SameBits.Assert<float>(Gaps.Answer(estimator, sequence), restored.Answer);
            SameBits.Assert(restored.Answer, copy.Answer);
        }
    }

    [Fact]
    public void A_state_of_any_number_of_steps_is_taken_or_refused_but_never_breaks_a_stream()
    {
        using SequenceEstimator estimator = Gaps.Fitted(
            "classify", _options with { Inputs = _options.Inputs with { Patch = 3 } }, Gaps.Complete("classify", 8, seed: 1));
        using SequenceSession session = estimator.OpenSession();
        session.Step([1, 2]);
        foreach (long steps in (long[])[2, 3, 4, 5, int.MaxValue, 1L << 40, 1L << 53])
        {
            byte[] saved = session.Save();
            BitConverter.TryWriteBytes(saved.AsSpan(8), steps);
            BitConverter.TryWriteBytes(saved.AsSpan(20), steps);
            // The checksum is corrected, as in a forged file.
            BitConverter.TryWriteBytes(saved.AsSpan(28), Checksum.Add(Checksum.Add(0, saved.AsSpan(0, 28)), saved.AsSpan(32)));
            session.Restore(saved);
            for (int i = 0; i < 5; i++)
                Assert.All(session.Step([1, 2]).ToArray(), answer => Assert.True(float.IsFinite(answer)));
        }
    }

    [Fact]
    public void A_model_that_scales_whole_sequences_cannot_stream()
    {
        using SequenceEstimator estimator = Gaps.Fitted(
            "classify", _options with { Inputs = _options.Inputs with { ScaleSequences = true } }, Gaps.Complete("classify", 8, seed: 1));
        Assert.Contains(
            "train without ScaleSequences", Assert.Throws<ArgumentException>(estimator.OpenSession).Message, StringComparison.Ordinal);
        Assert.Contains("train without ScaleSequences", Assert.Throws<ArgumentException>(() => estimator.StepMany([], [])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 4)]
    [InlineData(2, 5)]
    public void A_step_allocates_nothing(int differences, int patch)
    {
        using SequenceEstimator estimator = Gaps.Fitted("classify", _options with
        {
            Inputs = _options.Inputs with { Differences = differences, Patch = patch, Missing = MissingValues.Last },
        }, Gaps.Complete("classify", 8, seed: 1));
        using SequenceSession first = estimator.OpenSession(), second = estimator.OpenSession();
        SequenceSession[] both = [first, second];
        float[] one = [1, float.NaN, 3, 2];
        Work();
        Assert.Equal(0, Allocations.Of(Work));

        void Work()
        {
            for (int i = 0; i < 7; i++)
            {
                first.Step(one.AsSpan(2));
                estimator.StepMany(both, one);
            }
        }
    }

    [Fact]
    public void A_wrong_value_moves_no_stream_not_even_what_it_remembers()
    {
        using SequenceEstimator estimator = Gaps.Fitted(
            "classify", _options with
            {
                Inputs = _options.Inputs with { Differences = 1, Patch = 4 },
            }, Gaps.Complete("classify", 8, seed: 1));
        using SequenceSession first = estimator.OpenSession(), second = estimator.OpenSession();
        estimator.StepMany([first, second], [1, 2, 3, 4]);
        byte[] before = first.Save();
        Assert.Throws<ArgumentException>(() => estimator.StepMany([first, second], [5, 6, 1, float.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => first.Step([float.NaN, 1]));
        Assert.Equal(before, first.Save());
    }
}
