using System.Numerics;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Linear;

/// <summary>
/// Mixes the units of a layer in blocks of <see cref="MixPass{T}.BlockSize"/> neighbours; the last block has the remaining ones:
/// <c>y_k = Σ_j z_j·M_jk</c>, with the sum over the units j of k's block.
/// </summary>
internal sealed unsafe class UnitMix<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MixPass<T> _pass;
    private readonly NativeBuffer<T> _blocks;
    private readonly int _units;

    /// <summary>Adds the mix's weights to a model's.</summary>
    /// <param name="units">H, the number of units.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="layout">The layout of the model's parameters, which is added to.</param>
    /// <param name="kernels">The kernels to use.</param>
    public UnitMix(int units, string name, ParameterLayout layout, KernelSet<T> kernels)
    {
        (_units, _pass) = (units, MixPass<T>.For(kernels));
        Weights = layout.Add(name, MixPass<T>.BlockSize, units);
        _blocks = new((long)Blocks * MixPass<T>.BlockSize * MixPass<T>.BlockSize);
    }

    /// <summary>
    /// M, <c>[16, H]</c>: in column k the weights of the units of k's block; rows of units that the last block does not have are not read.
    /// </summary>
    public ParameterSlice Weights { get; }

    private int Blocks => (_units + MixPass<T>.BlockSize - 1) / MixPass<T>.BlockSize;

    /// <summary>Returns the number of units of a block.</summary>
    public int SizeOf(int block) => Math.Min(MixPass<T>.BlockSize, _units - (block * MixPass<T>.BlockSize));

    /// <summary>Returns the weights of a block, <c>[16, 16]</c>; 0 for missing units of the last block.</summary>
    public T* Block(int block) => _blocks.Start + ((nint)block * MixPass<T>.BlockSize * MixPass<T>.BlockSize);

    /// <summary>Packs the weights. Needed after every change of them.</summary>
    public void Pack(Parameters<T> values)
    {
        ReadOnlySpan<T> weights = values.Span(Weights);
        for (int block = 0; block < Blocks; block++)
            for (int unit = 0; unit < SizeOf(block); unit++)
                weights.Slice((unit * _units) + (block * MixPass<T>.BlockSize), SizeOf(block))
                    .CopyTo(new(Block(block) + (unit * MixPass<T>.BlockSize), SizeOf(block)));
    }

    /// <summary>Mixes rows.</summary>
    /// <param name="z">The outputs of the units, <c>[rows, H]</c>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="y">Receives the mixed outputs.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="workers">The threads to use.</param>
    public void Forward(T* z, int rows, T* y, nint stride, Workers workers)
    {
        var job = new ForwardJob(this, z, rows, y, stride, workers.PartsFor((long)rows * _units * MixPass<T>.BlockSize));
        workers.Run(ref job, job.Parts);
    }

    /// <summary>
    /// Computes the gradient with respect to z from that of the outputs, and adds the gradient of the weights. Plain loops: a reservoir is
    /// not trained by gradients.
    /// </summary>
    /// <param name="z">The outputs of the units, <c>[rows, H]</c>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="yGradient">The gradient with respect to the outputs.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="zGradient">Receives the gradient with respect to z, <c>[rows, H]</c>.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    public void Backward(T* z, int rows, T* yGradient, nint stride, T* zGradient, Parameters<T> gradients)
    {
        Span<T> byWeights = gradients.Span(Weights);
        for (int row = 0; row < rows; row++, z += _units, yGradient += stride, zGradient += _units)
        {
            for (int unit = 0; unit < _units; unit++)
            {
                int block = unit / MixPass<T>.BlockSize, first = block * MixPass<T>.BlockSize, place = unit - first;
                T sum = T.Zero;
                for (int k = 0; k < SizeOf(block); k++)
                {
                    sum = T.FusedMultiplyAdd(Block(block)[(place * MixPass<T>.BlockSize) + k], yGradient[first + k], sum);
                    ref T byWeight = ref byWeights[(place * _units) + first + k];
                    byWeight = T.FusedMultiplyAdd(z[unit], yGradient[first + k], byWeight);
                }
                zGradient[unit] = sum;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _blocks.Dispose();

    /// <summary>Mixes a range of rows.</summary>
    private readonly struct ForwardJob(UnitMix<T> mix, T* z, int rows, T* y, nint stride, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            (int first, int end) = Workers.Share(rows, part, parts);
            for (int block = 0; block < mix.Blocks && first < end; block++)
            {
                int unit = block * MixPass<T>.BlockSize, size = mix.SizeOf(block);
                mix._pass.Run(
                    z + ((nint)first * mix._units) + unit, mix._units, end - first, mix.Block(block), size, size,
                    y + (first * stride) + unit, stride);
            }
        }
    }
}
