using Elman.Comparison.Onnx;
using Elman.Comparison.Problems;
using Microsoft.ML.OnnxRuntime;

namespace Elman.Comparison.Rivals;

/// <summary>
/// ONNX Runtime, step by step. Only the input is copied: there are two sets of states and two bindings, and each step reads the states that
/// the previous step wrote.
/// </summary>
internal sealed class OnnxStream : InProcessRival
{
    private readonly Problem _problem;
    private readonly StepInputs _inputs;
    private readonly OnnxSession _session;
    private readonly float[] _x;
    private readonly float[][][] _states; // [set][state], each [H]
    private readonly OrtValue _input;
    private readonly OrtValue[][] _values;
    private readonly OrtIoBinding[] _bindings;
    private int _turn;

    /// <summary>Sets up a problem.</summary>
    public OnnxStream(string name, Problem problem, int threads)
        : base(name)
    {
        _problem = problem;
        _inputs = new StepInputs(problem);
        _session = new OnnxSession(OnnxModel.Step(problem), threads);
        string[] names = OnnxModel.States(problem.Cell);
        int hidden = problem.Shape.Hidden;
        _x = new float[problem.Shape.Inputs];
        _input = OnnxSession.Tensor(_x, 1, 1, _x.Length);
        _states = [[.. names.Select(_ => new float[hidden])], [.. names.Select(_ => new float[hidden])]];
        _values = [.. _states.Select(set => set.Select(state => OnnxSession.Tensor(state, 1, 1, hidden)).ToArray())];
        _bindings = [Bind(0, 1), Bind(1, 0)];

        OrtIoBinding Bind(int from, int to) => _session.Bind(
            names.Zip(_values[from]).Append(("x", _input)), names.Select(state => $"{state}'").Zip(_values[to]));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedArray<double>> Check()
    {
        foreach (float[] state in _states[_turn])
            Array.Clear(state);
        for (int t = 0; t < _problem.Shape.Steps; t++)
            Work();
        return [StepInputs.Output(_states[_turn][0])];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (OrtIoBinding binding in _bindings)
            binding.Dispose();
        foreach (OrtValue value in _values.SelectMany(set => set).Append(_input))
            value.Dispose();
        _session.Dispose();
    }

    /// <inheritdoc/>
    protected override void Work()
    {
        _inputs.Next().CopyTo(_x);
        _session.Run(_bindings[_turn]);
        _turn ^= 1;
    }
}
