using System.Text.Json;

namespace Elman.Cli.Tasks;

/// <summary>The results of a model on data, for any task.</summary>
internal abstract class TaskResult
{
    /// <summary>The main metric with its name, for the title of a plot.</summary>
    public abstract string Headline { get; }

    /// <summary>All metrics in a line, starting in lower case.</summary>
    public abstract string Line { get; }

    /// <summary>The accuracy, if there are classes.</summary>
    public virtual double? Accuracy => null;

    /// <summary>
    /// The metric for the comparison with baselines: accuracy, or root mean squared error.
    /// </summary>
    public abstract double Score { get; }

    /// <summary>The mean log loss, if predictions are probabilities.</summary>
    public virtual double? LogLoss => null;

    /// <summary>Writes the details as text.</summary>
    public abstract void WriteTables(Terminal terminal);

    /// <summary>Writes all results as JSON members.</summary>
    public abstract void WriteMembers(Utf8JsonWriter json);
}
