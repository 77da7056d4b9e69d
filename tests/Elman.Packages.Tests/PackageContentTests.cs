using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

namespace Elman.Packages.Tests;

/// <summary>What is in the packages.</summary>
[Collection(nameof(Feed))]
[Trait("Category", "Slow")]
public sealed class PackageContentTests(Feed feed)
{
    private static readonly Guid _embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Fact(Explicit = true)]
    public void Every_project_of_src_is_a_package_and_no_other_is() =>
        Assert.Equal(
            PackageList.All.Select(feed.PackagePath).Order(StringComparer.Ordinal),
            Directory.GetFiles(feed.Folder, "*.nupkg").Order(StringComparer.Ordinal));

    [Theory(Explicit = true)]
    [MemberData(nameof(PackageList.Libraries), MemberType = typeof(PackageList))]
    public void A_library_has_its_assembly_its_documentation_and_what_says_whose_it_is(string id)
    {
        using ZipArchive package = feed.Open(id);
        string[] files = [.. package.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("package/", StringComparison.Ordinal) && name is not ("_rels/.rels" or "[Content_Types].xml"))];
        IEnumerable<string> targets = id == "Elman" ? ["buildTransitive/Elman.targets"] : [];
        Assert.Equal(
            targets.Concat(["LICENSE", "README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", $"{id}.nuspec"])
                .Order(StringComparer.Ordinal),
            files.Order(StringComparer.Ordinal));

        XElement metadata = feed.Metadata(id);
        Assert.Equal("MIT", metadata.Element("license")!.Value);
        Assert.Equal("README.md", metadata.Element("readme")!.Value);
        Assert.Equal("icon.png", metadata.Element("icon")!.Value);
        Assert.Contains("lstm", metadata.Element("tags")!.Value, StringComparison.Ordinal);
        Assert.NotEmpty(metadata.Element("description")!.Value);
        Assert.Equal(40, metadata.Element("repository")!.Attribute("commit")!.Value.Length);
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(PackageList.Libraries), MemberType = typeof(PackageList))]
    public void A_package_that_uses_internal_members_of_another_works_with_one_version_of_it_alone(string id)
    {
        Dictionary<string, string> versions = feed.Metadata(id).Descendants("dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);
        foreach (string other in PackageList.References(id))
            Assert.Equal(PackageList.IsOpenTo(other, id) ? $"[{Feed.Version}]" : Feed.Version, versions[other]);
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(PackageList.Libraries), MemberType = typeof(PackageList))]
    public void The_symbols_contain_the_sources_and_no_path_of_this_machine(string id)
    {
        byte[] symbols = feed.Bytes(id, $"lib/net10.0/{id}.pdb", "snupkg"), assembly = feed.Bytes(id, $"lib/net10.0/{id}.dll");
        foreach (byte[] file in new[] { symbols, assembly })
            Assert.False(file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Repository.Root)) >= 0, $"{id} contains {Repository.Root}.");

        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        MetadataReader reader = provider.GetMetadataReader();
        string[] without = [.. reader.Documents.Where(handle => !reader.GetCustomDebugInformation(handle)
                .Any(info => reader.GetGuid(reader.GetCustomDebugInformation(info).Kind) == _embeddedSource))
            .Select(handle => reader.GetString(reader.GetDocument(handle).Name))];
        Assert.NotEmpty(reader.Documents);
        Assert.Equal([], without);

        using var image = new PEReader(new MemoryStream(assembly));
        Guid built = image.ReadDebugDirectory().Where(entry => entry.Type == DebugDirectoryEntryType.CodeView)
            .Select(entry => image.ReadCodeViewDebugDirectoryData(entry).Guid).Single();
        Assert.Equal(built, new BlobContentId(reader.DebugMetadataHeader!.Id).Guid);
    }

    [Fact(Explicit = true)]
    public void The_tool_carries_the_libraries_of_the_common_platforms_the_notices_and_nothing_that_only_developers_need()
    {
        using ZipArchive package = feed.Open(PackageList.Tool);
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        string[] needed = ["LICENSE", "README.md", "THIRD-PARTY-NOTICES.txt", "icon.png", "tools/net10.0/any/DotnetToolSettings.xml"];
        Assert.Equal([], needed.Except(files));
        Assert.Equal(
            ["linux-arm64", "linux-musl-arm64", "linux-musl-x64", "linux-x64", "osx", "win-arm64", "win-x64"],
            files.Where(file => file.Contains("/native/libSkiaSharp", StringComparison.Ordinal)).Select(file => file.Split('/')[4])
                .Order(StringComparer.Ordinal));
        Assert.Equal([], files.Where(file => Path.GetExtension(file) is ".pdb" or "" && file is not ("LICENSE" or "_rels/.rels")));
        Assert.Equal("DotnetTool", feed.Metadata(PackageList.Tool).Descendants("packageType").Single().Attribute("name")!.Value);
    }
}
