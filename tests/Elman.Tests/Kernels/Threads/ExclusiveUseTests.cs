using Elman.Kernels;

namespace Elman.Tests.Kernels.Threads;

public sealed class ExclusiveUseTests
{
    [Fact]
    public void A_second_thread_is_refused_until_the_first_has_left()
    {
        var owner = new Owner();
        owner.Use.Enter(owner);
        Assert.IsType<InvalidOperationException>(OnAnotherThread(owner));
        Assert.False(owner.Use.Leave());
        Assert.Null(OnAnotherThread(owner));
    }

    [Fact]
    public void The_thread_that_uses_it_may_enter_again_and_leaves_as_often()
    {
        var owner = new Owner();
        owner.Use.Enter(owner);
        owner.Use.Enter(owner);
        owner.Use.Leave();
        Assert.IsType<InvalidOperationException>(OnAnotherThread(owner));
        owner.Use.Leave();
        Assert.Null(OnAnotherThread(owner));
    }

    [Fact]
    public void Whoever_closes_what_nobody_uses_frees_it_and_only_once()
    {
        var owner = new Owner();
        Assert.True(owner.Use.Close());
        Assert.False(owner.Use.Close());
        Assert.Throws<ObjectDisposedException>(() => owner.Use.Enter(owner));
        Assert.IsType<ObjectDisposedException>(OnAnotherThread(owner));
    }

    [Fact]
    public void What_is_closed_while_it_is_used_is_freed_by_the_thread_that_uses_it()
    {
        var owner = new Owner();
        owner.Use.Enter(owner);
        Assert.False(Threaded(() => owner.Use.Close(), owner));
        Assert.Throws<ObjectDisposedException>(() => owner.Use.Enter(owner));
        Assert.True(owner.Use.Leave());
        Assert.False(owner.Use.Close());
    }

    [Fact]
    public async Task Of_many_threads_one_is_in_at_a_time()
    {
        var owner = new Owner();
        int inside = 0, most = 0, entered = 0;
        Task[] tasks = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                try
                {
                    owner.Use.Enter(owner);
                }
                catch (InvalidOperationException)
                {
                    continue;
                }
                most = Math.Max(most, Interlocked.Increment(ref inside));
                entered++; // plain: right only if no other thread is in
                Interlocked.Decrement(ref inside);
                owner.Use.Leave();
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        await Task.WhenAll(tasks);
        Assert.Equal(1, most);
        Assert.True(entered > 0);
    }

    private static Exception? OnAnotherThread(Owner owner) => Threaded(() => Record.Exception(() =>
    {
        owner.Use.Enter(owner);
        owner.Use.Leave();
    }), owner);

    private static T Threaded<T>(Func<T> ask, Owner owner)
    {
        T answer = default!;
        var thread = new Thread(() => answer = ask());
        thread.Start();
        thread.Join();
        GC.KeepAlive(owner);
        return answer;
    }

    private sealed class Owner
    {
        public ExclusiveUse Use;
    }
}
