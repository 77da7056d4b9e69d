namespace Elman.Data;

/// <summary>
/// The axes of an array of values, one letter each: <c>n</c> for sequences, <c>t</c> for steps, <c>c</c> for channels.
/// </summary>
/// <remarks>
/// Libraries differ: Keras and PyTorch (<c>batch_first</c>) have <c>ntc</c>, aeon and sktime have <c>nct</c>. A file does not contain this
/// information. So by default the longer of the last two axes is time. This is reported as a warning, unless the other axis has length 1 or
/// something else determines the order.
/// </remarks>
internal static class NumpyAxes
{
    /// <summary>Determines the axes of an array.</summary>
    /// <param name="array">The values.</param>
    /// <param name="options">The options.</param>
    /// <param name="longest">The number of steps of the longest sequence, if the file has lengths.</param>
    /// <param name="remarks">Receives warnings.</param>
    /// <exception cref="DataFileException">The chosen axes do not match the array, or the array can't contain sequences.</exception>
    public static string Of(NpyArray array, DataFileOptions options, long? longest, Remarks remarks)
    {
        long[] shape = array.Header.Shape;
        if (options.Axes is { } chosen)
            return Check(array, chosen);
        switch (shape.Length)
        {
            case 1 when options.Labels == LabelKind.None:
                return "t";
            case 2:
                if (options.Labels == LabelKind.None && shape[1] > 1)
                    remarks.AddOnce($"{Begin(array)} is read as {shape[0]} sequences of {shape[1]} steps; give --axes tc if it is one "
                        + $"series of {shape[0]} steps and {shape[1]} channels.");
                return "nt";
            case 3:
                return OfThree(array, options, longest, remarks);
            default:
                throw array.Error($"the array has the shape {array.Header.ShapeText}; sequences need two axes [sequences, steps] or three, "
                    + "[sequences, steps, channels] or [sequences, channels, steps]"
                    + (shape.Length == 1 ? ". Give --axes t if it is one series." : "."));
        }
    }

    private static string OfThree(NpyArray array, DataFileOptions options, long? longest, Remarks remarks)
    {
        (long first, long second) = (array.Header.Shape[1], array.Header.Shape[2]);
        if (longest is { } steps && first != second && (first == steps || second == steps))
            return first == steps ? "ntc" : "nct";
        int known = options.KnownChannels.Count;
        if (known > 0 && first != second && (first == known || second == known))
            return first == known ? "nct" : "ntc";
        bool stepsFirst = first >= second;
        (long t, long c) = stepsFirst ? (first, second) : (second, first);
        if (c > 1)
            remarks.AddOnce($"{Begin(array)} is read as sequences of {Amount.Of(t, "step")} and {Amount.Of(c, "channel")}, "
                + $"{(stepsFirst ? "[sequences, steps, channels]" : "[sequences, channels, steps]")}, because there are usually more "
                + $"steps than channels; give --axes {(stepsFirst ? "ntc" : "nct")} to confirm, or --axes "
                + $"{(stepsFirst ? "nct" : "ntc")} if it is {c} "
                + $"steps and {Amount.Of(t, "channel")}.");
        return stepsFirst ? "ntc" : "nct";
    }

    private static string Check(NpyArray array, string chosen)
    {
        string axes = chosen.ToLowerInvariant();
        if (axes.Length == 0 || axes.Any(axis => axis is not ('n' or 't' or 'c')) || axes.Distinct().Count() != axes.Length
            || !axes.Contains('t', StringComparison.Ordinal))
            throw array.Error($"the axes {Quoted(chosen)} are not valid; give one of the letters n (sequences), t (steps) and c (channels) "
                + "for each axis of the array, such as ntc or nct.");
        return axes.Length == array.Header.Shape.Length ? axes : throw array.Error(
            $"the axes {Quoted(chosen)} have {axes.Length} letters, but the array has the shape {array.Header.ShapeText}; give a letter "
                + "for each.");
    }

    private static string Begin(NpyArray array) => array.Name is null
        ? $"The array of shape {array.Header.ShapeText}"
        : $"The array {Quoted(array.Name)} of shape {array.Header.ShapeText}";
}
