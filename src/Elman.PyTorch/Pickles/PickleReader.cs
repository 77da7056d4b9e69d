using System.Buffers.Binary;
using System.Text;

namespace Elman.PyTorch.Pickles;

/// <summary>
/// Reads a pickle without running it: it knows dictionaries, lists, tuples, texts, numbers and PyTorch's tensors, and refuses every other
/// name and opcode. It has no recursion, and a limit on the number of values.
/// </summary>
/// <remarks>Opcodes: Lib/pickletools.py of Python; protocols 2 to 5 as far as <c>torch.save</c> uses them.</remarks>
internal sealed class PickleReader
{
    /// <summary>The maximum number of values. A state dictionary has about 30 for each tensor.</summary>
    private const int MostValues = 200_000;

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly object _mark = new();

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<object> _stack = [];
    private readonly Dictionary<long, object> _memo = [];
    private int _at;
    private int _values;

    private PickleReader(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>Reads a pickle.</summary>
    /// <returns>Its value: a <see cref="PickleDictionary"/> or another type of this folder, a <see langword="string"/>, a
    /// <see langword="long"/>, a <see langword="double"/> or a <see langword="bool"/>.</returns>
    /// <exception cref="FormatException">It is damaged, or has what this reader does not know; the message is the end of a
    /// sentence.</exception>
    public static object Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new PickleReader(bytes);
        while (reader.Step())
        {
            // Each step is an opcode.
        }
        return reader._stack is [{ } value] && value != _mark ? value : throw new FormatException("its pickle does not hold one value");
    }

