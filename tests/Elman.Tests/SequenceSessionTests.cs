using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Sequences that arrive step by step.</summary>
public sealed class SequenceSessionTests : IDisposable
{
    private static readonly TrainingOptions _options = Waves.Quick with
    {
        Cell = "lstm",
        Model = Waves.Quick.Model with { Layers = [9, 7], Readout = Readout.Mean },
        Epochs = 2,
    };

    private readonly SequenceClassifier _classifier = Waves.Fitted(_options, channels: 2);

    private readonly SequenceDataset _data = Waves.Create(12, seed: 3, ragged: true, channels: 2);

    [Fact]
    public void After_the_last_step_it_gives_the_prediction_for_the_whole_sequence()
    {
        using SequenceSession session = _classifier.OpenSession();
        foreach (Sequence sequence in _data)
        {
            session.Reset();
            Run(session, sequence, 0, sequence.Steps);
            Assert.Equal(sequence.Steps, session.Steps);
            SameBits.Assert<float>(_classifier.PredictProbabilities(sequence), session.Answer);
        }
    }

    [Fact]
    public void After_every_step_it_gives_the_prediction_for_the_sequence_so_far()
    {
        using SequenceSession session = _classifier.OpenSession();
        for (int t = 0; t < _data[0].Steps; t++)
        {
            Run(session, _data[0], t, t + 1);
            SameBits.Assert<float>(_classifier.PredictProbabilities(new Sequence(_data[0].Values[..((t + 1) * 2)], 2)), session.Answer);
        }
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("regress")]
    [InlineData("forecast")]
    [InlineData("many")]
    public void So_it_does_for_every_task(string task)
    {
        TrainingOptions options = Melodies.Quick with
        {
            Epochs = 2,
            Model = Melodies.Quick.Model with { Layers = [6, 6], Residual = true },
        };
        SequenceDataset data = task switch
        {
            "tag" => Melodies.Tagged(20, 1),
            "regress" => Melodies.Counted(20, 1),
            "many" => Melodies.ManyLabelled(20, 1),
            _ => Melodies.Sines(10, 1),
        };
        using SequenceEstimator estimator = task switch
        {
            "tag" => new SequenceTagger(options),
            "regress" => new SequenceRegressor(options),
            "many" => new SequenceClassifier(options),
            _ => new SequenceForecaster(options with { Forecast = options.Forecast with { Horizon = 2 } }),
        };
        estimator.Fit(data);
        using SequenceSession session = estimator.OpenSession();
        Run(session, data[3], 0, data[3].Steps);
        float[] expected = estimator switch
        {
            SequenceTagger tagger => [.. Rows(tagger.PredictProbabilities(data[3]))[^2..]],
            SequenceRegressor regressor => regressor.Predict(data[3]),
            SequenceForecaster forecaster => forecaster.Predict(data[3]),
            SequenceClassifier classifier => classifier.PredictProbabilities(data[3]),
            _ => throw new InvalidOperationException(),
        };
        SameBits.Assert<float>(expected, session.Answer);
    }

    [Theory]
    [InlineData("last")]
    [InlineData("mean")]
    [InlineData("max")]
    [InlineData("attention")]
    public void Many_sessions_at_once_get_the_bits_that_each_gets_alone(string readout)
    {
        using SequenceClassifier classifier = Waves.Fitted(
            _options with { Model = _options.Model with { Readout = Readout.Parse(readout) } }, channels: 2);
        SequenceSession[] sessions = [.. _data.Select(_ => classifier.OpenSession())];
        var random = new SeededRandom(1);
        int[] done = new int[sessions.Length];
        while (done.Zip(_data, (t, sequence) => t < sequence.Steps).Any(open => open))
        {
            // Any set of unfinished sessions, in any order: some have begun, others not.
            int[] some = [.. Enumerable.Range(0, sessions.Length).Where(i => done[i] < _data[i].Steps && random.NextInt32(3) > 0)];
            random.Shuffle(some.AsSpan());
            classifier.StepMany(
                some.Select(i => sessions[i]).ToArray(), some.SelectMany(i => _data[i].Values.Slice(2 * done[i], 2).ToArray()).ToArray());
            foreach (int i in some)
                done[i]++;
        }
        for (int i = 0; i < sessions.Length; i++)
        {
            SameBits.Assert<float>(classifier.PredictProbabilities(_data[i]), sessions[i].Answer);
            sessions[i].Dispose();
        }
    }

