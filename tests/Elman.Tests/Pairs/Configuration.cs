using Elman.Losses;
using Elman.Models;
using Elman.Sequences;
using Elman.Tests.Recurrent;

namespace Elman.Tests.Pairs;

/// <summary>A model with its task, its loss and all other choices: one combination of many.</summary>
/// <param name="Name">The name: its index and its choices.</param>
/// <param name="Spec">The model without its sizes of input and output.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Rates">The dropout rates of training.</param>
/// <param name="Lengths">The numbers of steps of the sequences.</param>
internal sealed record Configuration(string Name, ModelSpec Spec, LossFunction Loss, DropoutRates Rates, int[] Lengths)
{
    private static readonly string[] _cells = [.. CellVariants.LayersWithGradient];

    private static readonly LayerSizes[] _layers = [[5], [4, 3], [3, 3], [2, 4, 3]];

    private static readonly DirectionMerge?[] _directions = [null, DirectionMerge.Concatenate, DirectionMerge.Sum,
        DirectionMerge.Mean, DirectionMerge.Product];

    private static readonly bool[] _residual = [false, true];

    // The readouts that have gradients.
    private static readonly Readout[] _readouts = [Readout.Last, Readout.Mean, Readout.Max, Readout.Attention];

    private static readonly (ModelTask Task, string Loss)[] _losses =
    [
        (ModelTask.Classify, "cross-entropy"), (ModelTask.Classify, "focal(2)"),
        (ModelTask.ClassifyMany, "binary"), (ModelTask.ClassifyMany, "focal(1.5)"),
        (ModelTask.Tag, "cross-entropy"), (ModelTask.Tag, "focal(2)"),
        (ModelTask.Regress, "mse"), (ModelTask.Regress, "mae"), (ModelTask.Regress, "huber(0.5)"), (ModelTask.Regress, "quantile(0.8)"),
        (ModelTask.Forecast, "mse"), (ModelTask.Forecast, "huber(1)"),
    ];

    private static readonly bool[] _weighted = [false, true];

    private static readonly double[] _smoothing = [0, 0.1], _dropout = [0, 0.3], _recurrentDropout = [0, 0.3], _zoneout = [0, 0.25];

    private static readonly int[][] _lengths = [[4, 1, 3], [3, 3, 3], [6]];

    private static readonly SymbolTables[] _symbols = [new([new(2, 4, 3)]), new([new(2, 4, 1), new(1, 3, 2)])];

    private static readonly Configuration[] _ofNumbers =
    [
        .. PairwiseCover.Rows(
            [_cells.Length, _layers.Length, _directions.Length, _residual.Length, _readouts.Length, _losses.Length, _weighted.Length,
                _smoothing.Length, _dropout.Length, _recurrentDropout.Length, _zoneout.Length, _lengths.Length],
            Fits, least: 300).Select((row, i) => From(i, row)),
    ];

    /// <summary>
    /// Every pair of compatible choices, in at least 300 combinations; and some of them again with symbols, for each task and cell that
    /// supports them.
    /// </summary>
    public static IReadOnlyList<Configuration> All { get; } =
    [
        .. _ofNumbers,
        .. _ofNumbers.Where(configuration => configuration.Spec.Task != ModelTask.Forecast
            && !configuration.Spec.Cell.IsReservoir).Where((_, i) => i % 5 == 0)
            .Select((configuration, i) => configuration with
            {
                Name = $"{configuration.Name} symbols",
                Spec = configuration.Spec with { Symbols = _symbols[i % 2] },
            }),
    ];

    /// <summary>Whether its loss may have a kink: then the slope is measured with a smaller step, and has more noise.</summary>
    public bool HasKinks => Spec.Readout == Readout.Max || Loss.Loss.Name is not ("cross-entropy" or "mse" or "binary")
        || Spec.Cell is LstmOptions { GateClip: < double.PositiveInfinity } || !Spec.Cell.HasPlainGates
        || !Activation.Tanh.Equals(Spec.Cell.StateActivation ?? Activation.Tanh);

    /// <summary>The names, as theory data.</summary>
    public static TheoryData<string> Names => [.. All.Select(configuration => configuration.Name)];

    /// <summary>Whether the choices made so far are compatible.</summary>
    private static bool Fits(int[] row)
    {
        bool Has(int factor) => row[factor] >= 0;
        bool perStep = Has(5) && _losses[row[5]].Task is ModelTask.Tag or ModelTask.Forecast;
        bool areNumbers = Has(5) && _losses[row[5]].Task is ModelTask.Regress or ModelTask.Forecast;
        bool isFocal = Has(5) && _losses[row[5]].Loss.StartsWith("focal", StringComparison.Ordinal);
        return !(Has(3) && _residual[row[3]] && Has(1) && (_layers[row[1]].Count < 2 || _layers[row[1]].Distinct().Count() > 1))
            && !(perStep && Has(4) && _readouts[row[4]] != Readout.Last)
            && !(Has(5) && _losses[row[5]].Task == ModelTask.Forecast && Has(2) && _directions[row[2]] is not null)
            && !(Has(0) && IsReservoir(row[0])
                && ((Has(4) && _readouts[row[4]] == Readout.Attention) || (Has(10) && _zoneout[row[10]] > 0)))
            && !(areNumbers && Has(6) && _weighted[row[6]]) && !((areNumbers || isFocal) && Has(7) && _smoothing[row[7]] > 0)
            && !(Has(9) && _recurrentDropout[row[9]] > 0 && Has(0) && !CellVariants.WithRecurrentWeights.Contains(_cells[row[0]]));
    }

    private static bool IsReservoir(int cell) => CellVariants.Options(_cells[cell]).IsReservoir;

    private static Configuration From(int number, int[] row)
    {
        (ModelTask task, string loss) = _losses[row[5]];
        ModelSpec cell = CellVariants.Options(_cells[row[0]]).SpecFor(1, 1);
        var spec = cell with
        {
            Layers = _layers[row[1]],
            Bidirectional = _directions[row[2]] is not null,
            Merge = _directions[row[2]] ?? default,
            Residual = _residual[row[3]],
            Readout = _readouts[row[4]],
            Task = task,
            Horizon = task == ModelTask.Forecast ? 2 : 1,
            Zoneout = _zoneout[row[10]],
        };
        var function = new LossFunction(Elman.Loss.Parse(loss))
        {
            ClassWeights = _weighted[row[6]] ? [0.5, 2, 1] : [],
            LabelSmoothing = _smoothing[row[7]],
        };
        var rates = new DropoutRates(_dropout[row[8]], _recurrentDropout[row[9]]);
        string direction = _directions[row[2]] is { } merge ? $" both ways {merge}" : "";
        string name = $"{number:000} {_cells[row[0]]} {spec.Layers}{direction}{(spec.Residual ? " residual" : "")} "
            + $"{spec.Readout} {task} {loss}"
            + $"{(_weighted[row[6]] ? " weighted" : "")}{(function.LabelSmoothing > 0 ? " smoothed" : "")}"
            + $"{(rates.Layers > 0 ? " dropout" : "")}"
            + $"{(rates.Recurrent > 0 ? " recurrent dropout" : "")}{(spec.Zoneout > 0 ? " zoneout" : "")} "
            + $"{string.Join('-', _lengths[row[11]])}";
        return new Configuration(name, spec, function, rates, _lengths[row[11]]);
    }
}
