using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Elman.Kernels;

/// <summary>Work that falls into numbered parts, none of which depends on another or on who runs it.</summary>
internal interface IJob
{
    void Execute(int part);
}

/// <summary>Threads that wait close by for short jobs: they spin for about 20 µs after the last one and only then sleep.</summary>
/// <remarks>
/// The caller works too, so a count of 1 starts no thread. Who runs a part is left to chance; what a part computes is not,
/// so results never depend on the number of threads. A run allocates nothing. One run at a time.
/// </remarks>
internal sealed unsafe class Workers : IDisposable
{
    /// <summary>About 4 µs of work for one thread, twice what it takes to share it.</summary>
    private const long WorthSharing = 200_000;

    private static readonly long _spinTicks = Stopwatch.Frequency / 50_000;

    private readonly Thread[] _threads;
    private readonly Lock _starting = new();
    private readonly object _bell = new();
    private bool _started;
    private volatile bool _stopping;
    private int _asleep;

    // The run under way: its number in the high half, the parts that nobody has claimed yet in the low one. Whoever counts
    // the low half down owns that part, and the run can't end before the part has; a thread that wakes late finds 0.
    // Parts are claimed in order: where they differ, the long ones should come first.
    private long _ticket;
    private int _parts;
    private int _done;
    private void* _job;
    private delegate*<void*, int, void> _execute;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Plans for a number of threads; they start with the first job that has parts for them.</summary>
    /// <param name="count">Number of threads, the caller's included.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public Workers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _threads = new Thread[count - 1];
    }

    /// <summary>Number of threads, the caller's included.</summary>
    public int Count => _threads.Length + 1;

    /// <summary>
    /// Into how many parts to divide work: one for each thread, or a single one where waking the others takes longer than it saves.
    /// </summary>
    /// <param name="multiplyAdds">How many multiply-adds the work comes to.</param>
    public int PartsFor(long multiplyAdds) => multiplyAdds < WorthSharing ? 1 : Count;

    /// <summary>The share of a part in numbered things: shares follow each other and differ by one at most.</summary>
    /// <param name="all">How many things there are.</param>
    /// <param name="part">The part.</param>
    /// <param name="parts">How many parts there are.</param>
    public static (int First, int End) Share(long all, int part, int parts) => ((int)(all * part / parts), (int)(all * (part + 1) / parts));

    /// <summary>Runs every part of a job and returns when all are done.</summary>
    /// <param name="job">The job: a local variable of the caller, since the threads read it where it stands.</param>
    /// <param name="parts">How many parts it has.</param>
    /// <remarks>The first exception that a part throws is thrown here, after every part that others run has ended.</remarks>
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

    /// <summary>Ends the threads.</summary>
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
            // Counted before the last look: the caller either sees a sleeper and rings, or its run is seen here.
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
