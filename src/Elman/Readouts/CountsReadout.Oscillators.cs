using Elman.Cells;
using Elman.Kernels;
using Elman.Linear;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Stack;

namespace Elman.Readouts;

// Inference of oscillators with a counting readout: both in one pass, lane by lane of units, over whole sequences.
internal sealed unsafe partial class CountsReadout<T>
{
    /// <summary>
    /// The approximate number of inputs of sequences that are gathered at a time, so that they stay in the first-level cache while all
    /// units read them.
    /// </summary>
    private const int InputsTogether = 4096;

    private readonly OscillatorCounts<T> _counts;
    private readonly OscillatorOutputs<T> _outputs;
    private readonly MixPass<T> _mix;
    private readonly OscillatorUnits<T>[] _oscillators; // for each direction; empty if the layer is of another kind

    public override bool CanReplaceTopLayer => _oscillators.Length > 0;

    public override bool ReplacesTopLayer(LayerWindow<T> window, bool keepsSteps) =>
        CanReplaceTopLayer && !keepsSteps && window.IsFirst && window.IsLast;

    private IEnumerable<OscillatorUnits<T>> Oscillators(StackLayer<T> top)
    {
        if (top.FromStart is not (CellLayer<OscillatorCell, T> or MixedOscillatorLayer<T>) || top.IsResidual
            || (top.FromEnd is not null && !top.ConcatenatesDirections))
            yield break;
        yield return new OscillatorUnits<T>(top.FromStart, 0, _lane);
        if (top.FromEnd is not null)
            yield return new OscillatorUnits<T>(top.FromEnd, top.FromStart.Shape.OutputSize, _lane);
    }

    private void ForwardOscillators(ReadoutPass<T> pass, Workers workers)
    {
        SequenceBatch<T> batch = pass.Window.Batch;
        int parts = workers.PartsFor((long)pass.Window.Rows * Width * (_oscillators[0].InputSize + 16));
        bool dividesUnits = parts > 1 && batch.Count < 2 * parts;
        parts = parts > 1 && !dividesUnits && batch.Count >= 16 * parts ? 2 * parts : parts; // threads that finish early take another one
        var job = new OscillatorJob(this, pass, parts, dividesUnits);
        pass.Tape.Scratch.Resize(parts * job.ScratchSize);
        workers.Run(ref job, parts);
    }

