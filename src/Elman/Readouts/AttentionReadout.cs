using System.Numerics;
using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Readouts;

/// <summary>
/// Attention pooling: the mean of all outputs, weighted by a score of each step (Z. Yang and others, 2016):
/// <code>
/// u_t = tanh(y_t·W + b)           a key for each step
/// e_t = u_t·v                     its score
/// α_t = e^(e_t) / Σ_s e^(e_s)     its weight
/// m   = Σ_t α_t·y_t
/// </code>
/// </summary>
/// <remarks>
/// The weighted sum is carried from step to step and rescaled when a higher score occurs, so that a stream has the same bits. The state
/// consists of that sum, the maximum score and the sum of <c>e^(score − maximum)</c>, <c>[W + 2]</c>.
/// </remarks>
internal sealed unsafe class AttentionReadout<T> : PoolingReadout<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KernelSet<T> _kernels;
    private readonly Dense<T> _keys;
    private readonly ParameterSlice _scores;
    private readonly ActivationPass<T> _tanh;
    private readonly NativeBuffer<T> _v;
    private readonly NativeBuffer<T> _panel;
    private readonly NativeBuffer<T> _scratch;

    /// <summary>Adds the readout's parameters to a model's.</summary>
    /// <param name="width">W, the number of outputs of a step, and the size of its key.</param>
    /// <param name="layout">The layout of the model's parameters, which is added to.</param>
    /// <param name="kernels">The kernels to use.</param>
    public AttentionReadout(int width, ParameterLayout layout, KernelSet<T> kernels)
        : base(width, stateSize: width + 2, featureSize: width)
    {
        _kernels = kernels;
        _keys = new Dense<T>(width, width, "attention", layout, kernels);
        _scores = layout.Add("attention.v", width, 1);
        _tanh = ActivationPass<T>.For(Activation.Tanh, kernels);
        _v = new(width);
        _panel = new((long)width * kernels.Pad(1));
        _scratch = new(kernels.GradientScratchSize(width, 0));
    }

    public override IEnumerable<ParameterSlice> Matrices => [_keys.Weights, _scores];

    public override void Pack(Parameters<T> values, bool forTraining)
    {
        _keys.Pack(values, forTraining);
        values.Span(_scores).CopyTo(_v.Span);
        _kernels.Pack(_v.Start, 1, Width, 1, _panel.Start, Width);
    }

    public override void Prepare(ReadoutTape<T> tape, T* outputs, int rows, Workers workers)
    {
        int lane = _kernels.LaneWidth;
        long numbers = (long)rows * Width;
        tape.Keys.Resize((numbers + lane - 1) / lane * lane);
        tape.Scores.Resize(rows);
        _keys.Forward(outputs, tape.Keys.Start, rows, workers);
        new Span<T>(tape.Keys.Start + numbers, (int)(tape.Keys.Length - numbers)).Clear();
        var tanh = new TanhJob(this, tape, workers.PartsFor(8 * numbers));
        workers.Run(ref tanh, tanh.Parts);
        T zero = T.Zero;
        _kernels.Multiply(RowOperand<T>.Of(tape.Keys.Start, Width, Width), _panel.Start, Width, &zero, 0, tape.Scores.Start, 1, rows, 1);
    }

    public override void Backward(ReadoutPass<T> pass, Parameters<T> gradients, Workers workers)
    {
        base.Backward(pass, gradients, workers); // the gradient of y through the sum, and the gradient of the scores
        ReadoutTape<T> tape = pass.Tape;
        int rows = pass.Window.Rows;
        T unused = default; // a bias of the scores would not change the weights α
        var keys = new GradientOperand<T>
        {
            A = tape.Keys.Start,
            Stride = Width,
            Columns = Width,
            Gradient = gradients[_scores],
            GradientStride = 1,
        };
        _kernels.AddGradients(keys, default, tape.Scores.Start, 1, rows, 0, 1, &unused, _scratch.Start);
        var job = new KeyGradientJob(this, tape, workers.PartsFor((long)rows * Width));
        workers.Run(ref job, job.Parts);
        _keys.Backward(pass.TopTape.Outputs.Start, tape.Keys.Start, pass.TopTape.OutputGradient.Start, rows, gradients, workers);
    }

    public override void Begin(ReadoutTape<T> tape, int place)
    {
        Span<T> state = State(tape, place);
        state.Clear();
        state[Width] = T.NegativeInfinity;
    }

    public override void Take(ReadoutTape<T> tape, T* outputs, int row, int place, long step)
    {
        Span<T> state = State(tape, place), sum = state[..Width], normalizer = state[Width..];
        T score = tape.Scores.Start[row], greatest = T.Max(normalizer[0], score);
        T kept = Functions.Exp(normalizer[0] - greatest), weight = Functions.Exp(score - greatest);
        (normalizer[0], normalizer[1]) = (greatest, (normalizer[1] * kept) + weight);

        TensorPrimitives.Multiply(sum, kept, sum);
        TensorPrimitives.FusedMultiplyAdd(Row(outputs, row), weight, sum, sum);
    }

    public override void Conclude(ReadoutTape<T> tape, int place, long steps) =>
        TensorPrimitives.Divide(State(tape, place)[..Width], State(tape, place)[Width + 1], Features(tape.Features, place));

    public override void Dispose()
    {
        _keys.Dispose();
        _v.Dispose();
        _panel.Dispose();
        _scratch.Dispose();
        base.Dispose();
    }

    // ∂L/∂y_t = α_t·∂L/∂m; ∂L/∂e_t = α_t·∂L/∂m·(y_t − m), since the weights add up to 1.
    protected override void Give(ReadoutTape<T> tape, T* outputs, int row, int place, int step, int steps, Span<T> gradient)
    {
        Span<T> normalizer = State(tape, place)[Width..];
        T weight = Functions.Exp(tape.Scores.Start[row] - normalizer[0]) / normalizer[1];
        TensorPrimitives.Subtract(Row(outputs, row), Features(tape.Features, place), gradient);
        fixed (T* difference = gradient)
            tape.Scores.Start[row] = weight * Dot.Product(difference, tape.FeatureGradient.Start + ((nint)place * Width), Width);
        TensorPrimitives.Multiply(Features(tape.FeatureGradient, place), weight, gradient);
    }

    /// <summary>Computes the tanh of a range of keys, in whole lanes, which need not be aligned to rows.</summary>
    private readonly struct TanhJob(AttentionReadout<T> readout, ReadoutTape<T> tape, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            int lane = readout._kernels.LaneWidth;
            (int first, int end) = Workers.Share(tape.Keys.Length / lane, part, parts);
            readout._tanh.Apply(tape.Keys.Start + ((nint)first * lane), 0, rows: 1, (end - first) * lane);
        }
    }

    /// <summary>Computes the gradient of the arguments of tanh from that of the scores, for a range of steps:
    /// <c>∂L/∂e·v∘(1 − u²)</c>.</summary>
    private readonly struct KeyGradientJob(AttentionReadout<T> readout, ReadoutTape<T> tape, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            (int first, int end) = Workers.Share(tape.Scores.Length, part, parts);
            int width = readout.Width;
            for (int row = first; row < end; row++)
            {
                Span<T> u = new(tape.Keys.Start + ((nint)row * width), width);
                TensorPrimitives.Multiply(u, u, u);
                TensorPrimitives.Subtract(T.One, u, u);
                TensorPrimitives.Multiply(u, readout._v.Span, u);
                TensorPrimitives.Multiply(u, tape.Scores.Start[row], u);
            }
        }
    }
}
