using System.Numerics;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Readouts;

/// <summary>
/// Base class of mean, max, attention and custom pooling: computes one row of features from all outputs of a sequence, step by step.
/// </summary>
/// <remarks>
/// Threads share the work by sequences, so no sum is split. The state after some steps, a row of the tape, is all that a stream needs to
/// continue.
/// </remarks>
/// <param name="width">W, the number of outputs of a step.</param>
/// <param name="stateSize">S, the size of the state of a sequence.</param>
/// <param name="featureSize">F, the number of features of a sequence.</param>
internal abstract unsafe class PoolingReadout<T>(int width, int stateSize, int featureSize) : ReadoutLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public sealed override bool ReadsEveryStep => true;

    public sealed override int FeatureSize => featureSize;

    /// <summary>S, the size of the state of a sequence.</summary>
    public int StateSize => stateSize;

    /// <summary>W, the number of outputs of a step.</summary>
    protected int Width => width;

    public sealed override void Forward(ReadoutPass<T> pass, Workers workers)
    {
        if (pass.Window.IsFirst)
            Reserve(pass.Tape, pass.Window.Batch.Count);
        Repeat(pass, workers);
        var job = new ForwardJob(this, pass, workers.PartsFor(pass.TopTape.Outputs.Length));
        workers.Run(ref job, job.Parts);
    }

    public sealed override void Repeat(ReadoutPass<T> pass, Workers workers) =>
        Prepare(pass.Tape, pass.TopTape.Outputs.Start, pass.Window.Rows, workers);

    public override void Backward(ReadoutPass<T> pass, Parameters<T> gradients, Workers workers)
    {
        pass.TopTape.OutputGradient.Resize(pass.TopTape.Outputs.Length);
        var job = new BackwardJob(this, pass, workers.PartsFor(pass.TopTape.Outputs.Length));
        workers.Run(ref job, job.Parts);
    }

    /// <summary>Allocates memory for a number of sequences.</summary>
    public virtual void Reserve(ReadoutTape<T> tape, int sequences)
    {
        tape.Pooled.Resize((long)sequences * stateSize);
        tape.Features.Resize((long)sequences * featureSize);
    }

    /// <summary>Computes what can be computed for many outputs together.</summary>
    public virtual void Prepare(ReadoutTape<T> tape, T* outputs, int rows, Workers workers)
    {
    }

    /// <summary>Returns the state of a sequence.</summary>
    public Span<T> State(ReadoutTape<T> tape, int place) => new(tape.Pooled.Start + ((nint)place * stateSize), stateSize);

    /// <summary>Sets the state of a sequence before its first step.</summary>
    public abstract void Begin(ReadoutTape<T> tape, int place);

    /// <summary>Adds a step's outputs, a row of the prepared outputs, to the state of their sequence.</summary>
    public abstract void Take(ReadoutTape<T> tape, T* outputs, int row, int place, long step);

    /// <summary>Computes the features of the steps so far; the state does not change.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="place">The sequence's place in the batch.</param>
    /// <param name="steps">The number of steps so far, at least 1.</param>
    public abstract void Conclude(ReadoutTape<T> tape, int place, long steps);

    /// <summary>Computes the gradient of a step's outputs, after all features are computed. It may be called for the steps in any
    /// order.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="outputs">The prepared outputs.</param>
    /// <param name="row">The row of the step.</param>
    /// <param name="place">The sequence's place in the batch.</param>
    /// <param name="step">The index of the step in the sequence.</param>
    /// <param name="steps">The number of steps of the sequence.</param>
    /// <param name="gradient">Receives the gradient.</param>
    protected abstract void Give(ReadoutTape<T> tape, T* outputs, int row, int place, int step, int steps, Span<T> gradient);

    /// <summary>Returns the row of a sequence in a matrix with F columns.</summary>
    protected Span<T> Features(NativeBuffer<T> matrix, int place) => new(matrix.Start + ((nint)place * featureSize), featureSize);

    /// <summary>Returns a row of a matrix with W columns.</summary>
    protected Span<T> Row(T* matrix, int row) => new(matrix + ((nint)row * width), width);

    private readonly struct ForwardJob(PoolingReadout<T> readout, ReadoutPass<T> pass, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            LayerWindow<T> window = pass.Window;
            SequenceBatch<T> batch = window.Batch;
            (int first, int end) = Workers.Share(window.Active, part, parts);
            for (int place = first; place < end && window.IsFirst; place++)
                readout.Begin(pass.Tape, place);
            for (int t = window.FirstStep; t < window.EndStep; t++)
                for (int place = first; place < Math.Min(end, batch.ActiveAt(t)); place++)
                    readout.Take(pass.Tape, pass.TopTape.Outputs.Start, batch.RowOf(t) - window.FirstRow + place, place, t);
            for (int place = Math.Max(first, window.ContinuingCount); place < end; place++)
                readout.Conclude(pass.Tape, place, batch.Lengths[place]);
        }
    }

    private readonly struct BackwardJob(PoolingReadout<T> readout, ReadoutPass<T> pass, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            LayerWindow<T> window = pass.Window;
            SequenceBatch<T> batch = window.Batch;
            (int first, int end) = Workers.Share(window.Active, part, parts);
            for (int t = window.FirstStep; t < window.EndStep; t++)
            {
                for (int place = first; place < Math.Min(end, batch.ActiveAt(t)); place++)
                {
                    int row = batch.RowOf(t) - window.FirstRow + place;
                    readout.Give(pass.Tape, pass.TopTape.Outputs.Start, row, place, t, batch.Lengths[place],
                        readout.Row(pass.TopTape.OutputGradient.Start, row));
                }
            }
        }
    }
}
