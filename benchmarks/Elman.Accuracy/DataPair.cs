using Elman.Data;

namespace Elman.Accuracy;

/// <summary>Training data and test data from the same source.</summary>
/// <param name="Name">The name of the set.</param>
/// <param name="Train">The training part.</param>
/// <param name="Test">The test part.</param>
internal sealed record DataPair(string Name, SequenceDataset Train, SequenceDataset Test)
{
    /// <summary>Returns the built-in sets, then those in the folders, sorted by name.</summary>
    /// <param name="folders">The folders.</param>
    /// <param name="text">The name of the text column; used for tables that have such a column.</param>
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

    /// <summary>Reads a file of sequences with classes; otherwise prints the reason and returns <see langword="null"/>.</summary>
    private static SequenceDataset? Read(string file, DataFileOptions options)
    {
        try
        {
            return DataFile.Read(file, options);
        }
        catch (DataFileException e)
        {
            Console.Error.WriteLine($"skipped: {e.Message}");
            return null;
        }
    }

    private static bool HasColumn(string file, string? name) => name is not null && File.ReadLines(file).FirstOrDefault() is { } header
        && header.Split(',', '\t', ';').Contains(name, StringComparer.Ordinal);
}
