using System.Numerics;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>A layer, the steps that it takes, and its tape.</summary>
internal readonly record struct DirectionPass<T>(RecurrentLayer<T> Layer, LayerWindow<T> Window, RecurrentTape<T> Tape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Multiply-adds.</summary>
    public long Work => Window.Rows * Layer.WorkOfARow;
}

/// <summary>The directions of a layer on their way through the same steps: one, or two of the same sizes.</summary>
internal readonly record struct LayerDirections<T>(DirectionPass<T> First, DirectionPass<T>? Second = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Into how many parts to divide each layer's steps: together as many as there are threads.</summary>
    public int PartsOfEach(Workers workers) => Second is null ? Threads(workers) : Math.Max(Threads(workers) / 2, 1);

    /// <summary>A pass in smaller parts, where threads share it.</summary>
    public RecurrentPass<T> Finer(RecurrentPass<T> pass, Workers workers) => Threads(workers) > 1 ? pass.InSmallerParts() : pass;

    /// <summary>Runs all parts: on the caller's thread where it is not worth to share them.</summary>
    public void Run<TJob>(ref TJob job, int partsOfEach, Workers workers)
        where TJob : struct, IJob
    {
        int parts = Second is null ? partsOfEach : 2 * partsOfEach;
        if (Threads(workers) > 1)
            workers.Run(ref job, parts);
        else
            for (int part = 0; part < parts; part++)
                job.Execute(part);
    }

    private int Threads(Workers workers) => workers.PartsFor(First.Work + (Second?.Work ?? 0));
}
