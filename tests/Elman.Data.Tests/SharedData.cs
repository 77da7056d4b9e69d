namespace Elman.Data.Tests;

/// <summary>Published data sets, on machines that have them next to the repository; elsewhere, tests that need them are skipped.</summary>
internal static class SharedData
{
    public static SequenceDataset Read(string set, string file, DataFileOptions? options = null)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", set, file);
            if (File.Exists(path))
                return DataFile.Read(path, options, cancellationToken: TestContext.Current.CancellationToken);
        }
        Assert.Skip($"There is no shared/data/{set}/{file} in a folder above the tests.");
        throw new InvalidOperationException("Assert.Skip returned.");
    }
}
