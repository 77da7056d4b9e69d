using System.Text.Json;

namespace Elman.Cli.Tasks;

/// <summary>How well a model did on data, whatever its task.</summary>
internal abstract class TaskResult
{
    /// <summary>The most important figure with its name, as a plot's title has it.</summary>
    public abstract string Headline { get; }

    /// <summary>All figures in a line, the first with a small letter.</summary>
    public abstract string Line { get; }

    /// <summary>The share of right answers, where there are such.</summary>
    public virtual double? Accuracy => null;

    /// <summary>
    /// The figure by which it is compared with simple methods: the share of right answers, or the root of the mean squared error.
    /// </summary>
    public abstract double Score { get; }

    /// <summary>The mean log loss, where answers are probabilities.</summary>
    public virtual double? LogLoss => null;

    /// <summary>Writes the details for people.</summary>
    public abstract void WriteTables(Terminal terminal);

    /// <summary>Writes all of it for programs, as members of an object.</summary>
    public abstract void WriteMembers(Utf8JsonWriter json);
}
