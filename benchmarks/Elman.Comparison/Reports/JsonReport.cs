using System.Text.Encodings.Web;
using System.Text.Json;
using Elman.Comparison.Measuring;

namespace Elman.Comparison.Reports;

/// <summary>The results as JSON, for programs that monitor them; times are in seconds.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions _options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns the document.</summary>
    public static string Document(Machine machine, IReadOnlyList<RowResult> results, IReadOnlyList<RowFailure> failures) =>
        JsonSerializer.Serialize(
            new
            {
                Machine = machine,
                Rows = results.Select(result => new
                {
                    result.Row.Name,
                    Group = result.Row.Group.Name,
                    Cell = result.Row.Cell.Name,
                    result.Row.Shape.Inputs,
                    result.Row.Shape.Hidden,
                    result.Row.Shape.Batch,
                    result.Row.Shape.Steps,
                    result.Row.Threads,
                    result.Row.Flops,
                    Peak = machine.PeakOf(result.Row) * 1e9,
                    result.BytesPerStep,
                    result.OthersShare,
                    result.IsDisturbed,
                    result.LeftOut,
                    Elman = Times(result.Elman),
                    Rivals = result.Rivals.Select(rival => new { rival.Name, Times = Times(rival), Ratio = Ratio.Of(rival, result.Elman) }),
                }),
                Failures = failures.Select(failure => new { failure.Row.Name, failure.Reason }),
                Summary = SummaryLine.Of(results),
            },
            _options);

    private static object Times(RivalTimes times) =>
        new { times.Median, Least = times.Seconds.Min(), Most = times.Seconds.Max(), Turns = times.Seconds.Length };
}
