using System.Collections.Concurrent;
using Elman.Tests.Kernels;
using Elman.Tests.Persistence;

namespace Elman.Tests;

/// <summary>Operations that several threads may run on a model, and those that are refused; no thread gets a wrong prediction.</summary>
public sealed class ConcurrencyTests
{
    private static readonly SequenceDataset _data = Waves.Create(32, seed: 1);

    [Fact]
    public void A_second_fit_at_the_same_time_is_refused_on_another_thread_and_on_this_one()
    {
        using var classifier = new SequenceClassifier(Waves.Quick);
        var refusals = new List<Exception?>();
        classifier.Fit(_data, progress: new Heard<TrainingProgress>(_ =>
        {
            if (refusals.Count > 0)
                return;
            refusals.Add(Record.Exception(() => classifier.Fit(_data)));
            refusals.Add(OnAnotherThread(() => classifier.Fit(_data)));
            refusals.Add(OnAnotherThread(() => classifier.PartialFit(_data)));
            refusals.Add(OnAnotherThread(() => classifier.FitFrom(classifier, _data)));
        }));
        Assert.Equal(4, refusals.Count);
        Assert.All(refusals, refusal => Assert.Contains(
            "learns already", Assert.IsType<InvalidOperationException>(refusal).Message, StringComparison.Ordinal));
        classifier.PartialFit(_data); // and afterwards it learns again
    }

    [Fact]
    public void While_it_is_fitted_anew_a_model_answers_with_what_it_knew()
    {
        using SequenceClassifier classifier = Waves.Fitted();
        float[] before = classifier.PredictProbabilities(_data[3]);
        using SequenceSession session = classifier.OpenSession();
        var during = new List<float[]>();
        classifier.Fit(_data, progress: new Heard<TrainingProgress>(_ => Assert.Null(OnAnotherThread(() =>
        {
            session.Step([1f]);
            during.Add(classifier.PredictProbabilities(_data[3]));
        }))));
        Assert.NotEmpty(during);
        Assert.All(during, answer => SameBits.Assert<float>(before, answer));
    }

    [Fact]
    public void A_model_that_is_disposed_while_it_learns_says_so_at_the_end()
    {
        var classifier = new SequenceClassifier(Waves.Quick);
        Assert.Throws<ObjectDisposedException>(
            () => classifier.Fit(_data, progress: new Heard<TrainingProgress>(_ => classifier.Dispose())));
        Assert.Throws<ObjectDisposedException>(() => classifier.Fit(_data));
        Assert.Throws<ObjectDisposedException>(() => classifier.Predict(_data));
    }

    [Theory]
    [InlineData("Fit", "fitted again")]
    [InlineData("FitFrom", "fitted again")]
    [InlineData("PartialFit", "was trained further")]
    public void A_session_ends_when_its_model_learns(string how, string why)
    {
        using SequenceClassifier classifier = Waves.Fitted();
        using SequenceSession session = classifier.OpenSession();
        session.Step([1f]);
        byte[] saved = session.Save();
        if (how == "Fit")
            classifier.Fit(_data);
        else if (how == "FitFrom")
            classifier.FitFrom(classifier, _data);
        else
            classifier.PartialFit(_data);
        foreach (Action use in new Action[] { () => session.Step([1f]), session.Reset, () => session.Save(), () => session.Copy(),
            () => session.Restore(saved) })
            Assert.Contains(why, Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal);
        using SequenceSession next = classifier.OpenSession();
        next.Step([1f]);
    }

