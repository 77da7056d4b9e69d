using System.Numerics;
using Elman.Kernels;
using Elman.Optimizers;
using Elman.Packing;
using Elman.Tests.Oracles;

namespace Elman.Tests.Optimizers;

/// <summary>Every optimizer with every kernel set, compared with the equations, one number at a time.</summary>
public abstract class OptimizerTests<T>(double tolerance)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string> Kernels => [.. KernelCatalog.All<T>().Select(set => set.Name)];

    public static TheoryData<string, double> KernelsAndMomenta => new MatrixTheoryData<string, double>(
        KernelCatalog.All<T>().Select(set => set.Name), [0.5, 0.9, 0.99]);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Plain_descent(string kernels) => Check(
        layout => new Sgd<T>(layout, momentum: 0, nesterov: false, Set(kernels)),
        (w, gradients) =>
        {
            for (int step = 0; step < gradients.Length; step++)
                w -= Rate(step) * gradients[step];
            return w;
        });

    [Theory]
    [MemberData(nameof(KernelsAndMomenta))]
    public void Momentum(string kernels, double momentum) => Check(
        layout => new Sgd<T>(layout, momentum, nesterov: false, Set(kernels)),
        (w, gradients) =>
        {
            double v = 0;
            for (int step = 0; step < gradients.Length; step++)
            {
                v = (momentum * v) + gradients[step];
                w -= Rate(step) * v;
            }
            return w;
        });

    [Theory]
    [MemberData(nameof(KernelsAndMomenta))]
    public void Nesterov_looks_ahead(string kernels, double momentum) => Check(
        layout => new Sgd<T>(layout, momentum, nesterov: true, Set(kernels)),
        (w, gradients) =>
        {
            double v = 0;
            for (int step = 0; step < gradients.Length; step++)
            {
                v = (momentum * v) + gradients[step];
                w -= Rate(step) * (gradients[step] + (momentum * v));
            }
            return w;
        });

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Adam_divides_by_the_root_of_the_corrected_square(string kernels) => Check(
        layout => new Adam<T>(layout, Set(kernels)),
        (w, gradients) =>
        {
            double m = 0, v = 0;
            for (int step = 0; step < gradients.Length; step++)
            {
                double g = gradients[step];
                m = (0.9 * m) + (0.1 * g);
                v = (0.999 * v) + (0.001 * g * g);
                double corrected = m / (1 - Math.Pow(0.9, step + 1)), root = Math.Sqrt(v / (1 - Math.Pow(0.999, step + 1)));
                w -= Rate(step) * corrected / (root + 1e-8);
            }
            return w;
        });

    [Theory]
    [MemberData(nameof(Kernels))]
    public void AdamW_takes_a_share_of_every_weight_before_the_step(string kernels) => Check(
        layout => new Adam<T>(layout, Set(kernels), weightDecay: 0.5),
        (w, gradients) =>
        {
            double m = 0, v = 0;
            for (int step = 0; step < gradients.Length; step++)
            {
                double g = gradients[step];
                w -= Rate(step) * 0.5 * w;
                m = (0.9 * m) + (0.1 * g);
                v = (0.999 * v) + (0.001 * g * g);
                double corrected = m / (1 - Math.Pow(0.9, step + 1)), root = Math.Sqrt(v / (1 - Math.Pow(0.999, step + 1)));
                w -= Rate(step) * corrected / (root + 1e-8);
            }
            return w;
        });

    private static KernelSet<T> Set(string name) => KernelCatalog.Choose<T>(name);

    private static double Rate(int step) => 0.01 * (step + 1);

    private void Check(Func<ParameterLayout, Optimizer<T>> create, Func<double, double[], double> plain)
    {
        ParameterLayout layout = OptimizerRun.Layout();
        using Optimizer<T> optimizer = create(layout);
        Close.Assert("weights", OptimizerRun.Plain(plain), OptimizerRun.Run(layout, optimizer, Rate), tolerance, tolerance);
    }
}

public sealed class DoubleOptimizerTests() : OptimizerTests<double>(tolerance: 1e-14);

public sealed class FloatOptimizerTests() : OptimizerTests<float>(tolerance: 2e-6);
