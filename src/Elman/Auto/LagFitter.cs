using Elman.Fitted;
using Elman.Learners;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Auto;

/// <summary>
/// Fits a linear autoregression: every step ahead is a weighted sum of the last values of all channels, fitted by ridge regression,
/// separately for each step ahead. It is a layer of delay lines with one tap each, so streaming, saving and averaging work as for any other
/// model.
/// </summary>
/// <remarks>
/// On seasonal series it is a strong baseline (R. Hyndman, G. Athanasopoulos, "Forecasting: principles and practice", 2021; A. Zeng and
/// others, "Are transformers effective for time series forecasting?", 2023). Values before the start of a sequence are replaced by the
/// training mean; steps that need them are not trained on if there are enough others.
/// </remarks>
internal static class LagFitter
{
    /// <summary>The maximum number of features of a model: the time of least squares grows with its cube.</summary>
    private const int MostFeatures = 704;

    /// <summary>The number of lags if no season was found.</summary>
    private const int LagsWithoutSeason = 24;

    /// <summary>The number of seasons: a week for a season of a day.</summary>
    private const int ManySeasons = 7;

    /// <summary>Returns all lags of two seasons; <see langword="null"/> if sequences are too short.</summary>
    public static int[]? OfTwoSeasons(SequenceDataset data, CancellationToken cancellationToken)
    {
        int wanted = 2 * SeasonalPeriod.Find(data, cancellationToken) ?? LagsWithoutSeason;
        int most = Math.Min(Math.Min(wanted, MedianSteps(data) / 4), (MostFeatures / data.OwnChannels) - 1);
        return most < 1 ? null : [.. Enumerable.Range(0, most + 1)];
    }

    /// <summary>
    /// Returns all lags of seven seasons, or all lags of one season and those around the other six; <see langword="null"/> if there is no
    /// season, or sequences are too short.
    /// </summary>
    public static int[]? OfSevenSeasons(SequenceDataset data, CancellationToken cancellationToken)
    {
        if (SeasonalPeriod.Find(data, cancellationToken) is not { } season || (ManySeasons * season) + 1 > MedianSteps(data) / 4)
            return null;
        int last = (ManySeasons * season) + 1, most = MostFeatures / data.OwnChannels;
        if (last < most)
            return [.. Enumerable.Range(0, last + 1)];
        int around = (most - season) / (2 * ManySeasons);
        return around < 1 ? null : [.. Enumerable.Range(0, last + 1)
            .Where(lag => lag <= season || Math.Abs(lag - (season * Math.Round((double)lag / season))) <= around / 2)];
    }

    /// <summary>Returns the lags of a candidate; reports it if there are none.</summary>
    public static int[]? FindLags(Candidate candidate, SequenceDataset data, List<string> leftOut, CancellationToken cancellationToken)
    {
        int[]? lags = candidate.LagsOf!(data, cancellationToken);
        if (lags is null)
            leftOut.Add($"{candidate.Name}: the data are too short for it, or no period was found in them.");
        return lags;
    }

    /// <summary>Fits the model.</summary>
    /// <param name="options">The candidate's options.</param>
    /// <param name="lags">The lags in steps, in ascending order.</param>
    /// <param name="data">The data.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TrainingDivergedException">A number stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CompleteFit Fit(TrainingOptions options, int[] lags, TrainingSet data, CancellationToken cancellationToken)
    {
        data = data with { Random = new SeededRandom(options.Seed), Validation = null };
        return CompleteFit.Of(data, options, () =>
        {
            FittedModel start = data.Begin(options, cancellationToken);
            SetLags(start, lags, data);
            using var learner = new RidgeLearner(options);
            FittedModel fitted = learner.Fit(
                data with { Start = start, Data = WithContext(data.Data, lags[^1]) }, null, cancellationToken);
            return new CompleteFit(fitted, learner.LeftOut);
        });
    }

    /// <summary>
    /// Returns the options with a unit for each lag of each forecast channel, for each step ahead of each known channel, and for each
    /// calendar feature.
    /// </summary>
    public static TrainingOptions OptionsFor(TrainingOptions options, int[] lags, TrainingSet data) => options with
    {
        Model = options.Model with
        {
            Layers = [(lags.Length * data.Data.OwnChannels) + (data.Origin.Covariates.KnownAhead * options.Forecast.Horizon)
                + data.Origin.Covariates.Added],
            Bidirectional = false,
            Residual = false,
        },
    };

    private static void SetLags(FittedModel fitted, int[] lags, TrainingSet data)
    {
        int own = data.Data.OwnChannels, horizon = data.Origin.Covariates.Horizon;
        (int Channel, int Lag)[] units = [.. from channel in Enumerable.Range(0, own) from lag in lags select (channel, lag),
            // A step has the values of one horizon later.
            .. from known in Enumerable.Range(own, data.Origin.Covariates.KnownAhead) from lag in Enumerable.Range(0, horizon)
               select (known, lag),
            .. from told in Enumerable.Range(own + data.Origin.Covariates.KnownAhead, data.Origin.Covariates.Added) select (told, 0)];
        var layer = (DelayLayer<float>)fitted.Model.Layers[0].FromStart;
        Parameters<float> values = fitted.Model.Values;
        values.Buffer.Clear();
        Span<float> inputs = values.Span(layer.Weights.Input), taps = values.Span(layer.Taps), dilations = values.Span(layer.Dilations);
        for (int unit = 0; unit < units.Length; unit++)
        {
            (int channel, int lag) = units[unit];
            // Chooses the furthest tap that gives an integer dilation: the smaller the dilation, the smaller the states.
            int tap = lag == 0 ? 0 : Enumerable.Range(1, DelayPass<float>.Taps - 1).Last(tap => lag % tap == 0);
            inputs[(channel * units.Length) + unit] = 1;
            taps[(tap * units.Length) + unit] = 1;
            dilations[unit] = tap == 0 ? 1 : lag / tap;
        }
        fitted.Model.Pack(forTraining: false);
    }

    /// <summary>Marks the steps without all lags as context, if they are few.</summary>
    private static SequenceDataset WithContext(SequenceDataset data, int longest) =>
        data.With(data.ClassLabels, data.Select(sequence => sequence.Steps > 4 * longest
            ? sequence with { ContextSteps = Math.Max(sequence.ContextSteps, longest) }
            : sequence), data.TargetNames);

    private static int MedianSteps(SequenceDataset data) => data.Select(sequence => sequence.Steps).Order().ElementAt(data.Count / 2);
}
