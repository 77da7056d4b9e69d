using Elman.Fitted;
using Elman.Models.Streaming;
using Elman.Sequences.Stages;

namespace Elman;

/// <summary>The state of a member of a model in a sequence that arrives step by step.</summary>
internal sealed class MemberStream : IDisposable
{
    private readonly Member _member;
    private readonly StageBuffers _room = new();
    // An incomplete patch is run on this copy, so that State stays as the complete patches left it.
    private readonly StreamState<float>? _trial;
    private StreamEngine<float>? _engine;

    /// <summary>Creates the state before the first step.</summary>
    public MemberStream(Member member)
    {
        _member = member;
        Memory = new float[member.Preprocessing.MemorySize];
        member.Preprocessing.Begin(Memory);
        State = new StreamState<float>(member.Model);
        if (!member.Preprocessing.KeepsSteps)
            _trial = new StreamState<float>(member.Model);
    }

    /// <summary>The states of the layers and of the readout.</summary>
    public StreamState<float> State { get; }

    /// <summary>The values of earlier steps that preprocessing needs.</summary>
    public float[] Memory { get; }

    /// <summary>The number of values to save.</summary>
    public int Size => State.Numbers.Length + Memory.Length;

    /// <summary>Advances a single stream by one step.</summary>
    /// <param name="x">The values of the step.</param>
    /// <param name="taken">The number of steps before it.</param>
    /// <returns>The outputs after the step.</returns>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> x, long taken)
    {
        _engine ??= new StreamEngine<float>(_member.Model);
        StreamState<float> state = Advancing(taken);
        Fill(_engine.Begin(new ReadOnlySpan<StreamState<float>>(in state)), x, taken, _room);
        _engine.Step();
        return _engine.Answer();
    }

    /// <summary>The state that the next step advances: <see cref="State"/>, or a copy if the step completes no patch.</summary>
    /// <param name="taken">The number of steps before it.</param>
    public StreamState<float> Advancing(long taken)
    {
        if (_trial is null || _member.Preprocessing.CompleteAfter(taken + 1) > State.Steps)
            return State;
        State.Numbers.CopyTo(_trial.Numbers);
        _trial.Steps = State.Steps;
        return _trial;
    }

    /// <summary>Computes the inputs of a step.</summary>
    /// <param name="inputs">Receives the inputs.</param>
    /// <param name="x">The step's values.</param>
    /// <param name="taken">The number of steps before it.</param>
    /// <param name="room">Work space.</param>
    public void Fill(Span<float> inputs, ReadOnlySpan<float> x, long taken, StageBuffers room)
    {
        _member.Preprocessing.Reserve(room);
        _member.Preprocessing.Take(x, new StageStep(taken, IsAsked: true), Memory, room, inputs);
    }

    /// <summary>Starts a new sequence.</summary>
    public void Reset()
    {
        State.Reset();
        _member.Preprocessing.Begin(Memory);
    }

    /// <summary>Writes the state, <see cref="Size"/> numbers.</summary>
    public void Save(Span<float> saved)
    {
        State.Numbers.CopyTo(saved);
        Memory.CopyTo(saved[State.Numbers.Length..]);
    }

    /// <summary>Copies the state to another stream of the same model.</summary>
    public void CopyTo(MemberStream copy)
    {
        State.Numbers.CopyTo(copy.State.Numbers);
        copy.State.Steps = State.Steps;
        Memory.CopyTo(copy.Memory.AsSpan());
    }

    /// <summary>Restores a state that <see cref="Save"/> wrote.</summary>
    /// <param name="saved">The numbers.</param>
    /// <param name="taken">The number of steps taken until then.</param>
    public void Restore(ReadOnlySpan<float> saved, long taken)
    {
        State.Steps = _member.Preprocessing.CompleteAfter(taken);
        saved[..State.Numbers.Length].CopyTo(State.Numbers);
        saved.Slice(State.Numbers.Length, Memory.Length).CopyTo(Memory);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine?.Dispose();
        State.Dispose();
        _trial?.Dispose();
    }
}
