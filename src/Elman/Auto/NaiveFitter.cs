using System.Diagnostics;
using Elman.Fitted;
using Elman.Kernels;
using Elman.Learners;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Training.Tasks;

namespace Elman.Auto;

/// <summary>
/// Creates the model of a naive forecast: the value of every step ahead is the last known value that lies a whole number of periods before
/// it. With a period of one step this is the last value. It is a layer of delay lines with one tap each, so streaming, saving and averaging
/// work as for any other model. Nothing is trained.
/// </summary>
/// <remarks>Values before the start of a sequence are replaced by the training mean.</remarks>
internal static class NaiveFitter
{
    /// <summary>Creates the model and predicts the training data, to which it is not fitted.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="options">The options of the candidate: a unit for each channel and step ahead.</param>
    /// <param name="period">The number of steps of a period, at least 1.</param>
    /// <param name="data">The training data.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CandidateFit Fit(
        Candidate candidate, TrainingOptions options, int period, TrainingSet data, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        FittedModel fitted = Model(options, period, data, cancellationToken);
        var answers = new UnseenAnswers();
        using var workers = new Workers(options.ResolvedThreads);
        foreach ((AnswerKey key, float[] answer) in TemperatureScale.Outputs(
            fitted, data.Data, [.. Enumerable.Range(0, data.Data.Count)], workers))
        {
            fitted.Express(fitted.Members[0], answer);
            answers.Add(key, answer);
        }
        return new CandidateFit(candidate, options, [fitted], answers, watch.Elapsed);
    }

    /// <summary>Creates the model.</summary>
    /// <param name="options">The options of the candidate: a unit for each channel and step ahead.</param>
    /// <param name="period">The number of steps of a period, at least 1.</param>
    /// <param name="data">The training data, whose mean replaces missing history.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FittedModel Model(TrainingOptions options, int period, TrainingSet data, CancellationToken cancellationToken)
    {
        options = options with
        { Model = options.Model with { Layers = [data.Task.OutputSizeOf(data.Data, options)], Bidirectional = false, Residual = false } };
        FittedModel fitted = (data with { Random = new SeededRandom(options.Seed) }).Begin(options, cancellationToken);
        var layer = (DelayLayer<float>)fitted.Model.Layers[0].FromStart;
        Parameters<float> values = fitted.Model.Values;
        values.Buffer.Clear();
        Span<float> inputs = values.Span(layer.Weights.Input), taps = values.Span(layer.Taps), dilations = values.Span(layer.Dilations),
            outputs = values.Span(fitted.Model.Output.Weights);
        int units = layer.Shape.HiddenSize, channels = data.Data.OwnChannels;
        for (int unit = 0; unit < units; unit++)
        {
            int ahead = (unit / channels) + 1, channel = unit % channels;
            int delay = (period * ((ahead + period - 1) / period)) - ahead;
            inputs[(channel * units) + unit] = 1;
            taps[((delay == 0 ? 0 : 1) * units) + unit] = 1;
            dilations[unit] = Math.Max(delay, 1);
            outputs[(unit * units) + unit] = 1;
        }
        fitted.Model.Pack(forTraining: false);
        return fitted;
    }

    /// <summary>Returns the period of a candidate; reports it if there is none.</summary>
    public static int? FindPeriod(Candidate candidate, SequenceDataset data, List<string> leftOut, CancellationToken cancellationToken)
    {
        int? period = candidate.PeriodOf!(data, cancellationToken);
        if (period <= LongestPeriod(data.Channels))
            return period;
        leftOut.Add($"{candidate.Name}: "
            + $"{(period is null ? "no period was found in the data" : $"the period of {period} steps is too long")}.");
        return null;
    }

    /// <summary>The maximum period of a layer of delay lines.</summary>
    /// <param name="channels">The number of channels of the data.</param>
    private static int LongestPeriod(int channels) => DelayLayer<float>.MostDilation(channels);
}