    /// <summary>Runs all units on a range of sequences or, if there are few sequences, a range of units on all of them.</summary>
    private readonly struct OscillatorJob(CountsReadout<T> readout, ReadoutPass<T> pass, int parts, bool dividesUnits) : IJob
    {
        private readonly SequenceBatch<T> _batch = pass.Window.Batch;

        /// <summary>The scratch size of a part: counters, states, drives and outputs, then inputs.</summary>
        public long ScratchSize =>
            StateSize + InputsTogether + ((long)(_batch.Steps + OscillatorCounts<T>.StepsTogether) * readout._oscillators[0].InputSize);

        /// <summary>The size of the counters, states and outputs (before and after the mix) of the blocks that run together.</summary>
        private int StateSize => readout._lane * (OscillatorCounts<T>.StepsTogether + (readout._oscillators[0].BlocksTogether *
            (readout._layout.StateVectors + OscillatorOutputs<T>.StateVectors + (2 * OscillatorOutputs<T>.MostSteps))));

        public void Execute(int part)
        {
            T* state = pass.Tape.Scratch.Start + (part * ScratchSize), inputs = state + StateSize;
            (int first, int end) = dividesUnits ? (0, _batch.Count) : (FirstPlace(part), FirstPlace(part + 1));
            while (first < end)
            {
                int next = NextGroup(first, end);
                foreach (OscillatorUnits<T> units in readout._oscillators)
                {
                    Gather(first, next, units, inputs);
                    (int group, int endGroup) = dividesUnits ? Workers.Share(units.Groups, part, parts) : (0, units.Groups);
                    for (; group < endGroup; group++)
                        Run(first, next, units, group, inputs, state);
                }
                first = next;
            }
        }

        /// <summary>Returns the first place in the batch of a part. The parts have about the same number of steps.</summary>
        private int FirstPlace(int part)
        {
            if (part == parts)
                return _batch.Count;
            long wanted = (long)pass.Window.Rows * part / parts, steps = 0;
            int place = 0;
            while (steps < wanted)
                steps += _batch.Lengths[place++];
            return place;
        }

        /// <summary>Returns the end of a group of sequences whose inputs fit, at least one sequence.</summary>
        private int NextGroup(int first, int end)
        {
            long inputs = 0;
            int place = first;
            do
                inputs += Numbers(place);
            while (++place < end && inputs + Numbers(place) <= InputsTogether);
            return place;
        }

        private long Numbers(int place) =>
            (long)(_batch.Lengths[place] + OscillatorCounts<T>.StepsTogether - 1) * readout._oscillators[0].InputSize;

        /// <summary>
        /// Copies the inputs of some sequences, in the order in which a layer reads them; each is followed by zeros.
        /// </summary>
        private void Gather(int first, int end, OscillatorUnits<T> units, T* target)
        {
            int size = units.InputSize;
            for (int place = first; place < end; place++)
            {
                int steps = _batch.Lengths[place];
                for (int read = 0; read < steps; read++, target += size)
                    Copy(pass.Window.Inputs + ((nint)(_batch.RowOf(units.IsReversed ? steps - 1 - read : read) + place) * size),
                        target, size);
                new Span<T>(target, (OscillatorCounts<T>.StepsTogether - 1) * size).Clear();
                target += (OscillatorCounts<T>.StepsTogether - 1) * size;
            }
        }

        private static void Copy(T* source, T* target, int count)
        {
            if (count > 8)
                new ReadOnlySpan<T>(source, count).CopyTo(new(target, count));
            else
                for (int i = 0; i < count; i++)
                    target[i] = source[i];
        }

        /// <summary>Runs a group of blocks of units on a range of sequences.</summary>
        private void Run(int first, int end, OscillatorUnits<T> units, int group, T* x, T* state)
        {
            int lane = readout._lane, firstBlock = group * units.BlocksTogether,
                endBlock = Math.Min(firstBlock + units.BlocksTogether, units.Blocks);
            for (int place = first; place < end; x += Numbers(place), place++)
            {
                int steps = _batch.Lengths[place], firstPart = readout._layout.HasHalves ? FirstPart(steps, units.IsReversed) : 0;
                if (readout._layout.IsDetailed || units.Mix is not null)
                    RunAndCount(units, group, firstBlock, endBlock, x, steps, firstPart, state);
                else
                    readout._counts.Run(
                        readout._layout, units.Block(group), units.HasSecondStage(group), x, units.InputSize, steps, firstPart, state);
                for (int block = firstBlock; block < endBlock; block++)
                {
                    T* features = pass.Tape.Features.Start + ((nint)place * readout.FeatureSize) + units.FirstColumn + (block * lane);
                    readout._pass.Conclude(readout._layout, Counters(state, block - firstBlock), lane, features, readout.Width,
                        Math.Min(lane, units.Count - (block * lane)), steps, units.IsReversed);
                }
            }
        }

        private T* Counters(T* state, int block) => state + (block * readout._layout.StateVectors * readout._lane);

        /// <summary>
        /// Runs blocks of units on a sequence, a number of steps at a time: first their outputs, then the mix, then the counts.
        /// </summary>
        private void RunAndCount(
            OscillatorUnits<T> units, int group, int firstBlock, int endBlock, T* x, int steps, int firstPart, T* state)
        {
            int lane = readout._lane, together = units.BlocksTogether, width = together * lane, blocks = endBlock - firstBlock;
            T* oscillators = Counters(state, together), drives = oscillators + (OscillatorOutputs<T>.StateVectors * width);
            T* z = drives + (OscillatorCounts<T>.StepsTogether * lane), mixed = z + (OscillatorOutputs<T>.MostSteps * width);
            for (int b = 0; b < blocks; b++)
                CountsPass<T>.Begin(readout._layout, Counters(state, b), lane, lane);
            new Span<T>(oscillators, OscillatorOutputs<T>.StateVectors * width).Clear();
            for (int t = 0; t < steps; t += OscillatorOutputs<T>.MostSteps)
            {
                int some = Math.Min(OscillatorOutputs<T>.MostSteps, steps - t);
                for (int b = 0; b < blocks; b++)
                    readout._outputs.Run(
                        units.Block(firstBlock + b), units.HasSecondStage(firstBlock + b), x + ((nint)t * units.InputSize), units.InputSize,
                        some, oscillators + (b * OscillatorOutputs<T>.StateVectors * lane), drives, z + (b * lane), width);
                if (units.Mix is { } mix)
                    readout._mix.Run(z, width, some, mix.Block(group), mix.SizeOf(group), blocks * lane, mixed, width);
                T* y = units.Mix is null ? z : mixed;
                for (int b = 0; b < blocks; b++)
                    readout._pass.Take(
                        readout._layout, Counters(state, b), units.Block(firstBlock + b) + (OscillatorUnits<T>.FirstThreshold * lane), lane,
                        y + (b * lane), width, some, lane, t, firstPart);
            }
        }
    }
}
