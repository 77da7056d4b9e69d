using System.Numerics;
using Elman.Kernels;
using Elman.Sequences;

namespace Elman.Models;

/// <summary>
/// A stack of the states before windows, so that these can run again: pushed in the forward pass, popped in the opposite order.
/// </summary>
internal sealed unsafe class KeptStates<T>(SequenceModel<T> model) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _states = new(); // [windows, layers of [B, S·H]]
    private readonly int _statesOfASequence = model.Layers.Sum(block => block.FromStart.Shape.StateSize);
    private T* _top;

    /// <summary>Allocates memory for a number of windows of a batch, and clears the stack.</summary>
    public void Reserve(SequenceBatch<T> batch, int windows)
    {
        _states.Resize((long)windows * batch.Count * _statesOfASequence);
        _top = _states.Start;
    }

    /// <summary>Stores the states of the previous window, which are on the tape.</summary>
    public void Push(ModelTape<T> tape)
    {
        for (int layer = 0; layer < model.Layers.Count; layer++)
        {
            NativeBuffer<T> carry = tape.Layer(layer).FromStart.Carry;
            carry.Span.CopyTo(new(_top, (int)carry.Length));
            _top += carry.Length;
        }
    }

    /// <summary>Copies the states that were stored last back to the tape.</summary>
    public void Pop(ModelTape<T> tape)
    {
        for (int layer = model.Layers.Count - 1; layer >= 0; layer--)
        {
            NativeBuffer<T> carry = tape.Layer(layer).FromStart.Carry;
            _top -= carry.Length;
            new Span<T>(_top, (int)carry.Length).CopyTo(carry.Span);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _states.Dispose();
}
