using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Elman.Packages.Tests;

/// <summary>
/// All packages of the checkout in a folder of their own, and a cache without any package: what somebody has who installs them for the
/// first time. Packages of others come from the sources that NuGet is configured with.
/// </summary>
public sealed class Feed : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("elman-packages-");

    // The runner makes a feed even if every test that needs it is left out, and packing takes a minute.
    private readonly Lazy<string> _folder;

    public Feed() => _folder = new(Pack);

    /// <summary>The folder of the packages.</summary>
    public string Folder => _folder.Value;

    /// <summary>The folder of restored packages.</summary>
    public string Cache => Path.Combine(_root.FullName, "cache");

    /// <summary>The version of the packages.</summary>
    public static string Version { get; } =
        XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>The path of a package.</summary>
    public string PackagePath(string id) => Path.Combine(Folder, $"{id}.{Version}.nupkg");

    /// <summary>Opens a package.</summary>
    public ZipArchive Open(string id) => ZipFile.OpenRead(PackagePath(id));

    /// <summary>The metadata of a package: name and text of each element.</summary>
    public XElement Metadata(string id)
    {
        using ZipArchive package = Open(id);
        using Stream stream = package.GetEntry($"{id}.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single();
        foreach (XElement element in metadata.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return metadata;
    }

    /// <summary>The bytes of a file in a package.</summary>
    public byte[] Bytes(string id, string entry, string extension = "nupkg") =>
        Bytes(Path.Combine(Folder, $"{id}.{Version}.{extension}"), entry);

    /// <summary>The bytes of a file in a package at a path.</summary>
    public static byte[] Bytes(string path, string entry)
    {
        using ZipArchive package = ZipFile.OpenRead(path);
        using Stream stream = package.GetEntry(entry)?.Open() ?? throw new InvalidOperationException($"{path} has no file {entry}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Creates an empty folder in which NuGet finds the packages.</summary>
    public string NewFolder(string name)
    {
        _ = Folder;
        return _root.CreateSubdirectory($"work/{name}-{Guid.NewGuid():N}").FullName;
    }

    /// <summary>Runs `dotnet` with the packages of this feed.</summary>
    public string Dotnet(string folder, params IEnumerable<string> arguments) =>
        Shell.RunWithCache(Cache, folder, "dotnet", arguments);

    /// <summary>Publishes the project of a folder for this machine into the folder `out`, and returns what that prints.</summary>
    public string Publish(string folder, string property)
    {
        // .NET links native code with clang; gcc does as well.
        string[] linker = OperatingSystem.IsWindows() || File.Exists("/usr/bin/clang") ? [] : ["-p:CppCompilerAndLinker=gcc"];
        return Dotnet(
            folder, ["publish", "--nologo", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "out", $"-p:{property}", .. linker]);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private string Pack()
    {
        string folder = _root.CreateSubdirectory("feed").FullName;
        string[] words = PackageList.ReadmeCommand("dotnet pack").Split(' ');
        // The build checks the sources; here they are compiled for Release, which takes a minute even without that.
        IEnumerable<string> arguments = words[1..].Select(word => word == "packages" ? folder : word);
        Shell.Run(Repository.Root, words[0], [.. arguments, "--nologo", "-p:RunAnalyzers=false"]);
        File.WriteAllText(
            Path.Combine(_root.FullName, "nuget.config"),
            $"""<configuration><packageSources><add key="elman" value="{folder}" /></packageSources></configuration>""");
        return folder;
    }
}

/// <summary>The tests that share one feed. They run one after the other.</summary>
[CollectionDefinition(nameof(Feed), DisableParallelization = true)]
public sealed class SharedFeed : ICollectionFixture<Feed>;
