using System.Numerics;
using Elman.Kernels;
using Elman.Optimizers;
using Elman.Packing;
using Elman.Tests.Fixtures;

namespace Elman.Tests.Optimizers;

/// <summary>Several steps of an optimizer over slices of unusual sizes, and of a plain loop for a single number.</summary>
internal static class OptimizerRun
{
    public const int Steps = 12;

    /// <summary>The sizes of the slices: around whole lanes of every width.</summary>
    public static readonly int[] Sizes = [1, 3, 4, 5, 8, 15, 16, 17, 33, 64, 67];

    public static ParameterLayout Layout()
    {
        var layout = new ParameterLayout();
        foreach (int size in Sizes)
            layout.Add($"slice of {size}", size);
        return layout;
    }

    /// <summary>Returns the parameters after the steps of the optimizer, slice after slice.</summary>
    public static double[] Run<T>(ParameterLayout layout, Optimizer<T> optimizer, Func<int, double> rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var values = new Parameters<T>(layout);
        using var gradients = new Parameters<T>(layout);
        using var workers = new Workers(1);
        Set(values, Start());
        for (int step = 0; step < Steps; step++)
        {
            Set(gradients, Gradients(step));
            optimizer.Step(values, gradients, rate(step), workers);
        }
        return [.. layout.Slices.SelectMany(slice => values.Span(slice).ToArray()).Select(double.CreateChecked)];
    }

    /// <summary>
    /// Returns the parameters after a plain loop. It gets the initial value of a parameter and its gradients of all steps.
    /// </summary>
    public static double[] Plain(Func<double, double[], double> train)
    {
        double[][] gradients = [.. Enumerable.Range(0, Steps).Select(Gradients)];
        return [.. Start().Select((w, i) => train(w, [.. gradients.Select(g => g[i])]))];
    }

    private static double[] Start() => new SplitMix64(1).Even(2, Sizes.Sum());

    /// <summary>Returns the gradients of a step: some are always zero, some occasionally.</summary>
    private static double[] Gradients(int step) =>
        [.. new SplitMix64((ulong)step + 10).Even(1, Sizes.Sum()).Select((g, i) => i % 7 == 0 || (i + step) % 5 == 0 ? 0 : g)];

    private static void Set<T>(Parameters<T> parameters, double[] numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int next = 0;
        foreach (ParameterSlice slice in parameters.Layout.Slices)
            foreach (ref T value in parameters.Span(slice))
                value = T.CreateChecked(numbers[next++]);
    }
}
