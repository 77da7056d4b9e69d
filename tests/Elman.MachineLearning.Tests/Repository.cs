namespace Elman.MachineLearning.Tests;

/// <summary>The files of the project.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution, above the built tests.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Elman.slnx")))
                return folder.FullName;
        throw new DirectoryNotFoundException("The tests are not inside the folder of the solution.");
    }
}