    [Fact]
    public void After_a_second_fit_new_sessions_answer_by_the_new_weights()
    {
        using SequenceClassifier fittedTwice = Waves.Fitted(_options, channels: 2), fittedOnce = new(_options);
        using SequenceSession before = fittedTwice.OpenSession(), other = fittedTwice.OpenSession();
        fittedTwice.StepMany([before, other], [1, 2, 3, 4]);
        before.Step([5, 6]);
        fittedTwice.Predict(_data);

        fittedTwice.Fit(_data);
        fittedOnce.Fit(_data);
        using SequenceSession first = fittedTwice.OpenSession(), second = fittedTwice.OpenSession();
        for (int t = 0; t < 3; t++)
        {
            fittedTwice.StepMany([first, second], [t, 2, 3 + t, 4]);
            SameBits.Assert<float>(fittedOnce.PredictProbabilities(Steps(t + 1, s => [s, 2])), first.Answer);
            SameBits.Assert<float>(fittedOnce.PredictProbabilities(Steps(t + 1, s => [3 + s, 4])), second.Answer);
        }
        SameBits.Assert<float>(fittedOnce.PredictProbabilities(Steps(4, s => [s, 2])), first.Step([3, 2]));
        Assert.Equal(fittedOnce.PredictProbabilities(_data), fittedTwice.PredictProbabilities(_data));
        Assert.Contains("to this model before it was trained again",
            Assert.Throws<ArgumentException>(() => fittedTwice.StepMany([before, first], [1, 2, 3, 4])).Message, StringComparison.Ordinal);

        static Sequence Steps(int count, Func<int, float[]> values) => new(Enumerable.Range(0, count).SelectMany(values).ToArray(), 2);
    }

