using Elman.Kernels;

namespace Elman.Tests.Kernels.Threads;

public sealed class WorkersTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 3)]
    [InlineData(4, 64)]
    public void Every_part_runs_once(int threads, int parts)
    {
        using var workers = new Workers(threads);
        int[] runs = new int[parts];
        var job = new Counting(runs);
        workers.Run(ref job, parts);
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    [Fact]
    public void A_hundred_thousand_runs_in_a_row_lose_no_part()
    {
        using var workers = new Workers(4);
        int[] runs = new int[7];
        var job = new Counting(runs);
        for (int i = 0; i < 100_000; i++)
            workers.Run(ref job, 1 + (i % 7));
        Assert.Equal(Enumerable.Range(0, 7)
            .Select(part => (100_000 - part + 6) / 7 + Enumerable.Range(0, 7).Where(p => p > part).Sum(p => (100_000 - p + 6) / 7)), runs);
    }

    [Fact]
    public void Workers_that_fell_asleep_wake_for_the_next_run()
    {
        using var workers = new Workers(3);
        for (int i = 0; i < 5; i++)
        {
            // The parts wait for each other, so one thread alone can't run them all.
            using var meeting = new Barrier(3);
            bool[] met = new bool[3];
            var job = new Meeting(meeting, met);
            workers.Run(ref job, 3);
            Assert.Equal([true, true, true], met);
            Thread.Sleep(5);
        }
    }

    [Fact]
    public void An_exception_of_a_part_reaches_the_caller_after_all_parts_ended()
    {
        using var workers = new Workers(2);
        int[] runs = new int[8];
        var job = new Failing(runs);
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() =>
        {
            var local = job;
            workers.Run(ref local, 8);
        });
        Assert.Equal("part 3", e.Message);
        Assert.All(runs, count => Assert.Equal(1, count));
        var next = new Counting(new int[2]);
        workers.Run(ref next, 2);
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        using var workers = new Workers(2);
        var job = new Counting(new int[2]);
        for (int i = 0; i < 100; i++)
            workers.Run(ref job, 2);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++)
                workers.Run(ref job, 2);
        }));
    }

    [Fact]
    public void Disposed_workers_refuse_to_start()
    {
        var workers = new Workers(2);
        workers.Dispose();
        Assert.Throws<ObjectDisposedException>(() =>
        {
            var job = new Counting(new int[2]);
            workers.Run(ref job, 2);
        });
    }

    [Fact]
    public void No_thread_is_no_worker() => Assert.Throws<ArgumentOutOfRangeException>(() => new Workers(0));

    private readonly struct Counting(int[] runs) : IJob
    {
        public void Execute(int part) => Interlocked.Increment(ref runs[part]);
    }

    private readonly struct Meeting(Barrier meeting, bool[] met) : IJob
    {
        public void Execute(int part) => met[part] = meeting.SignalAndWait(TimeSpan.FromSeconds(10));
    }

    private readonly struct Failing(int[] runs) : IJob
    {
        public void Execute(int part)
        {
            Interlocked.Increment(ref runs[part]);
            if (part == 3)
                throw new InvalidOperationException("part 3");
        }
    }
}
