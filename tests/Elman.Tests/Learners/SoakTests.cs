using System.Diagnostics;
using Elman.Kernels;
using Elman.Models;
using Elman.Optimizers;
using Elman.Sequences;
using Elman.Tests.Training;
using Elman.Training;

namespace Elman.Tests.Learners;

/// <summary>Training for a long time must not increase the memory of the process.</summary>
/// <remarks>
/// The runtime occasionally adds a megabyte, when it recompiles something, and releases one. So the time is divided into parts, and the
/// lower quartile of their growths is used: a leak in a step shows in every part.
/// </remarks>
[Collection(typeof(Alone))]
public class SoakTests(ITestOutputHelper output)
{
    private const int Hidden = 16, BatchSize = 16; // enough work for two threads to share

    [Fact]
    public void Three_thousand_steps_on_ragged_batches_add_nothing_to_the_memory() => Soak(3_000, allowed: 2_000);

    /// <summary>Takes one or two minutes: <c>Elman.Tests --explicit only --filter-class '*SoakTests'</c>.</summary>
    [Fact(Explicit = true)]
    [Trait("Category", "Soak")]
    public void Two_hundred_thousand_steps_on_ragged_batches_add_nothing_to_the_memory() => Soak(200_000, allowed: 5);

    /// <param name="steps">The number of steps.</param>
    /// <param name="allowed">The bytes per step that are attributed to the runtime; for shorter training, more.</param>
    private void Soak(int steps, int allowed)
    {
        SequenceDataset data = Waves.Create(64, seed: 3, ragged: true, channels: 2);
        int[] longest = [.. Enumerable.Repeat(Enumerable.Range(0, data.Count).MaxBy(i => data[i].Steps), BatchSize)];
        var random = new SeededRandom(5);
        int[] indices = new int[BatchSize];
        using var model = new SequenceModel<float>(new ModelSpec { Cell = "lstm", InputSize = 2, Layers = [Hidden], OutputSize = 2 });
        model.Initialize(WeightInitialization.Orthogonal, random);
        using var optimizer = new Adam<float>(model.Values.Layout, KernelCatalog.Default<float>());
        using var workers = new Workers(2);
        using var step = new TrainStep<float>(model, optimizer, workers, clip: 1);
        using var batch = new SequenceBatch<float>();

        Step(longest);
        Steps(steps / 10);
        var growths = new long[10];
        for (int part = 0; part < growths.Length; part++)
        {
            long before = WorkingSet();
            Steps(steps / growths.Length);
            growths[part] = WorkingSet() - before;
        }
        output.WriteLine($"{WorkingSet():#,0} bytes after {steps:#,0} steps, a tenth of which added {string.Join(", ", growths)}");
        Assert.InRange(growths.Order().ElementAt(growths.Length / 4), long.MinValue, (long)steps / growths.Length * allowed);

        void Steps(int count)
        {
            for (int i = 0; i < count; i++)
            {
                foreach (ref int index in indices.AsSpan())
                    index = random.NextInt32(data.Count);
                Step(indices);
            }
        }

        void Step(int[] chosen)
        {
            batch.Fill(data, chosen, null);
            if (!double.IsFinite(step.Run(batch, 0.001).Loss))
                Assert.Fail("The loss is not finite: such a step goes only half of its way.");
        }
    }

    /// <summary>Returns the resident memory of the process in bytes, after garbage collection.</summary>
    private static long WorkingSet()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
