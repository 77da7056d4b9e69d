using System.Collections;
using System.Runtime.InteropServices;

namespace Elman.Data;

/// <summary>
/// Sequences in compact form: positions of their values, their ids and groups. A <see cref="Sequence"/> is created on each access, because
/// a million of them would take more memory than short sequences.
/// </summary>
internal sealed class PackedSequences(int channels) : IReadOnlyList<Sequence>
{
    private readonly ChunkList<ReadOnlyMemory<float>> _values = new();
    private readonly ChunkList<int> _ids = new(), _labels = new();
    private readonly ChunkList<ReadOnlyMemory<float>> _targets = new();
    private readonly ValueStore _targetStore = new();
    private ChunkList<int> _groups = new();
    private NameTable? _idNames, _groupNames;
    private string[]? _groupTexts;
    private bool _areNamedInOrder;
    private int _greatestId = -1;

    /// <summary>The ids that several sequences have.</summary>
    public RepeatedIds Repeated { get; } = new();

    /// <summary>The number of values per step.</summary>
    public int Channels { get; private set; } = channels;

    /// <summary>The number of sequences.</summary>
    public int Count => _values.Count;

    /// <summary>Adds the label or targets to a sequence, by its index.</summary>
    public Func<Sequence, int, Sequence>? Label { get; set; }

    /// <summary>Returns the times of the steps of a sequence, by its index.</summary>
    public Func<int, SequenceTimes?>? Times { get; set; }

    /// <inheritdoc/>
    public Sequence this[int index]
    {
        get
        {
            var sequence = new Sequence(_values[index], Channels);
            if ((_areNamedInOrder ? index : IndexOf(_ids, index)) is >= 0 and var id)
                sequence = sequence.WithId(_idNames!.Names, id);
            if (IndexOf(_groups, index) is >= 0 and var group)
                sequence = sequence with { Group = (_groupTexts ??= [.. _groupNames!.Names])[group] };
            if (Times is not null)
                sequence = sequence with { Times = Times(index) };
            if (index < _targets.Count)
                sequence = sequence.WithTargets(_targets[index]);
            if (IndexOf(_labels, index) is >= 0 and var label)
                sequence = sequence.WithLabel(label);
            return Label is null ? sequence : Label(sequence, index);
        }
    }

    /// <summary>Adds a sequence.</summary>
    /// <param name="values">The values of the sequence, which are not copied.</param>
    public void Add(ReadOnlyMemory<float> values) => _values.Add(values);

    /// <summary>Replaces the values of a sequence.</summary>
    public void SetValues(int index, ReadOnlyMemory<float> values) => _values[index] = values;

    /// <summary>Removes some of the channels.</summary>
    /// <param name="kept">The channels that remain, in their order.</param>
    public void KeepChannels(ReadOnlySpan<int> kept)
    {
        for (int i = 0; i < Count; i++)
        {
            Span<float> values = MemoryMarshal.AsMemory(_values[i]).Span;
            int steps = values.Length / Channels;
            for (int t = 0; t < steps; t++)
                for (int c = 0; c < kept.Length; c++)
                    values[(t * kept.Length) + c] = values[(t * Channels) + kept[c]];
            _values[i] = _values[i][..(steps * kept.Length)];
        }
        Channels = kept.Length;
    }

    /// <summary>Returns the values of a sequence.</summary>
    public ReadOnlyMemory<float> ValuesOf(int index) => _values[index];

    /// <summary>Sets the names of the sequences, if the names are in their order.</summary>
    public void NameAll(NameTable names) => (_idNames, _areNamedInOrder) = (names, true);

    /// <summary>Sets the name of the last sequence.</summary>
    /// <param name="names">The names of all sequences.</param>
    /// <param name="index">The index of the name.</param>
    public void NameLast(NameTable names, int index)
    {
        if (index <= _greatestId && Repeated.Add())
            Repeated.SetFirst(names.Names[index], PlaceOf(index), Count - 1);
        _greatestId = Math.Max(_greatestId, index);
        Set(ref _idNames, _ids, names, index);
    }

    /// <summary>Returns the first sequence with an id, which must exist.</summary>
    private int PlaceOf(int id)
    {
        int place = 0;
        while (_ids[place] != id)
            place++;
        return place;
    }

    /// <summary>Sets the targets of the last sequence.</summary>
    public void TargetLast(params ReadOnlySpan<float> targets)
    {
        Memory<float> kept = _targetStore.Take(targets.Length);
        targets.CopyTo(kept.Span);
        _targets.Add(kept);
    }

    /// <summary>Sets the class of the last sequence.</summary>
    /// <param name="label">The index of the class, or <see cref="Sequence.NoLabel"/>.</param>
    public void LabelLast(int label) => _labels.Add(label);

    /// <summary>Sets the groups of all sequences.</summary>
    /// <param name="names">The names of all groups.</param>
    /// <param name="indices">For each sequence, the index of its group.</param>
    public void GroupAll(NameTable names, ChunkList<int> indices) => (_groupNames, _groups) = (names, indices);

    /// <summary>Sets the group of the last sequence.</summary>
    /// <param name="names">The names of all groups.</param>
    /// <param name="index">The index of the group.</param>
    public void GroupLast(NameTable names, int index) => Set(ref _groupNames, _groups, names, index);

    public IEnumerator<Sequence> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Set(ref NameTable? table, ChunkList<int> indices, NameTable names, int index)
    {
        table = names;
        // Earlier sequences have no name.
        while (indices.Count < Count - 1)
            indices.Add(-1);
        indices.Add(index);
    }

    private static int IndexOf(ChunkList<int> indices, int sequence) => sequence < indices.Count ? indices[sequence] : -1;
}
