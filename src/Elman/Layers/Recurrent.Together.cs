using Elman.Cells;
using Elman.Kernels;

namespace Elman.Layers;

// Few sequences, many units: the threads share every step by units, and wait for each other before the next.
internal sealed unsafe partial class Recurrent<TCell, T>
{
    /// <summary>Multiply-adds of one thread in one step, about 2 µs of work, from which on sharing the step is worth the wait.</summary>
    private const long WorthWaiting = 100_000;

    /// <summary>Sequences for each thread from which on it is better to share them: a tile full of rows.</summary>
    private const int RowsOfATile = 6;

    private bool DividesUnits(RecurrentPass<T> pass)
    {
        int active = pass.ActiveAt(pass.Window.FirstStep), width = _kernels.PanelWidth;
        return _projection is null && _normalization is null && pass.Parts > 1 && active < RowsOfATile * pass.Parts
            && HiddenSize % width == 0 && HiddenSize / width >= pass.Parts
            && (long)active * GateSize * (InputSize + HiddenSize) / pass.Parts >= WorthWaiting;
    }

    /// <summary>The units of a part: whole panels.</summary>
    private (int First, int Count) Units(int part, int parts)
    {
        int width = _kernels.PanelWidth, panels = HiddenSize / width;
        int first = panels * part / parts * width, end = panels * (part + 1) / parts * width;
        return (first, end - first);
    }

    private readonly struct ForwardTogether(Recurrent<TCell, T> layer, RecurrentPass<T> pass) : IJob
    {
        public void Execute(int part)
        {
            (int first, int units) = layer.Units(part, pass.Parts);
            StepBarrier barrier = pass.Tape.Barrier;
            long passed = 0;
            for (int visited = 0; visited < pass.Steps; visited++)
            {
                int t = pass.StepAt(visited), rows = pass.ActiveAt(t);
                layer.ForwardGates(pass, t, 0, rows, first, units);
                if (TCell.HasInner)
                {
                    barrier.Wait(ref passed, pass.Parts); // for the whole inner vector
                    layer.ForwardInner(pass, t, 0, rows, first, units);
                }
                layer.ForwardCell(pass, t, 0, rows, first, units);
                barrier.Wait(ref passed, pass.Parts); // for the whole state
            }
        }
    }

    private readonly struct BackwardTogether(Recurrent<TCell, T> layer, RecurrentPass<T> pass) : IJob
    {
        public void Execute(int part)
        {
            (int first, int units) = layer.Units(part, pass.Parts);
            StepBarrier barrier = pass.Tape.Barrier;
            long passed = 0;
            for (int visited = pass.Steps - 1; visited >= 0; visited--)
            {
                int t = pass.StepAt(visited), rows = pass.ActiveAt(t);
                CellStep<T> step = pass.Step(t, 0);
                layer.AddOutputGradient(pass, t, 0, rows, first, units);
                layer.BackwardCell(pass, t, 0, rows, first, units);
                if (TCell.HasInner)
                {
                    barrier.Wait(ref passed, pass.Parts); // for the gates behind the inner vector
                    layer.BackwardInner(step, rows, first, units);
                }
                barrier.Wait(ref passed, pass.Parts); // for all gates
                layer.BackwardOutput(pass, step, 0, pass.BegunAt(t), first, units);
            }
        }
    }
}
