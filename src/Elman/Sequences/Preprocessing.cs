using System.Numerics;

namespace Elman.Sequences;

/// <summary>What is done with a step's values on their way into a model: each is standardised; where one is missing (NaN), it is filled, told, or its step passed over.</summary>
/// <remarks>
/// Goes step by step, and what it remembers of earlier steps is the caller's to keep: so a stream gets the bits that a batch has.
/// Only <see cref="MissingValues.Linear"/> looks ahead, in <see cref="Whole"/>, and can't be used on a stream.
/// </remarks>
internal sealed class Preprocessing
{
    /// <summary>The longest time since a channel was last seen that is told apart from longer ones: steps beyond can't be counted in a <see langword="float"/>.</summary>
    private const float LongestInterval = (1 << 24) - 1;

    private readonly double[] _fill; // of each channel, in the units of the model's inputs

    /// <summary>Takes what was chosen and measured as it is.</summary>
    /// <param name="missing">What is done with missing values.</param>
    /// <param name="channels">Channels of the data, C.</param>
    /// <param name="standardization">How values are shifted and scaled, or <see langword="null"/> to take them as they are.</param>
    /// <param name="means">The mean of each channel, where <see cref="NeedsMeans"/> says that there is no other way to know it.</param>
    /// <exception cref="ArgumentException"><see cref="FindProblem"/> finds one.</exception>
    public Preprocessing(MissingValues missing, int channels, Standardization? standardization = null, IReadOnlyList<double>? means = null)
    {
        if (FindProblem(missing, channels, standardization is not null, means) is { } problem)
            throw new ArgumentException(problem, nameof(means));
        Missing = missing;
        Channels = channels;
        Standardization = standardization;
        Means = means;
        _fill = means?.ToArray() ?? new double[channels]; // standardised, the mean is 0
        if (missing == MissingValues.Refuse)
            Array.Fill(_fill, double.NaN); // checked before; what slips through is not made up
    }

    /// <summary>What is done with missing values.</summary>
    public MissingValues Missing { get; }

    /// <summary>Channels of the data, C.</summary>
    public int Channels { get; }

    /// <summary>How values are shifted and scaled, or <see langword="null"/> where they are taken as they are.</summary>
    public Standardization? Standardization { get; }

    /// <summary>The mean of each channel, where it is needed and the standardisation does not have it.</summary>
    public IReadOnlyList<double>? Means { get; }

    /// <summary>Values that go into the model a step, I.</summary>
    public int InputSize => InputsOf(Missing, Channels);

    /// <summary>How many numbers have to be remembered from step to step.</summary>
    public int MemorySize => Missing is MissingValues.Last or MissingValues.Indicate ? Channels : 0;

    /// <summary>Values that go into a model a step.</summary>
    /// <param name="missing">What is done with missing values.</param>
    /// <param name="channels">Channels of the data.</param>
    public static int InputsOf(MissingValues missing, int channels) => missing == MissingValues.Indicate ? checked(3 * channels) : channels;

    /// <summary>Measures data: over the values that are seen, and of those alone that the model takes.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="missing">What is done with missing values.</param>
    /// <param name="standardize">Whether values are to be standardised.</param>
    /// <param name="symbols">Channels whose values are no quantities: they pass as they are.</param>
    /// <exception cref="ArgumentException">A channel has no value at all.</exception>
    public static Preprocessing Fit(SequenceDataset data, MissingValues missing, bool standardize, SymbolTables? symbols = null)
    {
        bool needsMeans = NeedsMeans(missing, standardize);
        if (missing is not (MissingValues.Refuse or MissingValues.Mask))
            CheckSeen(data);
        Standardization? measured = standardize || needsMeans ? Standardization.FitRows(data.Channels, data.Select(sequence => missing.ValuesOf(sequence))) : null;
        measured = measured is null || symbols is null ? measured : WithoutSymbols(measured, symbols);
        return new Preprocessing(missing, data.Channels, standardize ? measured : null, needsMeans ? measured!.Means : null);
    }

    /// <summary>What is wrong with means, in a sentence; <see langword="null"/> where they are as they must be.</summary>
    public static string? FindProblem(MissingValues missing, int channels, bool standardizes, IReadOnlyList<double>? means) => (means, NeedsMeans(missing, standardizes)) switch
    {
        (null, true) => $"The means of the {channels} channels, with which missing values are filled, are not there.",
        (not null, false) => "There are means of the channels, but no missing value is filled with them.",
        (not null, true) when means.Count != channels => $"Missing values are filled with {means.Count} means; the model has {channels} channels.",
        (not null, true) when means.Any(mean => !float.IsFinite((float)mean)) => "A mean with which missing values are filled is not finite.",
        _ => null,
    };

