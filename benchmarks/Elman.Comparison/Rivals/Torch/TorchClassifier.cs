using Elman.Comparison.Problems;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace Elman.Comparison.Rivals;

/// <summary>A problem in libtorch: recurrent layer, linear layer, and the batch in time-major order, the order of its layers.</summary>
/// <remarks>The layers of libtorch add two biases, although one would be sufficient; the second starts at zero if Elman has none.</remarks>
internal sealed class TorchClassifier : IDisposable
{
    private readonly TorchLayer _layer;
    private readonly TorchSharp.Modules.Linear _linear;
    private readonly Dictionary<string, Parameter> _recurrent;
    private readonly Problem _problem;
    private readonly Tensor _inputs; // [T, B, I]
    private readonly PackedSequence? _packed;
    private readonly (Tensor Steps, Tensor Places)? _last; // for each sequence

    /// <summary>Sets up a problem, and sets the number of threads of libtorch from now on.</summary>
    public TorchClassifier(Problem problem, int threads, TorchBatching batching)
    {
        set_num_threads(threads);
        Shape shape = problem.Shape;
        _problem = problem;
        _layer = TorchLayer.Create(problem);
        _linear = nn.Linear(shape.Width, Shape.Classes);
        _recurrent = _layer.Module.named_parameters().ToDictionary(p => p.name, p => p.parameter);

        using var scope = NewDisposeScope();
        TorchWeights.Set(_recurrent, problem);
        using (no_grad())
        {
            _linear.weight!.copy_(tensor(Matrix.Transpose<float>(problem.Weights.V, shape.Width), [Shape.Classes, shape.Width]));
            _linear.bias!.copy_(tensor(problem.Weights.C));
        }
        Tensor inputs = tensor(problem.TimeMajor(), [shape.Steps, shape.Batch, shape.Inputs]);
        _inputs = inputs.DetachFromDisposeScope();
        if (batching == TorchBatching.Packed)
            _packed = pack_padded_sequence(inputs, tensor(problem.Lengths.Select(n => (long)n).ToArray()), batch_first: false,
                enforce_sorted: true).DetachFromDisposeScope();
        else if (problem.Lengths.Any(n => n != shape.Steps))
            _last = (tensor(problem.Lengths.Select(n => n - 1L).ToArray()).DetachFromDisposeScope(),
                arange(shape.Batch, ScalarType.Int64).DetachFromDisposeScope());
    }

    /// <summary>All parameters, for the optimizer.</summary>
    public IEnumerable<Parameter> Parameters => _recurrent.Values.Append((Parameter)_linear.weight!).Append((Parameter)_linear.bias!);

    /// <summary>Returns the scores, <c>[B, C]</c>.</summary>
    public Tensor Logits()
    {
        if (_packed is not null)
            return _linear.call(Uppermost(_layer.Run(_packed)));
        (Tensor outputs, Tensor last) = _layer.Run(_inputs);
        return _linear.call(_last is { } at ? outputs.index(TensorIndex.Tensor(at.Steps), TensorIndex.Tensor(at.Places)) : Uppermost(last));
    }

    /// <summary>Returns the last outputs of the uppermost layer, with both directions concatenated.</summary>
    private Tensor Uppermost(Tensor last) =>
        _problem.Shape.Directions == 1 ? last[-1] : cat([last[-2], last[-1]], 1);

    /// <summary>Returns the gradients of the last backward pass, in Elman's layout.</summary>
    public Weights<float> Gradients() => TorchWeights.Gradients(_recurrent, _problem) with
    {
        V = TorchWeights.Transposed(_linear.weight!.grad!),
        C = TorchWeights.Numbers(_linear.bias!.grad!),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _layer.Dispose();
        _linear.Dispose();
        _inputs.Dispose();
        _packed?.Dispose();
        _last?.Steps.Dispose();
        _last?.Places.Dispose();
    }
}
