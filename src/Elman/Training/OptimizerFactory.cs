using System.Numerics;
using Elman.Kernels;
using Elman.Optimizers;
using Elman.Packing;

namespace Elman.Training;

/// <summary>Creates the optimizer that the options name.</summary>
internal static class OptimizerFactory
{
    /// <summary>Creates an optimizer with an empty state.</summary>
    public static Optimizer<T> Create<T>(TrainingOptions options, ParameterLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KernelSet<T> kernels = KernelCatalog.Default<T>();
        return options.Optimizer switch
        {
            OptimizerKind.Adam => new Adam<T>(layout, kernels),
            OptimizerKind.AdamW => new Adam<T>(layout, kernels, options.WeightDecay),
            OptimizerKind.Sgd => new Sgd<T>(layout, options.Momentum, nesterov: false, kernels),
            OptimizerKind.Nesterov => new Sgd<T>(layout, options.Momentum, nesterov: true, kernels),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, "Not an optimizer."),
        };
    }
}
