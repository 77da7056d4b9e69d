using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Stack;
using Elman.Tests.Kernels;
using Elman.Tests.Oracles;

namespace Elman.Tests.Recurrent;

/// <summary>A layer that is processed window by window, in either direction, forward and backward.</summary>
public sealed class WindowTests
{
    private static readonly int[] _ragged = [3, 9, 1, 9, 2, 5, 9, 4, 1, 6, 7];

    public static TheoryData<string, bool> CellsAndDirections => new MatrixTheoryData<string, bool>(CellVariants.Layers, [false, true]);

    public static TheoryData<string, bool> CellsWithGradientAndDirections =>
        new MatrixTheoryData<string, bool>(CellVariants.LayersWithGradient, [false, true]);

    [Theory]
    [MemberData(nameof(CellsAndDirections))]
    public void Any_windows_give_the_states_and_outputs_of_the_whole(string cell, bool reversed)
    {
        using var run = new Run(cell, reversed, keepsSteps: false);
        run.Forward(run.Windows(_ragged.Max()));
        double[] states = run.States, outputs = run.Outputs.Span.ToArray();
        for (int length = 1; length < _ragged.Max(); length++)
        {
            run.Outputs.Clear();
            run.Forward(run.Windows(length));
            SameBits.Assert<double>(states, run.States);
            SameBits.Assert<double>(outputs, run.Outputs.Span);
        }
    }

    [Theory]
    [MemberData(nameof(CellsWithGradientAndDirections))]
    public void Going_back_window_by_window_gives_the_gradients_of_the_whole(string cell, bool reversed)
    {
        using var run = new Run(cell, reversed, keepsSteps: true);
        double[] whole = run.Gradients(_ragged.Max());
        foreach (int length in (int[])[1, 2, 4, 7])
            Close.Assert($"windows of {length}", whole, run.Gradients(length), relative: 1e-12, floor: 1e-14);
    }

    [Theory]
    [MemberData(nameof(CellsAndDirections))]
    public void What_is_read_at_the_end_is_the_output_of_the_step_that_was_read_last(string cell, bool reversed)
    {
        using var run = new Run(cell, reversed, keepsSteps: true);
        run.Forward(run.Windows(_ragged.Max()));
        SameBits.Assert<double>(run.OutputsOfLastSteps(), run.Last());
    }

    private sealed unsafe class Run : IDisposable
    {
        private readonly ContractCase<double> _case;
        private readonly RecurrentLayer<double> _layer;
        private readonly RecurrentTape<double> _tape;
        private readonly Workers _workers = new(1);
        private readonly NativeBuffer<double> _outputGradient = new();

        public Run(string cell, bool reversed, bool keepsSteps)
        {
            _case = ContractCase<double>.Of($"{cell}: both ways", inputSize: 3, _ragged);
            _layer = reversed ? _case.Model.Layers[0].FromEnd! : _case.Model.Layers[0].FromStart;
            _tape = new RecurrentTape<double>(keepsSteps);
            Outputs.Resize((long)_case.Batch.Rows * _layer.Shape.OutputSize);
            _outputGradient.Resize(Outputs.Length);
            var random = new SeededRandom(4);
            foreach (ref double value in _outputGradient.Span)
                value = random.NextNormal();
        }

        public NativeBuffer<double> Outputs { get; } = new();

        public double[] States => _tape.Final.Span.ToArray();

        /// <summary>Returns the windows in the order in which the layer processes them.</summary>
        public LayerWindow<double>[] Windows(int length)
        {
            int steps = _case.Batch.Steps;
            LayerWindow<double>[] windows = [.. Enumerable.Range(0, (steps + length - 1) / length)
                .Select(i => Window(i * length, Math.Min((i + 1) * length, steps)))];
            if (_layer.Shape.IsReversed)
                Array.Reverse(windows);
            return windows;
        }

        public void Forward(IEnumerable<LayerWindow<double>> windows)
        {
            foreach (LayerWindow<double> window in windows)
                Sweep<double>.Forward(new(_layer, window, _tape), null, _workers);
        }

        /// <summary>Returns the last outputs of the layer after a whole batch.</summary>
        public double[] Last()
        {
            double[] last = new double[_case.Batch.Count * _layer.Shape.OutputSize];
            fixed (double* start = last)
                _layer.Last(Window(0, _case.Batch.Steps), _tape, start, _layer.Shape.OutputSize, _workers);
            return last;
        }

        /// <summary>Returns the last outputs, taken from the outputs of every step.</summary>
        public double[] OutputsOfLastSteps() =>
        [
            .. Enumerable.Range(0, _case.Batch.Count).SelectMany(place => Outputs.Span.Slice(
                (_case.Batch.RowOf(_layer.Shape.IsReversed ? 0 : _case.Batch.Lengths[place] - 1) + place) * _layer.Shape.OutputSize,
                _layer.Shape.OutputSize).ToArray()),
        ];

        /// <summary>
        /// Returns the gradients: each window, starting with the last, is recomputed from the state before it, then processed backward.
        /// </summary>
        public double[] Gradients(int length)
        {
            LayerWindow<double>[] windows = Windows(length);
            using var gradients = new Parameters<double>(_case.Model.Values.Layout);
            _tape.StateGradient.Resize((long)_case.Batch.Count * _layer.Shape.StateSize);
            _tape.StateGradient.Clear();
            for (int i = windows.Length - 1; i >= 0; i--)
            {
                Forward(windows[..(i + 1)]);
                Sweep<double>.Backward(new(_layer, windows[i], _tape), null, gradients, _workers);
            }
            return gradients.Buffer.Span.ToArray();
        }

        public void Dispose()
        {
            _case.Dispose();
            _tape.Dispose();
            _workers.Dispose();
            Outputs.Dispose();
            _outputGradient.Dispose();
        }

        private LayerWindow<double> Window(int first, int end)
        {
            nint row = (nint)_case.Batch.RowOf(first) * _layer.Shape.OutputSize;
            return LayerWindow<double>.Of(_case.Batch, first, end) with
            {
                Outputs = Outputs.Start + row,
                OutputGradient = _outputGradient.Start + row,
                OutputStride = _layer.Shape.OutputSize,
            };
        }
    }
}
