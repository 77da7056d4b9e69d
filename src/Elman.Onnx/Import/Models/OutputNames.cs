using System.Globalization;
using System.Text.Json;
using Elman.Onnx.Protocol;

namespace Elman.Onnx.Import.Models;

/// <summary>The names of the classes or targets: from the user, from the file, or numbers from 0.</summary>
internal static class OutputNames
{
    private static readonly string[] _keys = ["classes", "class_names", "labels"];

    /// <summary>Returns the names.</summary>
    /// <param name="given">Those of the user; empty for none.</param>
    /// <param name="model">The file.</param>
    /// <param name="count">How many are needed.</param>
    /// <param name="warn">Receives what the user should know.</param>
    /// <exception cref="ArgumentException">The user's names are of another number, or not different.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> given, ModelProto model, int count, Action<string> warn)
    {
        if (given.Count > 0)
            return given.Count == count && given.Distinct(StringComparer.Ordinal).Count() == count
                ? [.. given]
                : throw new ArgumentException($"Names has {Amount.Of(given.Distinct(StringComparer.Ordinal).Count(), "different name")}; "
                    + $"the model has {Amount.Of(count, "output")}.", nameof(given));
        foreach (StringStringEntryProto entry in model.MetadataProps.Where(entry => _keys.Contains(entry.Key, StringComparer.Ordinal)))
        {
            string[] names = Parse(entry.Value);
            if (names.Length == count && names.Distinct(StringComparer.Ordinal).Count() == count)
                return names;
            warn($"The metadata {Quoted(entry.Key)} of the file do not name {Amount.Of(count, "different output")}; they are not used. "
                + "Give OnnxLoadOptions.Names.");
        }
        return [.. Enumerable.Range(0, count).Select(output => output.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>Reads a JSON array of names or numbers, or names between commas.</summary>
    private static string[] Parse(string text)
    {
        if (!text.TrimStart().StartsWith('['))
            return text.Split(',', StringSplitOptions.TrimEntries);
        try
        {
            using JsonDocument list = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 4 });
            return [.. list.RootElement.EnumerateArray().Select(name => name.ToString())];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
