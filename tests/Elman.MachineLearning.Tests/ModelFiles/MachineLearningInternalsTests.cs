using System.Reflection;
using System.Xml.Linq;
using Microsoft.ML;

namespace Elman.MachineLearning.Tests.ModelFiles;

/// <summary>
/// What ML.NET keeps internal and the package uses nevertheless. If a test here fails after a change of the version of Microsoft.ML, its
/// message names what that version lacks; the tests of saving and loading then fail because of it.
/// </summary>
public sealed class MachineLearningInternalsTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly XDocument _project = XDocument.Load(
        Path.Combine(Repository.Root, "src", "Elman.MachineLearning", "Elman.MachineLearning.csproj"));

    public static TheoryData<string> Members =>
        [.. _project.Descendants("OpenedMember").Select(element => (string)element.Attribute("Include")!)];

    [Theory]
    [MemberData(nameof(Members))]
    public void ML_NET_still_has(string member)
    {
        int bracket = member.IndexOf(']');
        string[] name = member[(bracket + 1)..].Split("::");
        Type? type = Assembly.Load(member[1..bracket]).GetType(name[0].Replace('/', '+'));
        Assert.True(type is not null, $"Microsoft.ML has no type {name[0]} any more.");
        if (name.Length > 1)
            Assert.True(type.GetMember(name[1], Any).Length > 0, $"{name[0]} of Microsoft.ML has no {name[1]} any more.");
    }

    [Fact]
    public void The_version_is_the_one_that_the_internal_members_were_compared_with() =>
        Assert.StartsWith("5.0.1", typeof(MLContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion, StringComparison.Ordinal);

    [Fact]
    public void The_catalog_finds_the_function_that_loads_a_transformer()
    {
        object[] found = [.. typeof(RecurrentNetworkTransformer).Assembly.GetCustomAttributes(false)
            .Where(attribute => attribute.GetType().Name == "LoadableClassAttribute")];
        Assert.True(found.Length == 1, "The run time no longer shows attributes whose type is internal: IgnoresAccessChecksTo has no "
            + "effect, and models can't be loaded.");
    }

    [Fact]
    public void Only_two_files_use_them()
    {
        string[] words = [.. Members.Select(row => row.Data.Split('.', ':', '/')[^1]).Where(word => word is not ("ctor" or "Writer"))];
        IEnumerable<string?> users = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Elman.MachineLearning"), "*.cs",
            SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Split([' ', '(', ')', '.', ',', '<', '\n', '\r', '[', ';'])
                .Any(word => words.Contains(word)))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(["MachineLearningInternals.cs", "RecurrentNetworkTransformer.cs"], users);
    }
}
