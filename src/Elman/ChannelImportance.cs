namespace Elman;

/// <summary>
/// The permutation importance of a channel (L. Breiman, 2001): how much worse a model is if the channel's values are exchanged between the
/// sequences, so that they have their distribution but no relation to the target.
/// </summary>
/// <param name="Channel">The index of the channel in the data.</param>
/// <param name="Name">Its name, or its number from 1.</param>
/// <param name="Falls">For each shuffle, the fall of the accuracy or of the share of exact matches; for numbers, the rise of the root mean
/// squared error, divided by the standard deviation of each target if there are several. Below 0, the model is better without it.</param>
/// <remarks>
/// A sequence of another length lends its values stretched to the length. Where there is a single sequence, its values are moved in time by
/// at least a quarter of the steps, in a circle. Channels that carry the same information can replace each other: each then has a small
/// importance, although the model needs one of them.
/// </remarks>
public sealed record ChannelImportance(int Channel, string Name, IReadOnlyList<double> Falls)
{
    /// <summary>The mean of <see cref="Falls"/>.</summary>
    public double Mean => Falls.Average();

    /// <summary>The standard deviation of <see cref="Falls"/>; NaN for a single shuffle.</summary>
    public double Spread => Falls.Count < 2 ? double.NaN : Math.Sqrt(Falls.Sum(fall => (fall - Mean) * (fall - Mean)) / (Falls.Count - 1));

    /// <summary>Measures every channel.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Labelled data that the model was not trained on.</param>
    /// <param name="options">The options; by default all defaults.</param>
    /// <param name="cancellationToken">Stops the measurement.</param>
    /// <returns>The channels, in the order of the data.</returns>
    /// <exception cref="ArgumentException">The data can't be evaluated, as for <see cref="SequenceEstimator.EvaluateCases"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<ChannelImportance> Measure(
        SequenceEstimator model, SequenceDataset data, ImportanceOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new ImportanceOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Repeats, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostSequences, 1, nameof(options));
        var random = new SeededRandom(options.Seed);
        if (data.Count > options.MostSequences)
        {
            int[] order = [.. Enumerable.Range(0, data.Count)];
            random.Shuffle(order.AsSpan());
            data = data.Subset(order.Take(options.MostSequences).Order());
        }
        CaseAnswers whole = model.EvaluateCases(data);
        bool isError = whole is NumberAnswers;
        var channels = new List<ChannelImportance>();
        for (int c = 0; c < data.Channels; c++)
        {
            double[] falls = new double[options.Repeats];
            for (int repeat = 0; repeat < falls.Length; repeat++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double shuffled = model.EvaluateCasesSeenAs(data, Shuffled(data, c, random)).MainFigure;
                falls[repeat] = isError ? shuffled - whole.MainFigure : whole.MainFigure - shuffled;
            }
            channels.Add(new ChannelImportance(
                c, data.ChannelNames.Count > 0 ? data.ChannelNames[c] : FormattableString.Invariant($"{c + 1}"), falls));
        }
        return channels;
    }

    private static SequenceDataset Shuffled(SequenceDataset data, int channel, SeededRandom random)
    {
        int[] from = [.. Enumerable.Range(0, data.Count)];
        ShuffleInACircle(from, random);
        int steps = data[0].Steps, moved = data.Count == 1 ? (steps / 4) + random.NextInt32(Math.Max(1, steps / 2)) : 0;
        return data.With(
            data.ClassLabels, from.Select((other, i) => Exchanged(data[i], data[other], channel, moved)), data.TargetNames);
    }

    /// <summary>Shuffles so that no sequence keeps its own values (S. Sattolo, 1986).</summary>
    private static void ShuffleInACircle(int[] order, SeededRandom random)
    {
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = random.NextInt32(i);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }

    private static Sequence Exchanged(Sequence sequence, Sequence other, int channel, int moved)
    {
        float[] values = sequence.Values.ToArray();
        ReadOnlySpan<float> lent = other.Values.Span;
        for (int t = 0; t < sequence.Steps; t++)
        {
            int step = (int)(((long)t * other.Steps / sequence.Steps) + moved) % other.Steps;
            values[(t * sequence.Channels) + channel] = lent[(step * sequence.Channels) + channel];
        }
        return sequence.WithValues(values);
    }
}
