using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Elman.Kernels;

/// <summary>A job: work divided into numbered, independent parts; the result does not depend on the thread that runs a part.</summary>
internal interface IJob
{
    void Execute(int part);
}

/// <summary>The thread pool. Threads spin for about 20 µs after a job and then sleep.</summary>
/// <remarks>
/// The calling thread also works, so a count of 1 starts no thread. Any thread may run any part, but the result of a part does not depend
/// on it, so results never depend on the number of threads. A run allocates nothing. Only one run at a time.
/// </remarks>
internal sealed unsafe class Workers : IDisposable
{
    /// <summary>About 4 µs of work for one thread, twice the cost of sharing it.</summary>
    private const long WorthSharing = 200_000;

    private static readonly long _spinTicks = Stopwatch.Frequency / 50_000;

    private readonly Thread[] _threads;
    private readonly Lock _starting = new();
    private readonly object _bell = new();
    private bool _started;
    private volatile bool _stopping;
    private int _asleep;

    // The current run: its number in the high half, the number of unclaimed parts in the low half. The thread that decrements the low half
    // owns that part, and the run can't end before the part is done; a thread that wakes up late finds 0. Parts are claimed in order, so
    // long parts should come first.
    private long _ticket;
    private int _parts;
    private int _done;
    private void* _job;
    private delegate*<void*, int, void> _execute;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Creates a pool for a number of threads; they start with the first job that has parts for them.</summary>
    /// <param name="count">The number of threads, including the caller's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public Workers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _threads = new Thread[count - 1];
    }

    /// <summary>The number of threads, including the caller's.</summary>
    public int Count => _threads.Length + 1;

    /// <summary>
    /// The number of parts to divide work into: one for each thread, or a single one if sharing takes longer than it saves.
    /// </summary>
    /// <param name="multiplyAdds">The number of multiply-adds of the work.</param>
    public int PartsFor(long multiplyAdds) => multiplyAdds < WorthSharing ? 1 : Count;

    /// <summary>Returns the range of items of a part: ranges are consecutive and their sizes differ by at most one.</summary>
    /// <param name="all">The number of items.</param>
    /// <param name="part">The part.</param>
    /// <param name="parts">The number of parts.</param>
    public static (int First, int End) Share(long all, int part, int parts) => ((int)(all * part / parts), (int)(all * (part + 1) / parts));

    /// <summary>Runs every part of a job and returns when all parts are done.</summary>
    /// <param name="job">The job: a local variable of the caller, which the threads read in place.</param>
    /// <param name="parts">The number of parts.</param>
    /// <remarks>If parts throw, the first exception is thrown here, after all running parts have ended.</remarks>
    public void Run<TJob>(ref TJob job, int parts)
        where TJob : struct, IJob
    {
        if (parts <= 1 || _threads.Length == 0)
        {
            for (int part = 0; part < parts; part++)
                job.Execute(part);
            return;
        }

        Start();
        _job = Unsafe.AsPointer(ref job);
        _execute = &Invoke<TJob>;
        _parts = parts;
        _done = 0;
        long run = (Volatile.Read(ref _ticket) >> 32) + 1;
        Interlocked.Exchange(ref _ticket, (run << 32) | (uint)parts);
        if (Volatile.Read(ref _asleep) > 0)
            lock (_bell)
                Monitor.PulseAll(_bell);

        TakeParts();
        var spin = new SpinWait();
        while (Volatile.Read(ref _done) < parts)
            spin.SpinOnce(sleep1Threshold: -1);
        _job = null;
        Interlocked.Exchange(ref _failure, null)?.Throw();
    }

    /// <summary>Stops the threads.</summary>
    public void Dispose()
    {
        _stopping = true;
        lock (_bell)
            Monitor.PulseAll(_bell);
        foreach (Thread? thread in _threads)
            if (thread is not null && thread.IsAlive)
                thread.Join();
    }

    private static void Invoke<TJob>(void* job, int part)
        where TJob : struct, IJob => Unsafe.AsRef<TJob>(job).Execute(part);

    private void Start()
    {
        lock (_starting)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            if (_started)
                return;
            _started = true;
            for (int i = 0; i < _threads.Length; i++)
            {
                _threads[i] = new Thread(Work) { IsBackground = true, Name = $"Elman worker {i + 1}" };
                _threads[i].Start();
            }
        }
    }

    private void Work()
    {
        long seen = 0;
        while (true)
        {
            long run = WaitForRun(seen);
            if (_stopping)
                return;
            TakeParts();
            seen = run;
        }
    }

    private long WaitForRun(long seen)
    {
        long until = Stopwatch.GetTimestamp() + _spinTicks;
        while (Stopwatch.GetTimestamp() < until)
        {
            long run = Volatile.Read(ref _ticket) >> 32;
            if (run != seen || _stopping)
                return run;
            Thread.SpinWait(10);
        }

        lock (_bell)
        {
            // Counted before the last check: either the caller sees a sleeping thread and wakes it, or the thread sees the run here.
            Interlocked.Increment(ref _asleep);
            long run;
            while ((run = Volatile.Read(ref _ticket) >> 32) == seen && !_stopping)
                Monitor.Wait(_bell);
            Interlocked.Decrement(ref _asleep);
            return run;
        }
    }

    private void TakeParts()
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int unclaimed = (int)ticket;
            if (unclaimed == 0)
                return;
            if (Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket) != ticket)
                continue;
            try
            {
                _execute(_job, _parts - unclaimed);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            }
            Interlocked.Increment(ref _done);
        }
    }
}
