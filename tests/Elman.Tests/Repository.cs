namespace Elman.Tests;

/// <summary>The sources from which the tests were built.</summary>
internal static class Repository
{
    /// <summary>
    /// The folder of the solution, above the built tests. (The file paths of the compiler can't be used: a deterministic build rewrites
    /// them.)
    /// </summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Elman.slnx")))
                return folder.FullName;
        throw new InvalidOperationException($"There is no Elman.slnx above {AppContext.BaseDirectory}.");
    }
}
