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

    private bool IsBetterDividedByUnits(RecurrentPass<T> pass)
    {
        int active = pass.ActiveAt(pass.Window.FirstStep), width = _kernels.PanelWidth;
        return _projection is null && _normalization is null && pass.Parts > 1 && active < RowsOfATile * pass.Parts
            && HiddenSize % width == 0 && HiddenSize / width >= pass.Parts
            && active * WorkOfARow / pass.Parts >= WorthWaiting;
    }

    /// <summary>The units of a part: whole panels.</summary>
    private (int First, int Count) Units(int part, int parts)
    {
        int width = _kernels.PanelWidth, panels = HiddenSize / width;
        int first = panels * part / parts * width, end = panels * (part + 1) / parts * width;
        return (first, end - first);
    }

    private void ForwardUnits(in RecurrentPass<T> pass, int part)
    {
        (int first, int units) = Units(part, pass.Parts);
        StepBarrier barrier = pass.Tape.Barrier;
        long passed = 0;
        for (int visited = 0; visited < pass.Steps; visited++)
        {
            int t = pass.StepAt(visited), rows = pass.ActiveAt(t);
            ForwardGates(pass, t, 0, rows, first, units);
            if (TCell.HasInner)
            {
                barrier.Wait(ref passed, pass.Parts); // for the whole inner vector
                ForwardInner(pass, t, 0, rows, first, units);
            }
            ForwardCell(pass, t, 0, rows, first, units);
            barrier.Wait(ref passed, pass.Parts); // for the whole state
        }
    }

    private void BackwardUnits(in RecurrentPass<T> pass, int part)
    {
        (int first, int units) = Units(part, pass.Parts);
        StepBarrier barrier = pass.Tape.Barrier;
        long passed = 0;
        for (int visited = pass.Steps - 1; visited >= 0; visited--)
        {
            int t = pass.StepAt(visited), rows = pass.ActiveAt(t);
            CellStep<T> step = pass.Step(t, 0);
            AddOutputGradient(pass, t, 0, rows, first, units);
            BackwardCell(pass, t, 0, rows, first, units);
            if (TCell.HasInner)
            {
                barrier.Wait(ref passed, pass.Parts); // for the gates behind the inner vector
                BackwardInner(step, rows, first, units);
            }
            barrier.Wait(ref passed, pass.Parts); // for all gates
            BackwardOutput(pass, step, 0, pass.BegunAt(t), first, units);
        }
    }
}