    /// <summary>Runs one opcode; returns whether others follow.</summary>
    private bool Step()
    {
        int start = _at;
        byte opcode = Take(1)[0];
        switch (opcode)
        {
            case 0x80: // PROTO
                if (Take(1)[0] is < 2 or > 5)
                    throw new FormatException("its pickle has a protocol other than 2 to 5");
                break;
            case 0x95: // FRAME
                Take(sizeof(long));
                break;
            case (byte)'(':
                Push(_mark);
                break;
            case (byte)'N':
                Push(PickleNone.Value);
                break;
            case 0x88:
                Push(true);
                break;
            case 0x89:
                Push(false);
                break;
            case (byte)'K':
                Push((long)Take(1)[0]);
                break;
            case (byte)'M':
                Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
                break;
            case (byte)'J':
                Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
                break;
            case 0x8A: // LONG1
                Push(Long(Take(Take(1)[0])));
                break;
            case (byte)'G':
                Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8)));
                break;
            case 0x8C: // SHORT_BINUNICODE
                Push(Text(Take(Take(1)[0])));
                break;
            case (byte)'X':
                Push(Text(Take(Length(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))))));
                break;
            case (byte)')':
                Push(new PickleTuple([]));
                break;
            case 0x85 or 0x86 or 0x87: // TUPLE1, TUPLE2, TUPLE3
                Push(new PickleTuple(Pop(opcode - 0x84)));
                break;
            case (byte)'t':
                Push(new PickleTuple(PopToMark()));
                break;
            case (byte)']':
                Push(new PickleList());
                break;
            case (byte)'a' or (byte)'e':
                object[] items = opcode == 'a' ? Pop(1) : PopToMark();
                (Top() as PickleList ?? throw Misplaced(opcode, start)).Items.AddRange(items);
                break;
            case (byte)'}':
                Push(new PickleDictionary());
                break;
            case (byte)'s' or (byte)'u':
                Add(opcode == 's' ? Pop(2) : PopToMark(), opcode, start);
                break;
            case (byte)'q':
                Remember(Take(1)[0]);
                break;
            case (byte)'r':
                Remember(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)));
                break;
            case 0x94: // MEMOIZE
                Remember(_memo.Count);
                break;
            case (byte)'h':
                Push(Remembered(Take(1)[0]));
                break;
            case (byte)'j':
                Push(Remembered(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                break;
            case (byte)'c':
                Push(TorchNames.Known(Line(), Line()));
                break;
            case 0x93: // STACK_GLOBAL
                Push(Pop(2) is [string module, string name] ? TorchNames.Known(module, name) : throw Misplaced(opcode, start));
                break;
            case (byte)'Q':
                Push(TorchNames.Storage(Pop(1)[0]));
                break;
            case (byte)'R':
                Push(Pop(2) is [PickleGlobal function, PickleTuple given]
                    ? TorchNames.Made(function, given.Items)
                    : throw Misplaced(opcode, start));
                break;
            case (byte)'b': // BUILD: attributes of an OrderedDict, such as the versions of modules
                if (Pop(1) is not [PickleDictionary] || Top() is not PickleDictionary)
                    throw Misplaced(opcode, start);
                break;
            case (byte)'.':
                return false;
            default:
                throw new FormatException(FormattableString.Invariant($"its pickle has the opcode {opcode:X2} at byte {start}, which ")
                    + "torch.save does not write for a state dictionary");
        }
        return true;
    }

    private void Push(object value)
    {
        if (++_values > MostValues)
            throw new FormatException(FormattableString.Invariant(
                $"its pickle has more than {MostValues} values; save the state dictionary of the model alone"));
        _stack.Add(value);
    }

    private object Top() => _stack.Count > 0 ? _stack[^1] : throw Underflow();

    /// <summary>Removes the last values and returns them in their order.</summary>
    private object[] Pop(int count)
    {
        int first = _stack.Count - count;
        if (first < 0)
            throw Underflow();
        object[] values = [.. _stack[first..]];
        if (values.Contains(_mark))
            throw Underflow();
        _stack.RemoveRange(first, count);
        return values;
    }

    private object[] PopToMark()
    {
        int mark = _stack.LastIndexOf(_mark);
        if (mark < 0)
            throw Underflow();
        object[] values = Pop(_stack.Count - mark - 1);
        _stack.RemoveAt(mark);
        return values;
    }

    private void Add(object[] items, byte opcode, int start)
    {
        if (Top() is not PickleDictionary dictionary || items.Length % 2 != 0)
            throw Misplaced(opcode, start);
        for (int i = 0; i < items.Length; i += 2)
        {
            if (items[i] is not (string or long))
                throw new FormatException("a dictionary in it has a key that is neither a text nor a whole number");
            if (!dictionary.TryAdd(items[i], items[i + 1]))
                throw new FormatException($"a dictionary in it has the key {Quoted(items[i].ToString())} twice");
        }
    }

    private void Remember(long index)
    {
        object value = Top();
        if (value == _mark)
            throw Underflow();
        if (++_values > MostValues)
            throw new FormatException(FormattableString.Invariant($"its pickle has more than {MostValues} values"));
        _memo[index] = value;
    }

    private object Remembered(long index) => _memo.TryGetValue(index, out object? value)
        ? value
        : throw new FormatException(FormattableString.Invariant($"its pickle refers to value {index}, which it does not have"));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _at)
            throw new FormatException("its pickle ends too early");
        ReadOnlySpan<byte> bytes = _bytes.Span.Slice(_at, count);
        _at += count;
        return bytes;
    }

    private int Length(uint length) =>
        length <= _bytes.Length ? (int)length : throw new FormatException("its pickle ends too early");

    /// <summary>Returns the text up to the next line feed.</summary>
    private string Line()
    {
        int length = _bytes.Span[_at..].IndexOf((byte)'\n');
        string line = Text(Take(length < 0 ? int.MaxValue : length));
        _at++;
        return line;
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _strictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("a text in its pickle is not valid UTF-8", e);
        }
    }

    /// <summary>Returns the value of a whole number in two's complement, little-endian.</summary>
    private static long Long(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
            throw new FormatException("its pickle has a whole number of more than 64 bits");
        long value = bytes.Length > 0 && bytes[^1] >= 0x80 ? -1 : 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        return value;
    }

    private static FormatException Underflow() => new("its pickle is damaged: an opcode lacks its values");

    private static FormatException Misplaced(byte opcode, int start) => new(FormattableString.Invariant(
        $"its pickle applies the opcode {opcode:X2} at byte {start} to values that a state dictionary does not have there"));
}
