using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Elman.Tools;

/// <summary>The bytes of an assembly, whose accessibility flags are changed in place (ECMA-335, II.22.15, II.22.26 and II.22.37).</summary>
internal sealed class OpenedAssembly(byte[] image)
{
    // Where the flags are in a row: of a type and a field at its beginning, of a method after the address (4 bytes) and the
    // implementation flags (2 bytes).
    private const int MethodFlags = 6;

    private readonly HashSet<string> _found = [];

    /// <summary>Makes types and members public.</summary>
    /// <param name="names">Their names: <c>Type</c> or <c>Type::Member</c>.</param>
    /// <returns>The names that the assembly does not have.</returns>
    public IReadOnlyList<string> Open(IReadOnlyList<string> names)
    {
        using var file = new PEReader(ImmutableArray.Create(image));
        MetadataReader reader = file.GetMetadataReader();
        int tables = file.PEHeaders.MetadataStartOffset;
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            string typeName = NameOf(reader, type);
            if (IsNamed(typeName))
                SetBits(Row(TableIndex.TypeDef, handle), (int)TypeAttributes.VisibilityMask,
                    (int)(type.IsNested ? TypeAttributes.NestedPublic : TypeAttributes.Public));
            foreach (MethodDefinitionHandle method in type.GetMethods())
                if (IsNamed($"{typeName}::{reader.GetString(reader.GetMethodDefinition(method).Name)}"))
                    SetBits(Row(TableIndex.MethodDef, method) + MethodFlags, (int)MethodAttributes.MemberAccessMask,
                        (int)MethodAttributes.Public);
            foreach (FieldDefinitionHandle field in type.GetFields())
                if (IsNamed($"{typeName}::{reader.GetString(reader.GetFieldDefinition(field).Name)}"))
                    SetBits(Row(TableIndex.Field, field), (int)FieldAttributes.FieldAccessMask, (int)FieldAttributes.Public);
        }
        return [.. names.Where(name => !_found.Contains(name))];

        bool IsNamed(string name) => names.Contains(name) && (_found.Contains(name) || _found.Add(name));

        int Row(TableIndex table, EntityHandle entity) => tables + reader.GetTableMetadataOffset(table)
            + ((reader.GetRowNumber(entity) - 1) * reader.GetTableRowSize(table));
    }

    private static string NameOf(MetadataReader reader, TypeDefinition type) => type.IsNested
        ? $"{NameOf(reader, reader.GetTypeDefinition(type.GetDeclaringType()))}/{reader.GetString(type.Name)}"
        : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";

    /// <summary>Replaces the bits of a mask; they are all in the lowest two bytes.</summary>
    private void SetBits(int offset, int mask, int bits)
    {
        Span<byte> flags = image.AsSpan(offset, sizeof(ushort));
        int others = BinaryPrimitives.ReadUInt16LittleEndian(flags) & ~mask;
        BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(others | bits));
    }
}
