using System.Numerics;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Tests.Stack;

/// <summary>If a part of a pass fails, the whole pass ends, whatever the other parts are waiting for.</summary>
public sealed class SweepFailureTests
{
    private static int _calls = -1;

    [Theory(Timeout = 60_000)]
    [InlineData(false, 1)] // a few units of one sequence: threads share the units and wait for each other at every step
    [InlineData(true, 1)]
    [InlineData(false, 64)] // threads share the sequences
    public async Task A_custom_activation_that_throws_once_ends_training_with_its_exception(bool bidirectional, int sequences)
    {
        await Task.Run(() =>
        {
            SequenceDataset data = Waves.Create(sequences + 1, seed: 1).Subset(Enumerable.Range(0, sequences + 1));
            using var classifier = new SequenceClassifier(new TrainingOptions
            {
                Cell = new RnnOptions { Activation = Activation.Custom("faulty", new Faulty()) },
                Model = new() { Layers = [512], Bidirectional = bidirectional },
                Epochs = 1,
                Batch = sequences,
                Threads = 2,
            });
            _calls = 300;
            Assert.Equal("It failed.", Assert.Throws<NotFiniteNumberException>(() => classifier.Fit(data)).Message);
            _calls = -1;
            classifier.Fit(data);
            Assert.True(double.IsFinite(classifier.Evaluate(data).LogLoss));
        }, TestContext.Current.CancellationToken);
    }

    private readonly struct Faulty : IActivation
    {
        public V Value<V, T>(V a)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Volatile.Read(ref _calls) >= 0 && Interlocked.Decrement(ref _calls) == 0
                ? throw new NotFiniteNumberException("It failed.")
                : Functions.Tanh<V, T>(a);

        public V Derivative<V, T>(V a, V y)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Constant(1) - (y * y);
    }
}
