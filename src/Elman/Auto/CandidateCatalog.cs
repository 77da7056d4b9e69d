using Elman.Models;
using Elman.Sequences;

namespace Elman.Auto;

/// <summary>The models that the automatic choice may try, the most promising first.</summary>
/// <remarks>
/// The list and its order were chosen by cross-validation on generated data and on training parts, never on test data: see
/// docs/accuracy.md. Networks that are trained by gradients come last and may take a fifth of the budget each: they seldom lower the loss
/// of the reservoirs.
/// </remarks>
internal static class CandidateCatalog
{
    /// <summary>
    /// With more sequences than this, reservoirs have at most this number of features: more would take much time without a lower loss.
    /// </summary>
    private const int ManySequences = 2500;

    /// <summary>
    /// With fewer sequences than this, networks for whole sequences are not trained by gradients: they seldom lower the loss there, and
    /// with so few cases the difference can't be measured.
    /// </summary>
    private const int LeastToTrain = 100;

    /// <summary>Sequences longer than this are cut into patches for cells trained by gradients.</summary>
    private const int LongestUnpatched = 120;

    /// <summary>Longer sequences are not tried with a plain RNN, whose gradients vanish.</summary>
    private const int LongestForRnn = 40;

    /// <summary>The approximate number of patches of a long sequence.</summary>
    private const int PatchesOfASequence = 50;

    private static readonly OscillatorOptions _mixed = new() { Mix = true };

    private static readonly Candidate[] _all =
    [
        Reservoir("mixed", _mixed, Readout.CountsFull, bidirectional: true, differences: 1),
        Reservoir("mixed-raw", _mixed, Readout.CountsFull, bidirectional: true),
        Reservoir("mixed-differences", _mixed, Readout.CountsFull, bidirectional: true, differences: 1, differencesAlone: true),
        Reservoir("delays", "delays", Readout.CountsFull),
        Reservoir("counts", "oscillator", Readout.Counts, differences: 1),
        Reservoir("second-differences", "oscillator", Readout.CountsFull, bidirectional: true, differences: 2),
        Naive("last-value", (_, _) => 1),
        Naive("seasonal-naive", SeasonalPeriod.Find),
        Linear("lags", LagFitter.OfTwoSeasons),
        Linear("long-lags", LagFitter.OfSevenSeasons),
        new("oscillator-outputs", (o, data) => o with
        {
            Cell = "oscillator",
            Inputs = o.Inputs with { Differences = 1 },
            Model = o.Model with { Layers = [Units(data)], Bidirectional = IsBidirectional(data) },
        })
        { Suits = data => data.AnswersEveryStep },
        new("esn", (o, data) => o with
        {
            Cell = "esn",
            Model = o.Model with
            {
                Layers = [Units(data)],
                Bidirectional = IsBidirectional(data),
                Readout = data.AnswersEveryStep ? Readout.Last : Readout.Mean,
            },
        }),
        Trained("gru", (o, data) => o with
        {
            Cell = "gru",
            Model = o.Model with { Layers = [48], Readout = data.AnswersEveryStep ? Readout.Last : Readout.Max },
        }),
        Trained("rnn", (o, _) => o with { Cell = "rnn", Model = o.Model with { Layers = [64] } }) with
        { IsWorthwhile = data => data.MedianSteps <= LongestForRnn && IsEnoughToTrain(data) },
        Trained("lstm", (o, _) => o with { Cell = "lstm", Model = o.Model with { Layers = [48] } }) with
        { Suits = data => data.AnswersEveryStep },
    ];

    /// <summary>Returns the candidates that support the data, the most promising first.</summary>
    public static IEnumerable<Candidate> For(DataShape data) =>
        (data.HasText ? TextCandidates.All : _all).Where(candidate => candidate.Suits(data));

    /// <summary>A reservoir with a counting readout.</summary>
    private static Candidate Reservoir(
        string name, CellOptions cell, Readout readout, bool bidirectional = false, int differences = 0, bool differencesAlone = false) =>
        new(name, (options, data) =>
        {
            bool isBidirectional = bidirectional && !data.IsForStreaming;
            TrainingOptions own = options with
            {
                Cell = cell,
                Model = options.Model with { Readout = readout, Bidirectional = isBidirectional },
                Inputs = options.Inputs with { Differences = differences, DifferencesAlone = differencesAlone },
            };
            int most = ManySequences / readout.Layout!.Value.FeatureVectors / (isBidirectional ? 2 : 1) / UnitsOfABlock * UnitsOfABlock;
            return data.Sequences > ManySequences && own.ResolvedLayers[0] > most
                ? own with { Model = own.Model with { Layers = [most] } }
                : own;
        })
        { Suits = data => !data.AnswersEveryStep };

    /// <summary>A naive forecast, without training: a delay line for each channel and step ahead.</summary>
    private static Candidate Naive(string name, Func<SequenceDataset, CancellationToken, int?> period) =>
        new(name, (o, data) => o with { Cell = "delays", Model = o.Model with { Layers = [data.Outputs] } })
        {
            Suits = data => data.Task.Kind == ModelTask.Forecast,
            PeriodOf = period,
        };

    /// <summary>A linear autoregression, separate for each step ahead.</summary>
    private static Candidate Linear(string name, Func<SequenceDataset, CancellationToken, int[]?> lags) =>
        new(name, (o, data) => o with { Cell = "delays", Model = o.Model with { Layers = [LinearUnits * data.Channels] } })
        {
            Suits = data => data.Task.Kind == ModelTask.Forecast,
            LagsOf = lags,
        };

    /// <summary>A network that is trained by gradients, on patches if sequences are long.</summary>
    private static Candidate Trained(string name, Func<TrainingOptions, DataShape, TrainingOptions> configure) =>
        new(name, (options, data) => configure(options with
        {
            Epochs = 60,
            LearningRate = 0.004,
            Inputs = options.Inputs with
            {
                Differences = data.Task.Kind == ModelTask.Forecast ? 0 : 1,
                Patch = data.AnswersEveryStep || data.MedianSteps <= LongestUnpatched
                    ? 0
                    : Math.Max(2, 2 * data.MedianSteps / PatchesOfASequence),
            },
            Model = options.Model with { Bidirectional = IsBidirectional(data) },
        }, data))
        { MostOfBudget = 0.2, IsWorthwhile = IsEnoughToTrain };

    /// <summary>The number of units per channel of a linear autoregression that work estimates assume; the actual number depends on the
    /// data.</summary>
    private const int LinearUnits = 48;

    /// <summary>The number of units is a multiple of this.</summary>
    private const int UnitsOfABlock = 16;

    private static bool IsEnoughToTrain(DataShape data) => data.AnswersEveryStep || data.Sequences >= LeastToTrain;

    private static bool IsBidirectional(DataShape data) => !data.IsForStreaming && data.Task.Kind != ModelTask.Forecast;

    /// <summary>The number of units of a reservoir whose outputs are pooled without counts.</summary>
    private static int Units(DataShape data) => Math.Clamp((int)(data.TotalSteps / 50), 32, 256) / UnitsOfABlock * UnitsOfABlock;
}
