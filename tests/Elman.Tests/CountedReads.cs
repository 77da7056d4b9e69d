using System.Collections;

namespace Elman.Tests;

/// <summary>
/// Sequences that record which of them are read, in order, so that a test can check the order of training, or act within an epoch.
/// </summary>
internal sealed class CountedReads(IReadOnlyList<Sequence> sequences) : IReadOnlyList<Sequence>
{
    /// <summary>The indices that were read.</summary>
    public List<int> Reads { get; } = [];

    /// <summary>Called after each read with the number of reads so far.</summary>
    public Action<int>? AfterRead { get; set; }

    public int Count => sequences.Count;

    public Sequence this[int index]
    {
        get
        {
            Reads.Add(index);
            AfterRead?.Invoke(Reads.Count);
            return sequences[index];
        }
    }

    public IEnumerator<Sequence> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
