using System.Numerics.Tensors;
using Elman.Explanations;
using Elman.Fitted;
using Elman.Kernels;
using Elman.Models;
using Elman.Training.Tasks;

namespace Elman;

/// <content>Explanations of predictions.</content>
public abstract partial class SequenceEstimator
{
    /// <summary>
    /// Returns how much each step and channel of a sequence speaks for an output: gradient times input, or occlusion where a model has no
    /// gradient.
    /// </summary>
    /// <param name="data">The data of the sequence.</param>
    /// <param name="sequence">The index of the sequence.</param>
    /// <param name="output">The index of the class or target; for a forecast, (steps ahead − 1) · channels + channel.
    /// <see langword="null"/> for the predicted class, or the first number.</param>
    /// <remarks>Of a tagger the score is averaged over the steps for which the class is predicted; if there are none, over all.</remarks>
    /// <exception cref="ArgumentException">The data don't match the model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence or output.</exception>
    /// <exception cref="InvalidOperationException">The model is not fitted, or its weights change at the same time.</exception>
    public Saliency Explain(SequenceDataset data, int sequence, int? output = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sequence, data.Count);
        FittedModel known = Fitted;
        int outputs = known.Model.Spec.OutputSize;
        if (output is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(given, nameof(output));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(given, outputs, nameof(output));
        }
        SequenceDataset alone = known.Origin.Arrange(data.Subset([sequence]), nameof(data));
        float[] answer = AnswersOneByOne(known, alone).Single();
        int chosen = output ?? (known.Task.HasClasses ? TensorPrimitives.IndexOfMax<float>(Summed(answer, outputs)) : 0);
        double[] values = new double[alone[0].Steps * alone.Channels];
        bool hasGradient = known.Members.All(GradientTimesInput.IsFor);
        known.Hold(this);
        try
        {
            int version = known.BeginReading();
            using var workers = new Workers(Options.ResolvedThreads);
            var explained = new ExplainedOutput(known, chosen, RowsOf(known, answer, alone[0].Steps, chosen));
            if (hasGradient)
                foreach (Member member in known.Members)
                    GradientTimesInput.Add(member, alone, explained, member.Weight, values, workers);
            else
                Occlusion.Fill(known, alone, explained, values, workers);
            known.CheckUnchanged(version, "the explanation began; ask for it again.");
        }
        finally
        {
            known.Release();
        }
        return new Saliency(hasGradient ? SaliencyMethod.GradientTimesInput : SaliencyMethod.Occlusion, NameOf(known, chosen),
            alone.ChannelNames, values, alone.Channels);
    }

    /// <summary>Evaluates the predictions for some data as those for other data with the same labels.</summary>
    /// <param name="data">The data with the true values.</param>
    /// <param name="seen">The data that are predicted.</param>
    internal CaseAnswers EvaluateCasesSeenAs(SequenceDataset data, SequenceDataset seen)
    {
        FittedModel known = Fitted;
        return CaseCollection.Of(
            known.Task.Kind, known.Names, AlignLabels(known, data), known.Model.Spec.Horizon, AnswersOneByOne(known, seen));
    }

    /// <summary>The sum of the rows of a prediction.</summary>
    private static float[] Summed(float[] answer, int width)
    {
        float[] sum = new float[width];
        for (int i = 0; i < answer.Length; i++)
            sum[i % width] += answer[i];
        return sum;
    }

    /// <summary>The weight of the output of each step; <see langword="null"/> if there is one output.</summary>
    private static double[]? RowsOf(FittedModel known, float[] answer, int steps, int chosen)
    {
        if (!known.Task.AnswersEveryStep)
            return null;
        double[] rows = new double[steps];
        if (known.Task.Kind == ModelTask.Forecast)
        {
            rows[^1] = 1;
            return rows;
        }
        int width = answer.Length / steps;
        for (int t = 0; t < steps; t++)
            rows[t] = TensorPrimitives.IndexOfMax(answer.AsSpan(t * width, width)) == chosen ? 1 : 0;
        double count = rows.Sum();
        return [.. rows.Select(row => count == 0 ? 1.0 / steps : row / count)];
    }

    private static string NameOf(FittedModel known, int output)
    {
        if (known.Task.HasNames)
            return known.Names[output];
        int channels = known.OwnChannels, channel = output % channels;
        string name = known.Origin.ChannelNames.Count > 0
            ? known.Origin.ChannelNames[channel]
            : FormattableString.Invariant($"x{channel + 1}");
        return FormattableString.Invariant($"{name}, {(output / channels) + 1} ahead");
    }
}
