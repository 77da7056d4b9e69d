using System.Collections.Immutable;
using Elman.Onnx.Protocol;
using Elman.Sequences.Stages;

namespace Elman.Onnx.Export.Stages;

/// <summary>The rows of the n-grams that end at each step, as in <c>NgramStage</c>.</summary>
/// <remarks>
/// A row is looked up by the hash of the symbols, 64-bit arithmetic modulo 2⁶⁴. ONNX has products of signed integers and shifts of unsigned
/// ones; a conversion between them keeps the bits.
/// </remarks>
/// <param name="writer">The member.</param>
/// <param name="ngrams">The n-grams.</param>
internal sealed class NgramExport(MemberWriter writer, Ngrams ngrams)
{
    private readonly Graph _graph = writer.Graph;

    /// <summary>Writes the stage.</summary>
    /// <param name="steps">The values.</param>
    /// <param name="quantities">For each value whether it is a quantity; the others are symbols.</param>
    public StepsOfSequences Write(StepsOfSequences steps, ImmutableArray<bool> quantities)
    {
        long[] symbols = [.. Enumerable.Range(0, quantities.Length).Where(i => !quantities[i]).Select(i => (long)i)];
        Value codes = _graph.Add(
            _graph.ToInteger(_graph.Gather(steps.Values, _graph.List(symbols), 2)), _graph.Scalar(1L)); // [T, B, S]
        Value[] last = Previous(codes, symbols.Length);
        var rows = new List<Value>();
        for (int n = 2; n <= ngrams.Longest; n++)
            rows.Add(RowsOf(last.AsSpan(0, n)));
        if (ngrams.HasEndings)
        {
            Value isLast = _graph.Unsqueeze(
                _graph.AreEqual(_graph.Add(writer.IndicesOf(steps), _graph.Scalar(1L)), _graph.Unsqueeze(steps.Lengths, 0)), 2);
            Value end = _graph.Scalar((long)unchecked((uint)Ngrams.End));
            for (int n = 2; n <= ngrams.Longest; n++)
                rows.Add(_graph.Where(isLast, RowsOf([end, .. last[..(n - 1)]]), _graph.Scalar((long)NgramStage.None)));
        }
        // The rows of a channel come together: [T, B, S, rows] has them in this order.
        int count = rows.Count * symbols.Length;
        Value all = _graph.Reshape(_graph.Join(3, [.. rows.Select(row => _graph.Unsqueeze(row, 3))]), 0, 0, count);
        return steps.With(_graph.Join(2, steps.Values, _graph.ToDouble(all)), steps.Width + count);
    }

    /// <summary>The codes of the step and of those before it, the last one first; before the start of a sequence 0.</summary>
    private Value[] Previous(Value codes, int symbols)
    {
        int before = ngrams.Longest - 1;
        if (writer.States is { } states)
        {
            Value memory = states.Before("ngrams", before * symbols);
            Value[] earlier = _graph.Split(_graph.ToInteger(memory), 1, before, symbols);
            Value now = _graph.Squeeze(codes, 0);
            Value after = _graph.ToFloat(_graph.Join(1, [now, .. earlier[..^1]]));
            states.After("ngrams", memory, after, before * symbols);
            return [codes, .. earlier.Select(code => _graph.Unsqueeze(code, 0))];
        }
        Value start = _graph.Expand(
            _graph.Scalar((long)Ngrams.Start), _graph.Join(0, _graph.List(before), _graph.Length(codes, 1), _graph.List(symbols)));
        Value padded = _graph.Join(0, start, codes);
        return [codes, .. Enumerable.Range(1, before).Select(back => _graph.Slice(padded, 0, before - back, -back))];
    }

    /// <summary>The rows of n-grams in the table of vectors; −1 for those without one.</summary>
    private Value RowsOf(ReadOnlySpan<Value> symbols)
    {
        Value hash = _graph.Scalar(unchecked((long)((ulong)symbols.Length * NgramKeys.Start)));
        foreach (Value symbol in symbols)
        {
            hash = _graph.Multiply(_graph.Node("BitwiseXor", [hash, symbol]), _graph.Scalar(unchecked((long)NgramKeys.Factor)));
            Value bits = _graph.Cast(hash, TensorProto.Types.DataType.Uint64);
            Value upper = _graph.Node("BitShift", [bits, _graph.Scalar(32UL)], OnnxFormat.Attribute("direction", "RIGHT"));
            hash = _graph.Node("BitwiseXor", [hash, _graph.Cast(upper, TensorProto.Types.DataType.Int64)]);
        }
        Value key = _graph.Node("BitwiseAnd", [hash, _graph.Scalar((long)uint.MaxValue)]);
        long[] keys = [.. ngrams.Keys.Keys.ToArray().Select(one => (long)one)];
        if (keys.Length == 0)
            return _graph.Expand(_graph.Scalar((long)NgramStage.None), _graph.Shape(key));
        return _graph.MachineLearningNode(
            "LabelEncoder", [key], OnnxFormat.Attribute("keys_int64s", keys),
            OnnxFormat.Attribute("values_int64s", Enumerable.Range(0, keys.Length).Select(row => (long)row)),
            OnnxFormat.Attribute("default_int64", NgramStage.None));
    }
}
