using System.Globalization;
using System.Text.Json;

namespace Elman.Cli.Runs;

/// <summary>A figure of a run, from <c>metrics.json</c>.</summary>
/// <param name="Name">The name of the figure.</param>
/// <param name="Of">The class, target or step ahead; <see langword="null"/> for all.</param>
/// <param name="Estimate">The figure.</param>
/// <param name="Lower">The lower limit of its interval; NaN if there is none.</param>
/// <param name="Upper">The upper limit of its interval; NaN if there is none.</param>
internal sealed record RunFigure(string Name, string? Of, double Estimate, double Lower, double Upper);

/// <summary>What the files of a run say about it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Figures">Its figures; empty if it was not tested, or stopped before there was a model.</param>
internal sealed record RunSummary(RunFolder Run, RunArgs Args, IReadOnlyList<RunFigure> Figures)
{
    /// <summary>The state: <c>running</c> while a process works on it, then <c>complete</c> or <c>interrupted</c>.</summary>
    public string State => Run.IsInUse ? "running" : Run.IsComplete ? "complete" : "interrupted";

    /// <summary>Reads a run.</summary>
    /// <exception cref="CommandException">A file of the run is damaged.</exception>
    public static RunSummary Of(RunFolder run) => new(run, RunArgs.Read(run), File.Exists(run.Metrics) ? FiguresOf(run) : []);

    /// <summary>Reads the epochs of <c>results.csv</c>; none if the model was chosen automatically.</summary>
    /// <exception cref="CommandException">The file is damaged.</exception>
    public IReadOnlyList<EpochResult> Epochs()
    {
        if (!File.Exists(Run.Results))
            return [];
        string[] rows = File.ReadAllLines(Run.Results);
        if (rows.Length == 0 || !rows[0].StartsWith("epoch,", StringComparison.Ordinal))
            return [];
        try
        {
            return [.. rows.Skip(1).Select(row => row.Split(',')).Select(cells => new EpochResult(
                int.Parse(cells[0], CultureInfo.InvariantCulture), Number(cells[2]) ?? double.NaN, Number(cells[3]), Number(cells[4]),
                Number(cells[5])))];
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or OverflowException)
        {
            throw new CommandException($"{Run.Results} is damaged: it is not what elman train writes.", e);
        }
    }

    private static double? Number(string cell) =>
        cell.Length == 0 ? null : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static RunFigure[] FiguresOf(RunFolder run)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(run.Metrics));
            return [.. document.RootElement.GetProperty("figures").EnumerateArray().Select(figure => new RunFigure(
                figure.GetProperty("figure").GetString()!, figure.GetProperty("of").GetString(), Value(figure, "estimate"),
                Value(figure, "lower"), Value(figure, "upper")))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new CommandException($"{run.Metrics} is damaged: it is not what elman writes.", e);
        }
    }

    private static double Value(JsonElement figure, string name) =>
        figure.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN;
}
