using System.Collections;
using System.Text;

namespace Elman.Data;

/// <summary>
/// Distinct names in the order of their first occurrence, each with its index. They are stored in UTF-8: each of a million short names
/// takes its bytes and 16 more, while strings in a dictionary take about a hundred.
/// </summary>
internal sealed class NameTable
{
    private const int FirstSlots = 16;

    private readonly NameText _text = new();
    private readonly ChunkList<(uint Place, int Hash)> _entries = new();
    private int[] _slots = new int[FirstSlots]; // the number of an entry, from 1; 0 for an empty slot

    public NameTable() => Names = new NameList(this);

    /// <summary>The number of names.</summary>
    public int Count => _entries.Count;

    /// <summary>The names, in the order of their indices. A string is created on each access.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>A name in UTF-8.</summary>
    public ReadOnlySpan<byte> this[int index] => _text[_entries[index].Place];

    /// <summary>Returns the index of a name in UTF-8, or −1.</summary>
    public int Find(ReadOnlySpan<byte> name) => _slots[SlotOf(name, HashOf(name))] - 1;

    /// <summary>Returns the index of a name in UTF-8, and adds it if it is new.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> name)
    {
        int hash = HashOf(name), slot = SlotOf(name, hash);
        if (_slots[slot] > 0)
            return _slots[slot] - 1;
        _entries.Add((_text.Add(name), hash));
        _slots[slot] = Count;
        if (Count > _slots.Length / 4 * 3)
            Grow();
        return Count - 1;
    }

    /// <summary>Returns the slot of a name, or the empty slot for it.</summary>
    private int SlotOf(ReadOnlySpan<byte> name, int hash)
    {
        int slot = hash & (_slots.Length - 1);
        while (_slots[slot] is > 0 and var number)
        {
            if (_entries[number - 1].Hash == hash && this[number - 1].SequenceEqual(name))
                break;
            slot = (slot + 1) & (_slots.Length - 1);
        }
        return slot;
    }

    private void Grow()
    {
        _slots = new int[checked(2 * _slots.Length)];
        for (int index = 0; index < Count; index++)
        {
            int slot = _entries[index].Hash & (_slots.Length - 1);
            while (_slots[slot] > 0)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = index + 1;
        }
    }

    /// <remarks>The hash differs from run to run, so that no file can be constructed whose names all collide.</remarks>
    private static int HashOf(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        return hash.ToHashCode();
    }

    private sealed class NameList(NameTable table) : IReadOnlyList<string>
    {
        public int Count => table.Count;

        public string this[int index] => Encoding.UTF8.GetString(table[index]);

        public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
