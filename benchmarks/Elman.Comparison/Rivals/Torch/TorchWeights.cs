using Elman.Comparison.Problems;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elman.Comparison.Rivals;

/// <summary>
/// Converts weights between the layouts of Elman and libtorch: the same order of gates, transposed matrices, and two biases. The second
/// candidate bias of a GRU is the last third of the second bias of libtorch; the rest of that bias is zero.
/// </summary>
internal static class TorchWeights
{
    /// <summary>Sets the weights of recurrent layers, or of a cell, to those of a problem.</summary>
    /// <param name="parameters">The parameters by name; those of layers end in <c>_l0</c>, <c>_l0_reverse</c> and so on.</param>
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

    /// <summary>Returns the gradients of recurrent layers; those of the linear layer are empty.</summary>
    public static Weights<float> Gradients(IReadOnlyDictionary<string, Parameter> parameters, Problem problem) => new(
        [.. Enumerable.Range(0, problem.Weights.Layers.Count)
            .Select(i => Gradients(parameters, problem.Cell, Suffix(i, problem.Shape.Directions)))],
        problem.Shape.Directions,
        [],
        []);

    /// <summary>Returns the numbers of a tensor.</summary>
    public static float[] Numbers(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.detach().contiguous().data<float>().ToArray();
    }

    /// <summary>Returns the numbers of the transpose of a matrix.</summary>
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
