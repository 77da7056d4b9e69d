using System.Text.Json;
using Elman.Keras.Archive;

namespace Elman.Keras.Configuration;

/// <summary>The version of Keras that wrote a file.</summary>
internal static class KerasVersion
{
    /// <summary>Checks that it is Keras 3: Keras 2.13 to 2.15 wrote the same file names with other functions and other weights.</summary>
    /// <exception cref="ModelFileException">It is another version.</exception>
    public static void Check(byte[] metadata, KerasSource source)
    {
        using JsonDocument document = KerasJson.Parse(metadata, KerasArchive.MetadataName, source);
        string? version = document.RootElement.FindText("keras_version");
        if (version?.StartsWith("3.", StringComparison.Ordinal) != true)
            throw source.Error($"The file was written by Keras {Shown(version ?? "of an unknown version")}; version 3 is supported. Load "
                + "the model in Keras 3 and save it with model.save('model.keras').");
    }
}