    [Fact]
    public void A_saved_state_resumes_where_it_stood()
    {
        Sequence sequence = _data[0];
        using SequenceSession session = _classifier.OpenSession();
        Run(session, sequence, 0, 5);
        byte[] saved = session.Save();
        Run(session, sequence, 5, sequence.Steps);
        float[] end = session.Answer.ToArray();

        using SequenceSession restored = _classifier.OpenSession();
        restored.Restore(saved);
        Assert.Equal(5, restored.Steps);
        Run(restored, sequence, 5, sequence.Steps);
        SameBits.Assert<float>(end, restored.Answer);

        session.Restore(saved); // back in time
        Assert.Equal(5, session.Steps);
        Assert.Equal(saved, session.Save());
    }

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        using SequenceSession session = _classifier.OpenSession();
        Run(session, _data[0], 0, 5);
        using SequenceSession copy = session.Copy();
        Assert.Equal(session.Save(), copy.Save());
        Run(copy, _data[1], 0, 3);
        Assert.Equal((5, 8), (session.Steps, copy.Steps));
        Assert.NotEqual(session.Save(), copy.Save());
    }

    [Fact]
    public void A_state_that_is_damaged_or_of_another_model_is_refused_and_changes_nothing()
    {
        using SequenceSession session = _classifier.OpenSession();
        Run(session, _data[0], 0, 4);
        byte[] saved = session.Save();
        using SequenceClassifier other = Waves.Fitted(_options with { Seed = 2 }, channels: 2);
        using SequenceSession foreign = other.OpenSession();
        Assert.Contains("another model", Assert.Throws<ArgumentException>(() => foreign.Restore(saved)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "not the saved state", Assert.Throws<ArgumentException>(() => session.Restore([1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("damaged", Assert.Throws<ArgumentException>(() => session.Restore(saved.AsSpan(0, saved.Length - 4))).Message,
            StringComparison.Ordinal);
        byte[] negative = [.. saved];
        negative[15] = 0x80;
        Assert.Contains("damaged", Assert.Throws<ArgumentException>(() => session.Restore(negative)).Message, StringComparison.Ordinal);
        Assert.Equal(saved, session.Save());
    }

    [Fact]
    public void A_state_with_any_byte_altered_is_refused()
    {
        using SequenceSession session = _classifier.OpenSession();
        Run(session, _data[0], 0, 4);
        byte[] saved = session.Save();
        for (int i = 0; i < saved.Length; i++)
        {
            saved[i] ^= 0x10;
            Assert.Throws<ArgumentException>(() => session.Restore(saved));
            saved[i] ^= 0x10;
        }
        session.Restore(saved);
        Assert.Equal(4, session.Steps);
    }

    public static TheoryData<string> Uses => ["Step", "Reset", "Save", "Restore", "Copy", "StepMany"];

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_session_that_was_disposed_is_of_no_use(string use)
    {
        using SequenceSession session = _classifier.OpenSession();
        byte[] saved = session.Save();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Use(_classifier, session, saved, use));
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_session_whose_model_was_disposed_is_of_no_use(string use)
    {
        SequenceClassifier classifier = Waves.Fitted(_options with { Seed = 3 }, channels: 2);
        using SequenceSession session = classifier.OpenSession();
        session.Step([1, 2]);
        byte[] saved = session.Save();
        classifier.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Use(classifier, session, saved, use));
    }

    [Fact]
    public void Where_one_of_many_was_disposed_none_moves()
    {
        using SequenceSession alive = _classifier.OpenSession(), dead = _classifier.OpenSession();
        dead.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _classifier.StepMany([alive, dead], [1, 2, 3, 4]));
        Assert.Equal(0, alive.Steps);
    }

    private static void Use(SequenceClassifier classifier, SequenceSession session, byte[] saved, string use)
    {
        switch (use)
        {
            case "Step": session.Step([1, 2]); break;
            case "Reset": session.Reset(); break;
            case "Save": session.Save(); break;
            case "Restore": session.Restore(saved); break;
            case "Copy": session.Copy(); break;
            default: classifier.StepMany([session], [1, 2]); break;
        }
    }

    [Fact]
    public void Wrong_values_are_refused_and_no_session_moves()
    {
        using SequenceSession session = _classifier.OpenSession();
        using SequenceSession second = _classifier.OpenSession();
        Assert.Contains(
            "has 2 values, not 3", Assert.Throws<ArgumentException>(() => session.Step([1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("Channel 2 of step 1 is NaN", Assert.Throws<ArgumentException>(() => session.Step([1, float.NaN])).Message,
            StringComparison.Ordinal);
        Assert.Contains("Channel 1 of step 1 is ∞",
            Assert.Throws<ArgumentException>(() => _classifier.StepMany([session, second], [1, 2, float.PositiveInfinity, 4])).Message
                .Replace("Infinity", "∞", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("give 4", Assert.Throws<ArgumentException>(() => _classifier.StepMany([session, second], [1, 2, 3])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "listed twice;", Assert.Throws<ArgumentException>(() => _classifier.StepMany([session, session], [1, 2, 3, 4])).Message,
            StringComparison.Ordinal);
        using SequenceClassifier other = Waves.Fitted(_options, channels: 2);
        Assert.Contains(
            "another model", Assert.Throws<ArgumentException>(() => other.StepMany([session], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (session.Steps, second.Steps));
        _classifier.StepMany([], []);
    }

    [Fact]
    public void Values_that_overflow_the_model_end_a_stream_until_it_begins_again()
    {
        using SequenceClassifier classifier = Waves.Fitted(
            _options with
            {
                Cell = new RnnOptions { Activation = Activation.Identity },
                Inputs = _options.Inputs with { Standardize = false },
            }, channels: 2);
        using SequenceSession session = classifier.OpenSession(), other = classifier.OpenSession(), kept = classifier.OpenSession();
        byte[] saved = kept.Save();
        float[] small = classifier.PredictProbabilities(new Sequence(new float[] { 1, 2 }, 2));

        string refusal = Assert.Throws<OverflowException>(() => classifier.StepMany([session, other], [3e38f, -3e38f, 1, 2])).Message;
        Assert.Contains(
            "Up to step 1, stream 1 had values so large that the model can't compute with them", refusal, StringComparison.Ordinal);
        Assert.Equal((1, 1), (session.Steps, other.Steps));
        SameBits.Assert<float>(small, other.Answer);
        foreach (Action use in (Action[])[() => session.Step([1, 2]), () => classifier.StepMany([other, session], [1, 2, 1, 2]),
            () => session.Save(), () => session.Copy()])
            Assert.Throws<OverflowException>(use);
        Assert.Equal((1, 1), (session.Steps, other.Steps));

        session.Reset();
        SameBits.Assert<float>(small, session.Step([1, 2]));
        Assert.Throws<OverflowException>(() => session.Step([3e38f, -3e38f]));
        session.Restore(saved);
        SameBits.Assert<float>(small, session.Step([1, 2]));
    }

    [Fact]
    public void A_bidirectional_model_explains_why_it_cannot()
    {
        using SequenceClassifier classifier = Waves.Fitted(
            _options with { Model = _options.Model with { Bidirectional = true } }, channels: 2);
        Assert.Contains("reads every sequence from its end too", Assert.Throws<ArgumentException>(classifier.OpenSession).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new SequenceClassifier().OpenSession());
    }

    [Fact]
    public void Steps_allocate_nothing_alone_or_together()
    {
        SequenceSession[] sessions = [.. Enumerable.Range(0, 20).Select(_ => _classifier.OpenSession())];
        float[] x = new float[40];
        sessions[0].Step(x.AsSpan(0, 2));
        _classifier.StepMany(sessions, x);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                sessions[0].Step(x.AsSpan(0, 2));
                _classifier.StepMany(sessions, x);
            }
        }));
        foreach (SequenceSession session in sessions)
            session.Dispose();
    }

    [Fact]
    public void Sessions_may_run_on_threads_of_their_own()
    {
        float[][] expected = [.. _data.Select(_classifier.PredictProbabilities)];
        Parallel.For(0, 200, i =>
        {
            using SequenceSession session = _classifier.OpenSession();
            Run(session, _data[i % _data.Count], 0, _data[i % _data.Count].Steps);
            SameBits.Assert<float>(expected[i % _data.Count], session.Answer);
        });
    }

    public void Dispose() => _classifier.Dispose();

    private static void Run(SequenceSession session, Sequence sequence, int first, int end)
    {
        for (int t = first; t < end; t++)
            session.Step(sequence.Values.Span.Slice(t * sequence.Channels, sequence.Channels));
    }

    private static float[] Rows(System.Numerics.Tensors.Tensor<float> tensor)
    {
        float[] rows = new float[tensor.FlattenedLength];
        tensor.FlattenTo(rows);
        return rows;
    }
}
