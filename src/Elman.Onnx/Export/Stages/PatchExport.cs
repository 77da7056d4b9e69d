using Elman.Sequences.Stages;

namespace Elman.Onnx.Export.Stages;

/// <summary>Patches of several steps, as in <c>PatchStage</c>.</summary>
/// <param name="writer">The member.</param>
/// <param name="length">N, the number of steps of a patch.</param>
internal sealed class PatchExport(MemberWriter writer, int length)
{
    private readonly Graph _graph = writer.Graph;
    private readonly int _stride = PatchStage.StrideOf(length);

    /// <summary>Writes the stage.</summary>
    /// <param name="steps">The values.</param>
    public StepsOfSequences Write(StepsOfSequences steps) => writer.IsStreaming ? OfStream(steps) : OfSequences(steps);

    private StepsOfSequences OfSequences(StepsOfSequences steps)
    {
        Value patches = Count(_graph.Length(steps.Values, 0)), lengths = Count(steps.Lengths);
        // Step s of patch k is step k·M + s of the data, at most the last one.
        Value starts = _graph.Multiply(_graph.Range(_graph.Scalar(0L), _graph.Squeeze(patches, 0)), _graph.Scalar((long)_stride));
        Value offsets = _graph.List([.. Enumerable.Range(0, length).Select(s => (long)s)]);
        Value places = _graph.Unsqueeze(_graph.Add(_graph.Unsqueeze(starts, 1), offsets), 2); // [K, N, 1]
        Value last = _graph.Maximum(_graph.Subtract(steps.Lengths, _graph.Scalar(1L)), _graph.Scalar(0L));
        places = _graph.Reshape(_graph.Minimum(places, last), _graph.Join(0, _graph.List(-1), _graph.Length(steps.Values, 1)));
        Value batch = _graph.Length(steps.Values, 1);
        Value rows = _graph.GatherElements(
            steps.Values,
            _graph.Expand(_graph.Unsqueeze(places, 2), _graph.Join(0, _graph.Length(places, 0), batch, _graph.List(steps.Width))), 0);
        rows = _graph.Reshape(rows, _graph.Join(0, _graph.List(-1, length), batch, _graph.List(steps.Width)));
        rows = _graph.Transpose(rows, 0, 2, 1, 3);
        int width = length * steps.Width;
        return new(_graph.Reshape(rows, 0, 0, width), lengths, width);
    }

    /// <summary>The number of patches: 0 or 1 up to N steps, else 1 + ⌈(T − N)/M⌉.</summary>
    private Value Count(Value steps)
    {
        Value beyond = _graph.Maximum(_graph.Subtract(steps, _graph.Scalar((long)length)), _graph.Scalar(0L));
        Value further = _graph.Divide(_graph.Add(beyond, _graph.Scalar(_stride - 1L)), _graph.Scalar((long)_stride));
        return _graph.Add(further, _graph.Minimum(steps, _graph.Scalar(1L)));
    }

    // The state has the steps of the current patch. The model takes a step with the patch so far; only a complete patch changes its states.
    private StepsOfSequences OfStream(StepsOfSequences steps)
    {
        StreamStates states = writer.States!;
        int width = length * steps.Width;
        Value memory = states.Before("patch", width);
        Value beyond = _graph.Subtract(writer.Taken, _graph.Scalar((long)length)); // [B, 1]
        Value isFirstPatch = _graph.Less(beyond, _graph.Scalar(0L));
        Value inPatch = _graph.Remainder(_graph.Maximum(beyond, _graph.Scalar(0L)), _graph.Scalar((long)_stride));
        Value place = _graph.Where(isFirstPatch, writer.Taken, _graph.Add(inPatch, _graph.Scalar((long)length - _stride)));
        Value begins = _graph.And(_graph.Not(isFirstPatch), _graph.AreEqual(inPatch, _graph.Scalar(0L)));
        long kept = (long)_stride * steps.Width;
        Value moved = _graph.Join(1, _graph.Slice(memory, 1, kept, long.MaxValue), _graph.Slice(memory, 1, width - kept, long.MaxValue));
        Value current = _graph.Reshape(_graph.Where(begins, moved, memory), 0, length, steps.Width); // [B, N, F]
        Value index = _graph.List([.. Enumerable.Range(0, length).Select(s => (long)s)]);
        Value now = _graph.Transpose(_graph.ToFloat(steps.Values), 1, 0, 2); // [B, 1, F]
        current = _graph.Where(_graph.Unsqueeze(_graph.AreEqual(index, place), 2), now, current);
        states.After("patch", memory, _graph.Reshape(current, 0, width), width);

        Value sources = _graph.Expand(_graph.Unsqueeze(_graph.Minimum(index, place), 2), _graph.Shape(current));
        Value patch = _graph.Reshape(_graph.GatherElements(current, sources, 1), 0, width);
        Value isComplete = _graph.AreEqual(place, _graph.Scalar(length - 1L));
        states.Advances = states.Advances.IsGiven ? _graph.And(states.Advances, isComplete) : isComplete;
        // The complete patches before this step.
        writer.Taken = _graph.Divide(
            _graph.Maximum(_graph.Add(beyond, _graph.Scalar((long)_stride)), _graph.Scalar(0L)), _graph.Scalar((long)_stride));
        return new(_graph.ToDouble(_graph.Unsqueeze(patch, 0)), steps.Lengths, width);
    }
}
