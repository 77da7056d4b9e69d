using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Elman.Checksums;

namespace Elman;

/// <content>The state of a stream as bytes.</content>
public sealed partial class SequenceSession
{
    private const uint Mark = 0x33534C45; // "ELS3"
    private const int ChecksumOffset = 28, HeaderSize = 32;

    /// <summary>The maximum number of steps of a saved state. No stream reaches it: a million steps a second take 285 years.</summary>
    private const long MostSteps = 1L << 53;

    /// <summary>
    /// Returns the state of the sequence, to be stored in a file or sent elsewhere: a few kilobytes with a checksum, for
    /// <see cref="Restore"/>.
    /// </summary>
    /// <exception cref="OverflowException">The sequence has overflowed the model's arithmetic, so that it can't be continued.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The model was trained after the stream was opened, or the stream is in use.</exception>
    public byte[] Save()
    {
        using Use _ = Begin();
        ThrowIfOverflowed();
        int numbers = Members.Sum(member => member.Size);
        byte[] saved = new byte[HeaderSize + ((numbers + _answer.Length) * sizeof(float))];
        BinaryPrimitives.WriteUInt32LittleEndian(saved, Mark);
        BinaryPrimitives.WriteUInt32LittleEndian(saved.AsSpan(4), _fitted.Fingerprint);
        BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan(8), Steps);
        BinaryPrimitives.WriteInt32LittleEndian(saved.AsSpan(16), numbers);
        BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan(20), _taken);
        Span<float> content = MemoryMarshal.Cast<byte, float>(saved.AsSpan(HeaderSize));
        foreach (MemberStream member in Members)
        {
            member.Save(content);
            content = content[member.Size..];
        }
        _answer.CopyTo(content);
        BinaryPrimitives.WriteUInt32LittleEndian(saved.AsSpan(ChecksumOffset), ChecksumOf(saved));
        return saved;
    }

    /// <summary>Restores the saved state of a stream of the same model.</summary>
    /// <param name="saved">The bytes from <see cref="Save"/>.</param>
    /// <exception cref="ArgumentException">The bytes are not a saved state, are damaged, or belong to another model. The stream has not
    /// changed.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The model was trained after the stream was opened, or the stream is in use.</exception>
    public void Restore(ReadOnlySpan<byte> saved)
    {
        using Use _ = Begin();
        int numbers = Members.Sum(member => member.Size);
        if (saved.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(saved) != Mark)
            throw new ArgumentException("This is not the saved state of a stream.", nameof(saved));
        if (BinaryPrimitives.ReadUInt32LittleEndian(saved[4..]) != _fitted.Fingerprint)
            throw new ArgumentException("The state was saved by a stream of another model; restore it with that model.", nameof(saved));
        if (BinaryPrimitives.ReadUInt32LittleEndian(saved[ChecksumOffset..]) != ChecksumOf(saved))
            throw new ArgumentException("The saved state of the stream is damaged: its checksum does not match.", nameof(saved));
        long steps = BinaryPrimitives.ReadInt64LittleEndian(saved[8..]);
        long taken = BinaryPrimitives.ReadInt64LittleEndian(saved[20..]);
        bool stepsCanBe = steps is >= 0 and <= MostSteps && taken >= 0
            && (_fitted.Preprocessing.Missing == MissingValues.Mask ? taken <= steps : taken == steps);
        if (!stepsCanBe || BinaryPrimitives.ReadInt32LittleEndian(saved[16..]) != numbers
            || saved.Length != HeaderSize + ((numbers + _answer.Length) * sizeof(float)))
            throw new ArgumentException(
                "The saved state of the stream is damaged: its length or its number of steps is invalid.", nameof(saved));
        ReadOnlySpan<float> content = MemoryMarshal.Cast<byte, float>(saved[HeaderSize..]);
        if (!CanBe(content))
            throw new ArgumentException("The saved state of the stream is damaged: it has values that no stream can have.", nameof(saved));
        Steps = steps;
        _taken = taken;
        _overflowed = false;
        _time = null;
        foreach (MemberStream member in Members)
        {
            member.Restore(content, taken);
            content = content[member.Size..];
        }
        content.CopyTo(_answer);
    }

    /// <summary>
    /// Whether a stream can have these values. Symbols are indices into tables, and predictions are finite; other values only affect the
    /// predictions.
    /// </summary>
    /// <param name="content">The values of the members, then the prediction.</param>
    private bool CanBe(ReadOnlySpan<float> content)
    {
        for (int m = 0; m < Members.Length; m++)
        {
            if (!_fitted.Members[m].Preprocessing.CanRemember(
                content.Slice(Members[m].State.Numbers.Length, Members[m].Memory.Length), _fitted.Members[m].Model.Spec.Symbols))
                return false;
            content = content[Members[m].Size..];
        }
        return TensorPrimitives.IsFiniteAll(content);
    }

    /// <summary>Creates a second stream with the same state.</summary>
    /// <exception cref="OverflowException">The sequence has overflowed the model's arithmetic.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The model was trained after the stream was opened, or the stream is in use.</exception>
    public SequenceSession Copy()
    {
        using Use _ = Begin();
        ThrowIfOverflowed();
        var copy = new SequenceSession(_fitted, this) { Steps = Steps, _taken = _taken, _time = _time };
        for (int m = 0; m < Members.Length; m++)
            Members[m].CopyTo(copy.Members[m]);
        _answer.CopyTo(copy._answer);
        return copy;
    }

    /// <summary>The checksum of all bytes but its own.</summary>
    private static uint ChecksumOf(ReadOnlySpan<byte> saved) => Checksum.Add(Checksum.Add(0, saved[..ChecksumOffset]), saved[HeaderSize..]);
}
