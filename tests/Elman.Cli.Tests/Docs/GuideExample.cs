using System.Numerics.Tensors;

namespace Elman.Cli.Tests.Docs;

/// <summary>The guide's C# example, compiled and run.</summary>
internal static class GuideExample
{
    public static void Run()
    {
        // The example begins.
        using var network = new SimpleRnnClassifier<double>(inputSize: 2, hiddenSize: 8, classCount: 2, learningRate: 0.5);
        Tensor<double> x = Tensor.Create([0.1, 0.2, 0.3, 0.4, 0.9, 0.8, 0.7, 0.6], [2, 2, 2]);   // [batch, steps, features]
        Tensor<double> y = Tensor.Create([1.0, 0.0, 0.0, 1.0], [2, 2]);                           // one-hot
        for (int i = 0; i < 2000; i++)
            network.Backward(x, y, network.Forward(x));
        Console.WriteLine(network.Score(x, y));
        // The example ends.
    }
}
