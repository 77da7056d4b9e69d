using Elman.Comparison.Problems;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elman.Comparison.Rivals;

/// <summary>
/// Weights between Elman's layout and libtorch's: the same order of gates, matrices transposed, and two biases. A GRU's second
/// candidate bias is the last third of libtorch's second bias; all else of that is zero.
/// </summary>
internal static class TorchWeights
{
    /// <summary>Gives recurrent layers, or a cell, the weights of a problem.</summary>
    /// <param name="parameters">Its parameters by name; those of layers end in <c>_l0</c>, <c>_l0_reverse</c> and so on.</param>
    /// <param name="problem">The problem.</param>
    public static void Set(IReadOnlyDictionary<string, Parameter> parameters, Problem problem)
    {
        int hidden = problem.Shape.Hidden, gates = problem.Cell.Gates * hidden, directions = problem.Shape.Directions;
        using var scope = NewDisposeScope();
        using var still = no_grad();
        for (int i = 0; i < problem.Weights.Layers.Count; i++)
        {
            LayerWeights<float> weights = problem.Weights.Layers[i];
            int inputs = problem.Shape.InputsOf(i / directions);
            string suffix = Suffix(i, directions);
            Find(parameters, "weight_ih", suffix).copy_(tensor(Matrix.Transpose<float>(weights.Wx, inputs), [gates, inputs]));
            Find(parameters, "weight_hh", suffix).copy_(tensor(Matrix.Transpose<float>(weights.Wh, hidden), [gates, hidden]));
            Find(parameters, "bias_ih", suffix).copy_(tensor(weights.B[..gates]));
            Find(parameters, "bias_hh", suffix).copy_(tensor(SecondBias(weights.B, gates)));
        }
    }

    /// <summary>The gradients of recurrent layers; those of the linear layer stay empty.</summary>
    public static Weights<float> Gradients(IReadOnlyDictionary<string, Parameter> parameters, Problem problem) => new(
        [.. Enumerable.Range(0, problem.Weights.Layers.Count)
            .Select(i => Gradients(parameters, problem.Cell, Suffix(i, problem.Shape.Directions)))],
        problem.Shape.Directions,
        [],
        []);

    /// <summary>A tensor's numbers.</summary>
    public static float[] Numbers(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.detach().contiguous().data<float>().ToArray();
    }

    /// <summary>The numbers of a matrix's transpose.</summary>
    public static float[] Transposed(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        return Numbers(matrix.t());
    }

    private static LayerWeights<float> Gradients(IReadOnlyDictionary<string, Parameter> parameters, Cell cell, string suffix)
    {
        float[] first = Numbers(Find(parameters, "bias_ih", suffix).grad!), second = Numbers(Find(parameters, "bias_hh", suffix).grad!);
        int extra = first.Length / cell.Gates * (cell.Biases - cell.Gates);
        return new LayerWeights<float>(
            Transposed(Find(parameters, "weight_ih", suffix).grad!), Transposed(Find(parameters, "weight_hh", suffix).grad!),
            [.. first, .. second.AsSpan(second.Length - extra)]);
    }

    private static float[] SecondBias(float[] bias, int gates)
    {
        float[] extra = bias[gates..];
        return [.. new float[gates - extra.Length], .. extra];
    }

    private static string Suffix(int layer, int directions) => $"_l{layer / directions}{(layer % directions == 1 ? "_reverse" : "")}";

    private static Parameter Find(IReadOnlyDictionary<string, Parameter> parameters, string name, string suffix) =>
        parameters.TryGetValue(name, out Parameter? parameter) ? parameter : parameters[name + suffix];
}
