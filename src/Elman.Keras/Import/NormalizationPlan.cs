using System.Text.Json;
using Elman.Keras.Configuration;
using Elman.Keras.Hdf5;

namespace Elman.Keras.Import;

/// <summary>A Normalization layer: <c>(x − mean)/max(√variance, 10⁻⁷)</c> of each channel.</summary>
internal static class NormalizationPlan
{
    /// <summary>The index of the number of steps that were measured, after the mean and the variance.</summary>
    public const int CountIndex = 2;

    private const double LeastDeviation = 1e-7; // keras.backend.epsilon()
    private const int ChannelAxis = 2; // of [sequences, steps, channels]

    /// <summary>Whether all channels have one mean and one variance.</summary>
    /// <exception cref="ModelFileException">The layer standardises along another axis than that of the channels.</exception>
    public static bool IsScalar(KerasLayer layer)
    {
        JsonElement? axis = layer.Find("axis");
        JsonElement[] axes = axis is { ValueKind: JsonValueKind.Array } ? [.. axis.Items()] : axis is { } one ? [one] : [];
        if (layer.Flag("invert"))
            throw layer.Error("has invert=True", "Elman standardises inputs only; save the model without it.");
        if (axes.Length == 0)
            return true;
        bool isOfChannels = axes is [{ ValueKind: JsonValueKind.Number } only] && only.TryGetInt32(out int number)
            && number is -1 or ChannelAxis;
        return isOfChannels ? false : throw layer.Error("does not standardise along the last axis",
            "Elman standardises each channel; train the model with axis=-1.");
    }

    /// <summary>Returns the standardisation.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="arrays">The mean and the variance; empty if the layer's settings have them.</param>
    /// <exception cref="ModelFileException">A mean or a variance is not a finite number, or there are too few.</exception>
    public static Standardization Of(KerasLayer layer, int channels, IReadOnlyList<Hdf5Array> arrays)
    {
        _ = IsScalar(layer);
        double[] means = Values(layer, "mean", channels, arrays.Count > 0 ? arrays[0] : null);
        double[] variances = Values(layer, "variance", channels, arrays.Count > 0 ? arrays[1] : null);
        if (variances.Any(variance => variance < 0) || variances.Concat(means).Any(value => !double.IsFinite(value)))
            throw layer.Error("has a mean that is not finite, or a variance that is not at least 0", "Adapt it to the training data.");
        return new Standardization(means, variances.Select(variance => Math.Max(Math.Sqrt(variance), LeastDeviation)));
    }

    private static double[] Values(KerasLayer layer, string key, int channels, Hdf5Array? array)
    {
        double[] values;
        if (array is not null)
        {
            float[] numbers = new float[array.Shape.Count == 0 ? 1 : channels];
            array.CopyTo(0, numbers);
            values = [.. numbers.Select(number => (double)number)];
        }
        else
        {
            JsonElement? setting = layer.Find(key);
            IEnumerable<JsonElement> items = setting is { ValueKind: JsonValueKind.Number } one ? [one] : setting.Items();
            values = [.. items.Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out double value)
                ? value
                : throw layer.Error($"has a {key} that is not a list of numbers"))];
        }
        return values.Length == channels ? values
            : values.Length == 1 ? [.. Enumerable.Repeat(values[0], channels)]
            : throw layer.Error($"has {Amount.Of(values.Length, key)} for {Amount.Of(channels, "channel")}");
    }
}
