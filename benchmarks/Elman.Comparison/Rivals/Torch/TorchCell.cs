using Elman.Comparison.Problems;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elman.Comparison.Rivals;

/// <summary>The single-step cells of libtorch behind a common interface, with the weights of a problem.</summary>
internal sealed class TorchCell : IDisposable
{
    private readonly nn.Module _module;
    private readonly Func<Tensor, TorchState, TorchState> _step;

    private TorchCell(nn.Module module, Func<Tensor, TorchState, TorchState> step)
    {
        _module = module;
        _step = step;
    }

    /// <summary>Creates the cell of a problem.</summary>
    public static TorchCell Create(Problem problem)
    {
        int inputs = problem.Shape.Inputs, hidden = problem.Shape.Hidden;
        TorchCell cell = problem.Cell.Name switch
        {
            "rnn" => Of(nn.RNNCell(inputs, hidden)),
            "gru" => Of(nn.GRUCell(inputs, hidden)),
            "lstm" => Of(nn.LSTMCell(inputs, hidden)),
            string name => throw new ArgumentException($"There is no libtorch cell for the cell '{name}'.", nameof(problem)),
        };
        TorchWeights.Set(cell._module.named_parameters().ToDictionary(p => p.name, p => p.parameter), problem);
        return cell;
    }

    /// <summary>Returns the state after a step.</summary>
    /// <param name="x">The input, <c>[1, I]</c>.</param>
    /// <param name="state">The state before the step.</param>
    public TorchState Step(Tensor x, TorchState state) => _step(x, state);

    /// <inheritdoc/>
    public void Dispose() => _module.Dispose();

    private static TorchCell Of(RNNCell cell) => new(cell, (x, state) => new TorchState(cell.call(x, state.H), null));

    private static TorchCell Of(GRUCell cell) => new(cell, (x, state) => new TorchState(cell.call(x, state.H), null));

    private static TorchCell Of(LSTMCell cell) => new(cell, (x, state) =>
    {
        (Tensor h, Tensor c) = cell.call(x, (state.H, state.C!));
        return new TorchState(h, c);
    });
}

/// <summary>The state that a cell passes from step to step.</summary>
/// <param name="H">The output, <c>[1, H]</c>.</param>
/// <param name="C">The LSTM's cell state, <c>[1, H]</c>.</param>
internal readonly record struct TorchState(Tensor H, Tensor? C) : IDisposable
{
    /// <summary>Returns the same state, detached from the scope that would dispose it.</summary>
    public TorchState Keep() => new(H.DetachFromDisposeScope(), C?.DetachFromDisposeScope());

    /// <inheritdoc/>
    public void Dispose()
    {
        H.Dispose();
        C?.Dispose();
    }
}
