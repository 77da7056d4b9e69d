using System.Text.Json;

namespace Elman.Data.Audio.Tests;

/// <summary>The files that the script in the folder of the fixtures wrote.</summary>
internal static class Fixture
{
    public static JsonElement[] Read(string name)
    {
        using Stream stream = typeof(Fixture).Assembly.GetManifestResourceStream(name)!;
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.EnumerateArray().Select(element => element.Clone())];
    }

    public static double[] Numbers(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    public static int Int(this JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
