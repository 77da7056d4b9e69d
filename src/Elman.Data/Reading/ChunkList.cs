using System.Collections;

namespace Elman.Data;

/// <summary>A list that grows in chunks, so that items are not copied and little memory is wasted.</summary>
internal sealed class ChunkList<T> : IReadOnlyList<T>
{
    private const int Bits = 15, ChunkLength = 1 << Bits, FirstLength = 16;

    private T[][] _chunks = [[]];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>A reference to an item.</summary>
    public ref T this[int index] => ref _chunks[index >> Bits][index & (ChunkLength - 1)];

    T IReadOnlyList<T>.this[int index] => this[index];

    /// <summary>Adds an item.</summary>
    public void Add(T item)
    {
        int chunk = Count >> Bits, place = Count & (ChunkLength - 1);
        if (chunk == _chunks.Length)
            Array.Resize(ref _chunks, 2 * chunk);
        // The first chunk grows, since most lists are short.
        if (place == (_chunks[chunk]?.Length ?? 0))
            Array.Resize(ref _chunks[chunk], chunk > 0 ? ChunkLength : Math.Clamp(2 * place, FirstLength, ChunkLength));
        _chunks[chunk][place] = item;
        Count++;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
