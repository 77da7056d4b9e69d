using System.Diagnostics;
using Elman.Comparison.Problems;

namespace Elman.Comparison.Rivals;

/// <summary>A library that is set up for a piece of work.</summary>
internal interface IRival : IDisposable
{
    /// <summary>The name in tables.</summary>
    string Name { get; }

    /// <summary>Does the work once, starting from the weights of the problem, and returns the results.</summary>
    /// <returns>For training, the loss and its gradients in Elman's layout; for inference, the logits; for streaming, the output after all
    /// steps.</returns>
    IReadOnlyList<NamedArray<double>> Check();

    /// <summary>Does the work repeatedly.</summary>
    /// <param name="repetitions">The number of repetitions.</param>
    /// <returns>The total time in seconds.</returns>
    double Run(int repetitions);
}

/// <summary>Base class of the rivals that run in this process.</summary>
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

/// <summary>The exception for a rival that can't be set up, or stopped working.</summary>
/// <param name="message">The reason, and what to do.</param>
internal sealed class RivalException(string message) : Exception(message);
