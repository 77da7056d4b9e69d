using Elman.Models;
using Elman.Sequences;

namespace Elman.Auto;

/// <summary>The models that the automatic choice may try, the most promising first.</summary>
/// <remarks>
/// The list and its order were chosen by cross-validation on generated data and on training parts, never by test data: see
/// docs/accuracy.md. Networks that are trained by gradients come last and may take a fifth of the budget each:
/// beside the reservoirs they seldom lower the loss.
/// </remarks>
internal static class CandidateCatalog
{
    /// <summary>
    /// With more sequences than this, reservoirs give no more features than this: more would cost much time and bring nothing.
    /// </summary>
    private const int ManySequences = 2500;

    /// <summary>
    /// With fewer sequences than this, networks that judge whole sequences are not trained by gradients:
    /// they seldom lower the loss there, and so few cases can't tell.
    /// </summary>
    private const int LeastToTrain = 100;

    /// <summary>Sequences longer than this go to trained cells as patches.</summary>
    private const int LongestUnpatched = 120;

    /// <summary>Longer sequences are not tried with a plain RNN, whose gradients fade.</summary>
    private const int LongestForRnn = 40;

    /// <summary>About how many patches a long sequence becomes.</summary>
    private const int PatchesOfASequence = 50;

    private static readonly OscillatorOptions _mixed = new() { Mix = true };

    private static readonly Candidate[] _all =
    [
        Reservoir("mixed", o => o with { Cell = _mixed, Readout = ReadoutKind.CountsFull, Differences = 1, Bidirectional = true }),
        Reservoir("mixed-raw", o => o with { Cell = _mixed, Readout = ReadoutKind.CountsFull, Bidirectional = true }),
        Reservoir("mixed-differences", o => o with
        {
            Cell = _mixed,
            Readout = ReadoutKind.CountsFull,
            Differences = 1,
            DifferencesAlone = true,
            Bidirectional = true,
        }),
        Reservoir("delays", o => o with { Cell = "delays", Readout = ReadoutKind.CountsFull }),
        Reservoir("counts", o => o with { Readout = ReadoutKind.Counts, Differences = 1 }),
        Reservoir("second-differences", o => o with { Readout = ReadoutKind.CountsFull, Differences = 2, Bidirectional = true }),
        Naive("last-value", (_, _) => 1),
        Naive("seasonal-naive", SeasonalPeriod.Find),
        Linear("lags", LagFitter.OfTwoSeasons),
        Linear("long-lags", LagFitter.OfSevenSeasons),
        new("oscillator-outputs", (o, data) => o with
        {
            Cell = "oscillator",
            Differences = 1,
            Layers = [Units(data)],
            Bidirectional = IsBidirectional(data),
        })
        { Suits = data => data.AnswersEveryStep },
        new("esn", (o, data) => o with
        {
            Cell = "esn",
            Layers = [Units(data)],
            Bidirectional = IsBidirectional(data),
            Readout = data.AnswersEveryStep ? ReadoutKind.Last : ReadoutKind.Mean,
        }),
        Trained("gru", (o, data) => o with
        {
            Cell = "gru",
            Layers = [48],
            Readout = data.AnswersEveryStep ? ReadoutKind.Last : ReadoutKind.Max,
        }),
        Trained("rnn", (o, _) => o with { Cell = "rnn", Layers = [64] }) with
        { IsWorthwhile = data => data.MedianSteps <= LongestForRnn && IsEnoughToTrain(data) },
        Trained("lstm", (o, _) => o with { Cell = "lstm", Layers = [48] }) with { Suits = data => data.AnswersEveryStep },
    ];

    /// <summary>The candidates that support the data, the most promising first.</summary>
    public static IEnumerable<Candidate> For(DataShape data) =>
        (data.HasText ? TextCandidates.All : _all).Where(candidate => candidate.Suits(data));

    /// <summary>A reservoir of oscillators that is read by counting.</summary>
    private static Candidate Reservoir(string name, Func<TrainingOptions, TrainingOptions> configure) => new(name, (options, data) =>
    {
        TrainingOptions own = configure(options with { Cell = "oscillator" });
        own = own with { Bidirectional = own.Bidirectional && !data.IsForStreaming };
        int featuresOfAUnit = own.Readout.Counts()!.Value.FeatureVectors, directions = own.Bidirectional ? 2 : 1;
        int most = ManySequences / featuresOfAUnit / directions / UnitsOfABlock * UnitsOfABlock;
        return data.Sequences > ManySequences && own.Layers[0] > most ? own with { Layers = [most] } : own;
    })
    { Suits = data => !data.AnswersEveryStep };

    /// <summary>A forecast without learning: a delay line for each channel and step ahead.</summary>
    private static Candidate Naive(string name, Func<SequenceDataset, CancellationToken, int?> period) =>
        new(name, (o, data) => o with { Cell = "delays", Layers = [data.Outputs] })
        {
            Suits = data => data.Task.Kind == ModelTask.Forecast,
            PeriodOf = period,
        };

    /// <summary>A linear autoregression, for each step ahead by itself.</summary>
    private static Candidate Linear(string name, Func<SequenceDataset, CancellationToken, int[]?> lags) =>
        new(name, (o, data) => o with { Cell = "delays", Layers = [LinearUnits * data.Channels] })
        {
            Suits = data => data.Task.Kind == ModelTask.Forecast,
            LagsOf = lags,
        };

    /// <summary>A network that is trained by gradients, on patches where sequences are long.</summary>
    private static Candidate Trained(string name, Func<TrainingOptions, DataShape, TrainingOptions> configure) =>
        new(name, (options, data) => configure(options with
        {
            Epochs = 60,
            LearningRate = 0.004,
            Differences = data.Task.Kind == ModelTask.Forecast ? 0 : 1,
            Bidirectional = IsBidirectional(data),
            Patch = data.AnswersEveryStep || data.MedianSteps <= LongestUnpatched
                ? 0
                : Math.Max(2, 2 * data.MedianSteps / PatchesOfASequence),
        }, data))
        { MostOfBudget = 0.2, IsWorthwhile = IsEnoughToTrain };

    /// <summary>Units of a linear autoregression for each channel, as work is estimated: how many there are is seen in the data.</summary>
    private const int LinearUnits = 48;

    /// <summary>Units are taken in such blocks.</summary>
    private const int UnitsOfABlock = 16;

    private static bool IsEnoughToTrain(DataShape data) => data.AnswersEveryStep || data.Sequences >= LeastToTrain;

    private static bool IsBidirectional(DataShape data) => !data.IsForStreaming && data.Task.Kind != ModelTask.Forecast;

    /// <summary>Units of a reservoir whose outputs are pooled without counts.</summary>
    private static int Units(DataShape data) => Math.Clamp((int)(data.TotalSteps / 50), 32, 256) / UnitsOfABlock * UnitsOfABlock;
}
