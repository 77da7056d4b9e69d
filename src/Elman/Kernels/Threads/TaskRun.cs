using System.Runtime.CompilerServices;

namespace Elman.Kernels;

/// <summary>Independent tasks of unequal length. A thread that finishes early takes the next task.</summary>
internal interface ITask
{
    /// <summary>Executes a task.</summary>
    /// <param name="task">The index of the task.</param>
    /// <param name="part">An index below <see cref="TaskRun.Parts"/> that no other thread has at the same time; it selects the scratch
    /// memory.</param>
    void Execute(int task, int part);
}

/// <summary>Runs tasks on the workers, in the order of their indices: long tasks should come first.</summary>
internal static unsafe class TaskRun
{
    /// <summary>Returns the number of threads for a job with a number of multiply-adds.</summary>
    public static int Parts(Workers workers, int tasks, long multiplyAdds) => Math.Max(1, Math.Min(tasks, workers.PartsFor(multiplyAdds)));

    /// <summary>Runs tasks 0 to <paramref name="tasks"/> − 1 and returns when all are done.</summary>
    public static void Run<TTask>(Workers workers, ref TTask task, int tasks, int parts)
        where TTask : struct, ITask
    {
        int next = 0;
        var job = new Job<TTask>(Unsafe.AsPointer(ref task), &next, tasks);
        workers.Run(ref job, parts);
    }

    private readonly struct Job<TTask>(void* task, int* next, int tasks) : IJob
        where TTask : struct, ITask
    {
        public void Execute(int part)
        {
            for (int t; (t = Interlocked.Increment(ref *next) - 1) < tasks;)
                Unsafe.AsRef<TTask>(task).Execute(t, part);
        }
    }
}
