using Elman.Data;

namespace Elman.Accuracy;

/// <summary>Training data with test data of the same source.</summary>
/// <param name="Name">The name of the set.</param>
/// <param name="Train">The training part.</param>
/// <param name="Test">The test part.</param>
internal sealed record DataPair(string Name, SequenceDataset Train, SequenceDataset Test)
{
    /// <summary>The built-in sets, as the tool has them, and then those of the folders, by name.</summary>
    public static IEnumerable<DataPair> All(IEnumerable<string> folders)
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
            if (Read(file) is { } train)
                yield return new DataPair(Path.GetFileName(file).Split("_TRAIN.")[0], train, DataFile.Read(test));
        }
    }

    /// <summary>A file of sequences with classes; <see langword="null"/> where it holds something else, which is said.</summary>
    private static SequenceDataset? Read(string file)
    {
        try
        {
            return DataFile.Read(file);
        }
        catch (DataFileException e)
        {
            Console.Error.WriteLine($"left out: {e.Message}");
            return null;
        }
    }
}
