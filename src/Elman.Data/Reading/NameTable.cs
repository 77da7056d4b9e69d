using System.Text;

namespace Elman.Data;

/// <summary>Names as they are met, each with the index it got; a name that is known costs no string to look up.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _names = [];
    private char[] _decoded = new char[64];

    public NameTable() => _lookup = _indices.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The names, in the order of their indices.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The index of a name in UTF-8, or −1.</summary>
    public int Find(ReadOnlySpan<byte> name) => _lookup.TryGetValue(Decode(name), out int index) ? index : -1;

    /// <summary>The index of a name in UTF-8, which is added if it is new.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<char> decoded = Decode(name);
        if (_lookup.TryGetValue(decoded, out int index))
            return index;
        _names.Add(decoded.ToString());
        _indices.Add(_names[^1], _names.Count - 1);
        return _names.Count - 1;
    }

    private ReadOnlySpan<char> Decode(ReadOnlySpan<byte> name)
    {
        if (_decoded.Length < name.Length)
            _decoded = new char[name.Length];
        return _decoded.AsSpan(0, Encoding.UTF8.GetChars(name, _decoded));
    }
}
