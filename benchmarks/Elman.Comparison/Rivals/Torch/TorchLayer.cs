using Elman.Comparison.Problems;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace Elman.Comparison.Rivals;

/// <summary>The recurrent layers of libtorch behind a common interface, because their types differ.</summary>
internal abstract class TorchLayer : IDisposable
{
    /// <summary>The layer as a module.</summary>
    public abstract nn.Module Module { get; }

    /// <summary>Creates a layer with the initial weights of PyTorch.</summary>
    public static TorchLayer Create(Problem problem)
    {
        int inputs = problem.Shape.Inputs, hidden = problem.Shape.Hidden, layers = problem.Shape.Layers;
        bool bothDirections = problem.Shape.Directions == 2;
        return problem.Cell.Name switch
        {
            "rnn" => new RnnLayer(nn.RNN(inputs, hidden, layers, bidirectional: bothDirections)),
            "gru" => new GruLayer(nn.GRU(inputs, hidden, layers, bidirectional: bothDirections)),
            "lstm" => new LstmLayer(nn.LSTM(inputs, hidden, layers, bidirectional: bothDirections)),
            string name => throw new ArgumentException($"There is no libtorch layer for the cell '{name}'.", nameof(problem)),
        };
    }

    /// <summary>
    /// Returns the outputs of all steps, <c>[T, B, H]</c>, and the last output of each layer and direction, <c>[layers, B, H]</c>.
    /// </summary>
    public abstract (Tensor Outputs, Tensor Last) Run(Tensor inputs);

    /// <summary>Returns for each layer and direction the output at the last step of each sequence, <c>[layers, B, H]</c>.</summary>
    public abstract Tensor Run(PackedSequence inputs);

    /// <inheritdoc/>
    public void Dispose() => Module.Dispose();

    private sealed class RnnLayer(RNN layer) : TorchLayer
    {
        public override nn.Module Module => layer;

        public override (Tensor Outputs, Tensor Last) Run(Tensor inputs) => layer.call(inputs);

        public override Tensor Run(PackedSequence inputs) => layer.call(inputs).Item2;
    }

    private sealed class GruLayer(GRU layer) : TorchLayer
    {
        public override nn.Module Module => layer;

        public override (Tensor Outputs, Tensor Last) Run(Tensor inputs) => layer.call(inputs);

        public override Tensor Run(PackedSequence inputs) => layer.call(inputs).Item2;
    }

    private sealed class LstmLayer(LSTM layer) : TorchLayer
    {
        public override nn.Module Module => layer;

        public override (Tensor Outputs, Tensor Last) Run(Tensor inputs)
        {
            (Tensor outputs, Tensor last, _) = layer.call(inputs);
            return (outputs, last);
        }

        public override Tensor Run(PackedSequence inputs) => layer.call(inputs).Item2;
    }
}
