using Elman.Data;

namespace Elman.Accuracy;

/// <summary>Training data with test data of the same source.</summary>
/// <param name="Name">The name of the set.</param>
/// <param name="Train">The training part.</param>
/// <param name="Test">The test part.</param>
internal sealed record DataPair(string Name, SequenceDataset Train, SequenceDataset Test)
{
    /// <summary>The built-in sets, as the tool has them, and then those of the folders, by name.</summary>
    /// <param name="folders">The folders.</param>
    /// <param name="text">The column of text, in tables that have it.</param>
    public static IEnumerable<DataPair> All(IEnumerable<string> folders, string? text)
    {
        foreach (IDataGenerator generator in BuiltInData.Generators.Where(generator => generator.Labels == LabelKind.Class))
        {
            (SequenceDataset train, SequenceDataset test) = BuiltInData.Load(generator, seed: 1);
            yield return new DataPair($"{generator.Name} (built in)", train, test);
        }
        IEnumerable<string> files = folders.SelectMany(folder => Directory.EnumerateFiles(
            folder, "*_TRAIN.*", SearchOption.AllDirectories));
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            string test = file.Replace("_TRAIN.", "_TEST.", StringComparison.Ordinal);
            if (!DataFile.Extensions.Contains(Path.GetExtension(file)) || !File.Exists(test))
                continue;
            DataFileOptions options = new() { Text = HasColumn(file, text) ? text : null };
            if (Read(file, options) is { } train)
                yield return new DataPair(Path.GetFileName(file).Split("_TRAIN.")[0], train, DataFile.Read(test, options));
        }
    }

    /// <summary>A file of sequences with classes; <see langword="null"/> where it holds something else, which is said.</summary>
    private static SequenceDataset? Read(string file, DataFileOptions options)
    {
        try
        {
            return DataFile.Read(file, options);
        }
        catch (DataFileException e)
        {
            Console.Error.WriteLine($"left out: {e.Message}");
            return null;
        }
    }

    private static bool HasColumn(string file, string? name) => name is not null && File.ReadLines(file).FirstOrDefault() is { } header
        && header.Split(',', '\t', ';').Contains(name, StringComparer.Ordinal);
}
