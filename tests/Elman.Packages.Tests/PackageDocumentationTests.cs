using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Elman.Packages.Tests;

/// <summary>The documentation file of a package, compared with its assembly: the members that callers see, and no others.</summary>
[Collection(nameof(Feed))]
[Trait("Category", "Slow")]
public sealed class PackageDocumentationTests(Feed feed)
{
    [Theory(Explicit = true)]
    [MemberData(nameof(PackageList.Libraries), MemberType = typeof(PackageList))]
    public void The_documentation_is_that_of_the_visible_members(string id)
    {
        string[] shipped = Members(XDocument.Load(new MemoryStream(feed.Bytes(id, $"lib/net10.0/{id}.xml")))),
            compiled = Members(XDocument.Load(Path.Combine(Repository.Root, "src", id, "obj/Release/net10.0", $"{id}.xml")));
        HashSet<string> visible = VisibleNames(feed.Bytes(id, $"lib/net10.0/{id}.dll"));
        Assert.Equal([], shipped.Where(member => !visible.Contains(NameOf(member))));

        // Of a method with several overloads, some of which are internal, the names do not say which.
        HashSet<string> hidden = [.. VisibleNames(feed.Bytes(id, $"lib/net10.0/{id}.dll"), invert: true)];
        Assert.Equal([], compiled.Where(member => visible.Contains(NameOf(member)) && !hidden.Contains(NameOf(member))).Except(shipped));
        if (PackageList.HasApi(id))
            Assert.NotEmpty(shipped);
    }

    private static string[] Members(XDocument documentation) =>
        [.. documentation.Descendants("member").Select(member => member.Attribute("name")!.Value)];

    /// <summary>The name in an id of the documentation, without its parameters.</summary>
    private static string NameOf(string id)
    {
        int end = id.IndexOfAny(['(', '~']);
        string name = (end < 0 ? id : id[..end])[2..];
        int arity = name.IndexOf("``", StringComparison.Ordinal);
        return (arity < 0 ? name : name[..arity]).Replace("#ctor", ".ctor", StringComparison.Ordinal);
    }

    /// <summary>The names of types and members that other assemblies see, or of members of visible types that they do not see.</summary>
    private static HashSet<string> VisibleNames(byte[] assembly, bool invert = false)
    {
        using var image = new PEReader(new MemoryStream(assembly));
        MetadataReader reader = image.GetMetadataReader();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (TypeDefinition type in reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(type => IsVisible(reader, type)))
        {
            string typeName = FullName(reader, type);
            if (!invert)
                names.Add(typeName);
            foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
            {
                bool seen = (method.Attributes & MethodAttributes.MemberAccessMask)
                    is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;
                string name = reader.GetString(method.Name);
                if (seen == invert)
                    continue;
                names.Add($"{typeName}.{name}");
                int end = name.IndexOf('_', StringComparison.Ordinal);
                if ((method.Attributes & MethodAttributes.SpecialName) != 0 && end > 0)
                    names.Add($"{typeName}.{name[(end + 1)..]}"); // get_, set_, add_, remove_
            }
            foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition))
                if (((field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family) != invert)
                    names.Add($"{typeName}.{reader.GetString(field.Name)}");
        }
        return names;
    }

    private static bool IsVisible(MetadataReader reader, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily => IsVisible(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static string FullName(MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name);
        if (type.IsNested)
            return $"{FullName(reader, reader.GetTypeDefinition(type.GetDeclaringType()))}.{name}";
        string space = reader.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }
}
