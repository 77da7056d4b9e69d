using Elman.Comparison.Problems;
using static TorchSharp.torch;

namespace Elman.Comparison.Rivals;

/// <summary>
/// The cells of libtorch, which are its interface for single steps; the state tensors are passed on to the next step unchanged. The input
/// is copied into an existing tensor.
/// </summary>
internal sealed unsafe class TorchStream : InProcessRival
{
    private readonly Problem _problem;
    private readonly StepInputs _inputs;
    private readonly TorchCell _cell;
    private readonly Tensor _x; // [1, I]
    private readonly float* _values; // of _x
    private TorchState _state;

    /// <summary>Sets up a problem.</summary>
    public TorchStream(string name, Problem problem, int threads)
        : base(name)
    {
        set_num_threads(threads);
        _problem = problem;
        _inputs = new StepInputs(problem);
        _cell = TorchCell.Create(problem);
        _x = zeros(1, problem.Shape.Inputs);
        fixed (byte* values = _x.bytes) // native memory, which does not move
            _values = (float*)values;
        _state = Zero();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedArray<double>> Check()
    {
        using var mode = inference_mode(true);
        _state.Dispose();
        _state = Zero();
        for (int t = 0; t < _problem.Shape.Steps; t++)
            Work();
        return [StepInputs.Output(TorchWeights.Numbers(_state.H))];
    }

    /// <inheritdoc/>
    public override double Run(int repetitions)
    {
        using var mode = inference_mode(true);
        return base.Run(repetitions);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _cell.Dispose();
        _state.Dispose();
        _x.Dispose();
    }

    /// <inheritdoc/>
    protected override void Work()
    {
        _inputs.Next().CopyTo(new Span<float>(_values, _problem.Shape.Inputs));
        using var scope = NewDisposeScope();
        TorchState before = _state;
        _state = _cell.Step(_x, before).Keep();
        before.Dispose();
    }

    private TorchState Zero() => new(zeros(1, _problem.Shape.Hidden), _problem.Cell == Cell.Lstm ? zeros(1, _problem.Shape.Hidden) : null);
}