    [Fact]
    public async Task Sessions_and_questions_under_way_come_to_their_end_when_the_model_is_disposed()
    {
        for (int round = 0; round < 30; round++)
        {
            SequenceClassifier classifier = Waves.Fitted(Waves.Quick with { Model = Waves.Quick.Model with { Layers = [24] }, Epochs = 1 });
            float[][] expected = [.. Steps(classifier.OpenSession()).Take(20)];
            float[] whole = classifier.PredictProbabilities(_data[3]);
            using var started = new CountdownEvent(3);
            Task[] users = [Run(Step), Run(Step), Run(Ask)];
            started.Wait(TestContext.Current.CancellationToken);
            classifier.Dispose();
            await Task.WhenAll(users);

            void Step()
            {
                using SequenceSession session = classifier.OpenSession();
                started.Signal();
                for (int i = 0; ; i++)
                {
                    if (i == 20)
                        session.Reset();
                    session.Step([i % 20]);
                    if (i < 20)
                        SameBits.Assert<float>(expected[i], session.Answer);
                }
            }

            void Ask()
            {
                started.Signal();
                while (true)
                    SameBits.Assert<float>(whole, classifier.PredictProbabilities(_data[3]));
            }
        }

        static Task Run(Action use) => Task.Factory.StartNew(
            () => Assert.Throws<ObjectDisposedException>(use), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        static IEnumerable<float[]> Steps(SequenceSession session)
        {
            for (int i = 0; ; i++)
                yield return session.Step([i]).ToArray();
        }
    }

    [Fact]
    public void Two_threads_on_one_session_are_told_and_no_step_is_lost_or_half_taken()
    {
        using SequenceClassifier classifier = Waves.Fitted(Waves.Quick with
        {
            Model = Waves.Quick.Model with { Layers = [24] },
            Epochs = 1,
        });
        using SequenceSession shared = classifier.OpenSession(), alone = classifier.OpenSession();
        int taken = 0, refused = 0;
        Parallel.Invoke([.. Enumerable.Range(0, 4).Select(_ => (Action)(() =>
        {
            for (int i = 0; i < 2000; i++)
            {
                try
                {
                    shared.Step([2f]);
                    Interlocked.Increment(ref taken);
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }))]);
        Assert.Equal((8000, taken), (taken + refused, shared.Steps));
        for (int i = 0; i < taken; i++)
            alone.Step([2f]);
        SameBits.Assert<float>(alone.Answer, shared.Answer);
    }

    [Fact]
    public void A_session_in_use_on_another_thread_is_refused_alone_and_among_many()
    {
        using SequenceClassifier classifier = Waves.Fitted();
        using SequenceSession busy = classifier.OpenSession(), free = classifier.OpenSession();
        using SequenceSession.Use _ = busy.Begin();
        Assert.IsType<InvalidOperationException>(OnAnotherThread(() => busy.Step([1f])));
        Assert.IsType<InvalidOperationException>(OnAnotherThread(() => classifier.StepMany([free, busy], [1f, 1f])));
        Assert.Equal((0, 0), (busy.Steps, free.Steps));
        Assert.Null(OnAnotherThread(() => free.Step([1f])));
    }

    [Fact]
    public async Task Questions_while_the_model_learns_further_get_an_answer_of_before_or_after_or_none()
    {
        using SequenceClassifier classifier = Waves.Fitted();
        using SequenceClassifier same = Waves.Fitted();
        var known = new HashSet<string> { Key(same) };
        for (int i = 0; i < 40; i++)
        {
            same.PartialFit(_data);
            known.Add(Key(same));
        }
        var answers = new ConcurrentBag<string>();
        using var asking = new CancellationTokenSource();
        Task[] asked = [.. Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(() =>
        {
            while (!asking.IsCancellationRequested)
            {
                try
                {
                    answers.Add(Key(classifier));
                }
                catch (InvalidOperationException)
                {
                    // The model is being trained.
                }
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        for (int i = 0; i < 40; i++)
            classifier.PartialFit(_data);
        await asking.CancelAsync();
        await Task.WhenAll(asked);
        Assert.Subset(known, answers.ToHashSet());
        Assert.Equal(Key(same), Key(classifier));

        static string Key(SequenceClassifier classifier) => string.Join(' ', classifier.PredictProbabilities(_data[3]));
    }

    [Fact]
    public void Many_threads_may_ask_one_model_at_once()
    {
        using SequenceEstimator classifier = ModelStreamTests.Fitted("classifier");
        var model = (SequenceClassifier)classifier;
        string expected = string.Join(' ', model.PredictProbabilities(_data));
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            Assert.Equal(expected, string.Join(' ', model.PredictProbabilities(_data))));
    }

    [Fact]
    public void The_classifier_with_its_weights_in_hand_refuses_a_second_thread_and_takes_its_own_report()
    {
        using var classifier = SmallRnn.Create<float>();
        var others = new List<Exception?>();
        classifier.Fit(SmallRnn.X<float>(), SmallRnn.Y<float>(), 2, new Heard<float>(_ =>
        {
            classifier.Predict(SmallRnn.X<float>());
            others.Add(OnAnotherThread(() => classifier.Predict(SmallRnn.X<float>())));
            others.Add(OnAnotherThread(() => Assert.NotNull(classifier.Weights)));
            others.Add(OnAnotherThread(() => classifier.ToBytes()));
        }));
        Assert.Equal(6, others.Count);
        Assert.All(others, other => Assert.Contains(
            "Another thread uses this SimpleRnnClassifier", Assert.IsType<InvalidOperationException>(other).Message,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Four_threads_on_the_classifier_with_its_weights_in_hand_get_right_answers_or_none()
    {
        using var classifier = SmallRnn.Create<float>();
        string expected = string.Join(' ', classifier.Forward(SmallRnn.X<float>()));
        int right = 0;
        Parallel.Invoke([.. Enumerable.Range(0, 4).Select(_ => (Action)(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                try
                {
                    Assert.Equal(expected, string.Join(' ', classifier.Forward(SmallRnn.X<float>())));
                    Interlocked.Increment(ref right);
                }
                catch (InvalidOperationException)
                {
                    // Another thread was using it.
                }
            }
        }))]);
        Assert.True(right > 0);
    }

    private static Exception? OnAnotherThread(Action use)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(use));
        thread.Start();
        thread.Join();
        return thrown;
    }
}