    /// <summary>Whether the means of the channels must be known beside the standardisation.</summary>
    public static bool NeedsMeans(MissingValues missing, bool standardizes) =>
        !standardizes && missing is not (MissingValues.Refuse or MissingValues.Mask);

    /// <summary>Forgets: a sequence begins.</summary>
    /// <param name="memory">What is remembered, <see cref="MemorySize"/> numbers.</param>
    public void Begin(Span<float> memory) => memory.Fill(Missing == MissingValues.Last ? float.NaN : 0);

    /// <summary>What has to be known of a whole sequence before its steps are taken: <see cref="MissingValues.Linear"/> fills its gaps.</summary>
    /// <param name="values">Its values, <c>[steps, channels]</c>.</param>
    /// <param name="room">Takes the result, where it is another; grows as needed.</param>
    /// <returns>The values whose steps <see cref="Take"/> is to be given.</returns>
    public ReadOnlySpan<float> Whole(ReadOnlySpan<float> values, ref float[] room)
    {
        if (Missing != MissingValues.Linear)
            return values;
        if (room.Length < values.Length)
            room = new float[values.Length];
        Interpolation.Fill(values, Channels, room);
        return room.AsSpan(0, values.Length);
    }

    /// <summary>Makes a step's inputs.</summary>
    /// <param name="step">Its values, one a channel; NaN where one is missing.</param>
    /// <param name="memory">What is remembered of the steps before, <see cref="MemorySize"/> numbers: of each channel the last value as it was, NaN before the first; or the steps since it was last seen.</param>
    /// <param name="inputs">Takes what goes into the model, <c>[I]</c>: the values of all channels; then where missing ones are indicated, of each channel whether it is seen, and of each how long ago it was.</param>
    public void Take<T>(ReadOnlySpan<float> step, Span<float> memory, Span<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int c = 0; c < step.Length; c++)
        {
            float value = step[c];
            if (Missing == MissingValues.Last)
                value = memory[c] = float.IsNaN(value) ? memory[c] : value;
            else if (Missing == MissingValues.Indicate)
                Indicate(c, !float.IsNaN(value), memory, inputs);
            inputs[c] = T.CreateTruncating(
                float.IsNaN(value) ? _fill[c] : Standardization is null ? value : Standardization.Apply(value, c));
        }
    }

    private void Indicate<T>(int channel, bool isSeen, Span<float> memory, Span<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        inputs[Channels + channel] = isSeen ? T.One : T.Zero;
        inputs[(2 * Channels) + channel] = T.CreateTruncating(Log4(1 + memory[channel]));
        memory[channel] = isSeen ? 1 : Math.Min(memory[channel] + 1, LongestInterval);
    }

    /// <summary>The logarithm to the base 4 of a number from 1 on, in straight pieces between the powers of 2 (J. Mitchell, 1962); at most 0.043 too low.</summary>
    /// <remarks>A number's exponent and mantissa, read as one number, are just that: no platform's logarithm has a part in it.</remarks>
    private static double Log4(float number) =>
        (BitConverter.SingleToInt32Bits(number) - BitConverter.SingleToInt32Bits(1f)) / (double)(1 << 24);

    private static Standardization WithoutSymbols(Standardization measured, SymbolTables symbols) => new(
        measured.Means.Select((mean, c) => symbols.Include(c + 1) ? 0 : mean),
        measured.Deviations.Select((deviation, c) => symbols.Include(c + 1) ? 1 : deviation));

    private static void CheckSeen(SequenceDataset data)
    {
        for (int channel = 0; channel < data.Channels; channel++)
            if (!data.Any(sequence => IsSeen(sequence, channel)))
                throw new ArgumentException($"Channel {channel + 1} of '{data.Name}' has no value at all, so nothing can be learned from it; leave it out.", nameof(data));
    }

    private static bool IsSeen(Sequence sequence, int channel)
    {
        ReadOnlySpan<float> values = sequence.Values.Span;
        for (int i = channel; i < values.Length; i += sequence.Channels)
            if (!float.IsNaN(values[i]))
                return true;
        return false;
    }
}
