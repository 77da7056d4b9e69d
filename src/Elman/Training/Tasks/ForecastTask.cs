using Elman.Losses;
using Elman.Models;
using Elman.Training.Objectives;

namespace Elman.Training.Tasks;

/// <summary>Forecasting: at every step, the values of the next steps.</summary>
internal sealed class ForecastTask : SequenceTask
{
    public override ModelTask Kind => ModelTask.Forecast;

    public override string Name => "forecasting";

    public override string FileKind => "sequence-forecaster";

    public override IReadOnlyList<Loss> Losses => RegressTask.NumberLosses;

    public override bool HasClasses => false;

    public override bool HasNames => false;

    public override void CheckFurther(SequenceDataset data, TrainingOptions options, string parameter)
    {
        CheckSteps(data, data.Channels, options, parameter);
        int horizon = options.Forecast.Horizon;
        if (horizon >= data.MaxSteps)
            throw new ArgumentException($"Horizon is {horizon}, but the longest sequence of '{data.Name}' has {data.MaxSteps} steps, so "
                + $"it can be at most {data.MaxSteps - 1}.", parameter);
    }

    public override SequenceDataset Align(
        SequenceDataset data, IReadOnlyList<string> names, int channels, TrainingOptions options, string parameter)
    {
        CheckSteps(data, channels, options, parameter);
        return data;
    }

    public override IReadOnlyList<string> NamesOf(SequenceDataset data) => [];

    public override int OutputSizeOf(SequenceDataset data, TrainingOptions options) => options.Forecast.Horizon * data.OwnChannels;

    public override Objective<float> CreateObjective(OutputMeaning outputs, SequenceDataset data, TrainingOptions options) =>
        new ForecastObjective<float>(LossOf(outputs.Names, options, []), outputs.Horizon, outputs.InputScale);

    protected override double? GuessLossOf(SequenceDataset data, TrainingOptions options, LossFunction loss) =>
        GuessLoss.OfNumbers(
            data.OwnChannels, data.Select(sequence => OwnValues(sequence, data.OwnChannels)), options.Inputs.Standardize, loss);

    public override void Express(OutputMeaning meaning, Span<float> outputs) =>
        meaning.InputScale?.Undo(outputs, meaning.Channels);

    public override double[] TargetOf(SequenceDataset data, AnswerKey key, int outputs)
    {
        Sequence sequence = data[key.Sequence];
        ReadOnlySpan<float> values = sequence.Values.Span;
        double[] target = new double[outputs];
        for (int i = 0; i < target.Length; i++)
        {
            int step = key.Step + 1 + (i / data.OwnChannels);
            target[i] = sequence.IsJudged(step)
                ? values[(step * data.Channels) + (i % data.OwnChannels)]
                : double.NaN;
        }
        return target;
    }

    public override double LossOf(ReadOnlySpan<double> answer, ReadOnlySpan<double> target, ReadOnlySpan<double> units) =>
        SquaredError(answer, target, units);

    private static void CheckSteps(SequenceDataset data, int channels, TrainingOptions options, string parameter)
    {
        if (data.MaxSteps < 2)
            throw new ArgumentException($"'{data.Name}' holds {(data.Count == 0 ? "no sequence" : "only single steps")}; "
                + "a forecast needs sequences of at least two steps.", parameter);
        TrainingData.CheckValues(data, channels, options.Inputs.Missing, parameter);
        TrainingData.CheckForecast(data, options.Forecast.Horizon, options.Inputs.Missing, parameter);
    }

    /// <summary>The values of the forecast channels, <c>[steps, channels]</c>.</summary>
    private static ReadOnlyMemory<float> OwnValues(Sequence sequence, int own)
    {
        if (own == sequence.Channels)
            return sequence.Values;
        float[] values = new float[sequence.Steps * own];
        for (int t = 0; t < sequence.Steps; t++)
            sequence.Values.Span.Slice(t * sequence.Channels, own).CopyTo(values.AsSpan(t * own));
        return values;
    }
}
