using Elman.Comparison.Problems;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace Elman.Comparison.Rivals;

/// <summary>libtorch's recurrent layers behind one face: they differ in their types, not in what is asked of them here.</summary>
internal abstract class TorchLayer : IDisposable
{
    /// <summary>The layer as a module.</summary>
    public abstract nn.Module Module { get; }

    /// <summary>A layer with PyTorch's first weights.</summary>
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

    /// <summary>The outputs of all steps, <c>[T, B, H]</c>, and of each layer and direction the last, <c>[layers, B, H]</c>.</summary>
    public abstract (Tensor Outputs, Tensor Last) Run(Tensor inputs);

    /// <summary>Of each layer and direction the output of each sequence's own last step, <c>[layers, B, H]</c>.</summary>
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
