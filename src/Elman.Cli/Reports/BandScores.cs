using System.Text.Json;
using Elman.Cli.Output;

namespace Elman.Cli.Reports;

/// <summary>Writes the coverage of forecast quantiles as JSON.</summary>
internal static class BandScores
{
    /// <summary>Writes the coverage as a member of an object.</summary>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<BandScore> bands)
    {
        json.WriteStartArray("bands");
        foreach (BandScore band in bands)
        {
            json.WriteStartObject();
            json.WriteNumber("lower", band.Lower);
            json.WriteNumber("upper", band.Upper);
            json.WriteNumberOrNull("coverage", band.Coverage);
            json.WriteNumberOrNull("width", band.Width);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
