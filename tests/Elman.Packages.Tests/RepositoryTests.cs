using System.Reflection.Metadata;
using System.Text;

namespace Elman.Packages.Tests;

/// <summary>Packing in another folder, without and with a remote repository.</summary>
[Collection(nameof(Feed))]
[Trait("Category", "Slow")]
public sealed class RepositoryTests(Feed feed)
{
    private static readonly Guid _sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [Fact(Explicit = true)]
    public void Another_folder_gives_the_same_bytes_and_a_remote_repository_is_named()
    {
        string clone = CloneIn("clone"), other = CloneIn("another-folder");
        Pack(clone, "plain");
        Pack(other, "plain");
        foreach (string extension in new[] { "nupkg", "snupkg" })
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(other, "plain", $"Elman.{Feed.Version}.{extension}")),
                File.ReadAllBytes(Path.Combine(clone, "plain", $"Elman.{Feed.Version}.{extension}")));

        Shell.Run(clone, "git", "remote", "add", "origin", "https://github.com/example/elman.git");
        Pack(clone, "named");
        string commit = Shell.Run(clone, "git", "rev-parse", "HEAD").Trim();
        string nuspec = Encoding.UTF8.GetString(Feed.Bytes(Path.Combine(clone, "named", $"Elman.{Feed.Version}.nupkg"), "Elman.nuspec"));
        Assert.Matches($"<repository type=\"git\" url=\"https://github.com/example/elman[^\"]*\" commit=\"{commit}\" />", nuspec);
        Assert.Contains(
            $"https://raw.githubusercontent.com/example/elman/{commit}/*",
            SourceLink(Feed.Bytes(Path.Combine(clone, "named", $"Elman.{Feed.Version}.snupkg"), "lib/net10.0/Elman.pdb")),
            StringComparison.Ordinal);
    }

    /// <summary>A copy of the checkout that knows no other repository.</summary>
    private string CloneIn(string folder)
    {
        string clone = Path.Combine(feed.NewFolder(folder), "elman");
        Shell.Run(Repository.Root, "git", "clone", "--quiet", "--shared", ".", clone);
        Shell.Run(clone, "git", "remote", "remove", "origin");
        CopyChanges(clone);
        return clone;
    }

    private static void Pack(string clone, string folder) =>
        Shell.Run(clone, "dotnet", "pack", "src/Elman", "--output", folder, "--nologo", "-p:RunAnalyzers=false");

    /// <summary>Copies what is changed in the checkout and not yet committed.</summary>
    private static void CopyChanges(string clone)
    {
        string[] changed = Shell.Run(Repository.Root, "git", "ls-files", "--modified", "--others", "--exclude-standard")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string file in changed.Where(file => File.Exists(Path.Combine(Repository.Root, file))))
        {
            string copy = Path.Combine(clone, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, file), copy, overwrite: true);
        }
    }

    private static string SourceLink(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        MetadataReader reader = provider.GetMetadataReader();
        return string.Concat(reader.GetCustomDebugInformation(Handle.ModuleDefinition).Select(reader.GetCustomDebugInformation)
            .Where(info => reader.GetGuid(info.Kind) == _sourceLink)
            .Select(info => Encoding.UTF8.GetString(reader.GetBlobBytes(info.Value))));
    }
}
