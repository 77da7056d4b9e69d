using System.Numerics.Tensors;

namespace Elman.Samples;

/// <summary>The weights of a network by name, and the gradient of its loss with respect to each of them.</summary>
public static class WeightsByName
{
    /// <summary>Prints the shapes of the weights and the norms of their gradients for one batch.</summary>
    /// <param name="output">Receives the printed text.</param>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "gru", Model = new() { Layers = [16] } });
        using Network network = classifier.CreateNetwork(SineData.Create(100, seed: 1));
        network.Forward([0, 1, 2, 3]);
        output.WriteLine(FormattableString.Invariant($"Weights by name, after a loss of {network.Loss():F3}:"));
        network.Backward();
        foreach (NetworkParameter parameter in network.Parameters)
            output.WriteLine(FormattableString.Invariant($"  {parameter.Name} [{string.Join(", ", parameter.Shape)}], ")
                + FormattableString.Invariant($"gradient of norm {TensorPrimitives.Norm(parameter.Gradient):F3}"));
    }
}
