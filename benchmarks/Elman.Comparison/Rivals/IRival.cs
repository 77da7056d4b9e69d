using System.Diagnostics;
using Elman.Comparison.Problems;

namespace Elman.Comparison.Rivals;

/// <summary>A library with a piece of work set up in it, ready to go.</summary>
internal interface IRival : IDisposable
{
    /// <summary>What it is called in tables.</summary>
    string Name { get; }

    /// <summary>Does the work once, from the weights that the problem has, and tells what came out of it.</summary>
    /// <returns>Training: the loss and its gradients in Elman's layout. Inference: the logits. Streaming:
    /// the output after all steps.</returns>
    IReadOnlyList<NamedArray<double>> Check();

    /// <summary>Does the work some times over.</summary>
    /// <param name="repetitions">How often.</param>
    /// <returns>How long all of them took, in seconds.</returns>
    double Run(int repetitions);
}

/// <summary>A rival that works in this process.</summary>
internal abstract class InProcessRival(string name) : IRival
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public abstract IReadOnlyList<NamedArray<double>> Check();

    /// <inheritdoc/>
    public virtual double Run(int repetitions)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repetitions; i++)
            Work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Does the work once.</summary>
    protected abstract void Work();
}

/// <summary>A rival can't be set up, or stopped working.</summary>
/// <param name="message">Why, and what to do.</param>
internal sealed class RivalException(string message) : Exception(message);
