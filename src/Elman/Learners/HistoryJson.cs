using System.Text.Json;
using Elman.Checkpoints;

namespace Elman.Learners;

/// <summary>The figures of epochs as JSON, in checkpoints: an array of numbers for each epoch.</summary>
internal static class HistoryJson
{
    private const string Name = "history";

    /// <summary>Writes the figures as a field.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<EpochResult> history)
    {
        json.WriteStartArray(Name);
        foreach (EpochResult epoch in history)
        {
            json.WriteStartArray();
            json.WriteExact(epoch.Loss);
            json.WriteExact(epoch.Accuracy);
            json.WriteExact(epoch.ValidationLoss);
            json.WriteExact(epoch.ValidationAccuracy);
            json.WriteExact(epoch.LearningRate);
            json.WriteNumberValue(epoch.Elapsed.Ticks);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    /// <summary>Reads the figures from the field of an object.</summary>
    /// <exception cref="FormatException">The field is not as <see cref="Write"/> writes it.</exception>
    public static IEnumerable<EpochResult> Read(JsonElement root)
    {
        if (!root.TryGetProperty(Name, out JsonElement history) || history.ValueKind != JsonValueKind.Array)
            throw new FormatException("history is missing.");
        int epoch = 0;
        foreach (JsonElement figures in history.EnumerateArray())
        {
            if (figures.ValueKind != JsonValueKind.Array || figures.GetArrayLength() != 6)
                throw new FormatException("an epoch of the history has not six figures.");
            yield return new EpochResult(++epoch, figures[0].ReadExact() ?? double.NaN, figures[1].ReadExact(), figures[2].ReadExact(),
                figures[3].ReadExact())
            {
                LearningRate = figures[4].ReadExact() ?? 0,
                Elapsed = TimeSpan.FromTicks(figures[5].GetInt64()),
            };
        }
    }
}
