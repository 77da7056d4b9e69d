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
    /// <summary>Gives a recurrent layer or cell the weights of a problem.</summary>
    /// <param name="parameters">Its parameters by name; those of a layer end in <c>_l0</c>.</param>
    /// <param name="problem">The problem.</param>
    public static void Set(IReadOnlyDictionary<string, Parameter> parameters, Problem problem)
    {
        Weights<float> weights = problem.Weights;
        int hidden = problem.Shape.Hidden, gates = problem.Cell.Gates * hidden;
        using var scope = NewDisposeScope();
        using var still = no_grad();
        Find(parameters, "weight_ih").copy_(tensor(Matrix.Transpose<float>(weights.Wx, problem.Shape.Inputs), [gates, problem.Shape.Inputs]));
        Find(parameters, "weight_hh").copy_(tensor(Matrix.Transpose<float>(weights.Wh, hidden), [gates, hidden]));
        Find(parameters, "bias_ih").copy_(tensor(weights.B[..gates]));
        Find(parameters, "bias_hh").copy_(tensor(SecondBias(problem)));
    }

    /// <summary>The gradients of a recurrent layer; those of the linear layer stay empty.</summary>
    public static Weights<float> Gradients(IReadOnlyDictionary<string, Parameter> parameters, Cell cell)
    {
        float[] first = Numbers(Find(parameters, "bias_ih").grad!), second = Numbers(Find(parameters, "bias_hh").grad!);
        int extra = first.Length / cell.Gates * (cell.Biases - cell.Gates);
        return new Weights<float>(
            Transposed(Find(parameters, "weight_ih").grad!),
            Transposed(Find(parameters, "weight_hh").grad!),
            [.. first, .. second.AsSpan(second.Length - extra)],
            [],
            []);
    }

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

    private static float[] SecondBias(Problem problem)
    {
        int gates = problem.Cell.Gates * problem.Shape.Hidden;
        float[] extra = problem.Weights.B[gates..];
        return [.. new float[gates - extra.Length], .. extra];
    }

    private static Parameter Find(IReadOnlyDictionary<string, Parameter> parameters, string name) =>
        parameters.TryGetValue(name, out Parameter? parameter) ? parameter : parameters[$"{name}_l0"];
}
