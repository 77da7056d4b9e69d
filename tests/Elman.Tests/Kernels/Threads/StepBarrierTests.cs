using Elman.Kernels;

namespace Elman.Tests.Kernels.Threads;

public sealed class StepBarrierTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void No_thread_passes_a_barrier_before_all_have_arrived(int parts)
    {
        using var workers = new Workers(parts);
        var barrier = new StepBarrier();
        for (int round = 0; round < 3; round++)
        {
            var job = new Walk(barrier, parts, new int[parts]);
            barrier.Reset();
            workers.Run(ref job, parts);
            Assert.All(job.Places, place => Assert.Equal(Walk.Steps, place));
        }
    }

    /// <summary>
    /// Each part advances step by step, and checks the positions of the others after each wait: at its step, or one further.
    /// </summary>
    private readonly struct Walk(StepBarrier barrier, int parts, int[] places) : IJob
    {
        public const int Steps = 300;

        public int[] Places => places;

        public void Execute(int part)
        {
            long passed = 0;
            bool together = true;
            for (int step = 1; step <= Steps; step++)
            {
                Volatile.Write(ref places[part], step);
                barrier.Wait(ref passed, parts);
                for (int other = 0; other < parts; other++)
                    together &= Volatile.Read(ref places[other]) - step is 0 or 1;
            }
            if (!together)
                throw new InvalidOperationException($"Part {part} went on alone.");
        }
    }
}
