namespace Elman.Tests.Oracles;

/// <summary>The inputs of a model, computed from whole sequences, one stage after the other.</summary>
internal static class PlainStages
{
    /// <summary>Returns the rows of a sequence, and for each the last step of the data that it contains.</summary>
    /// <param name="values">The values, <c>[steps, channels]</c>.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="options">The options of the stages.</param>
    /// <param name="means">The values that replace missing ones.</param>
    /// <param name="symbols">The channels, from 0, that hold symbols.</param>
    public static (int Step, double[] Inputs)[] Of(
        float[] values, int channels, TrainingOptions options, double[] means, params int[] symbols)
    {
        int[] quantities = [.. Enumerable.Range(0, channels).Except(symbols)];
        (int Step, double[] Inputs)[] rows = Filled(values, channels, options.Inputs.Missing, means);
        if (options.Inputs.ScaleSequences)
            foreach (int c in quantities)
                Scale(rows, c);
        if (options.Inputs.Differences > 0)
            rows = Differenced(rows, quantities, options.Inputs.Differences, options.Inputs.DifferencesAlone);
        return options.Inputs.Patch > 0 ? Patched(rows, options.Inputs.Patch) : rows;
    }

    /// <summary>Returns the mean and deviation of every column, by two passes; 0 and 1 for columns that are not quantities.</summary>
    public static (double[] Means, double[] Deviations) Moments(IReadOnlyList<double[]> rows, Func<int, bool> isQuantity)
    {
        int width = rows[0].Length;
        double[] means = [.. Enumerable.Range(0, width).Select(i => isQuantity(i) ? rows.Average(row => row[i]) : 0)];
        double[] deviations = [.. Enumerable.Range(0, width)
            .Select(i => isQuantity(i) ? Math.Sqrt(rows.Average(row => Math.Pow(row[i] - means[i], 2))) : 1)];
        return (means, [.. deviations.Select((deviation, i) => deviation > Math.Max(1e-9 * Math.Abs(means[i]), 1e-30) ? deviation : 1)]);
    }

    private static (int Step, double[] Inputs)[] Filled(float[] values, int channels, MissingValues way, double[] means)
    {
        int steps = values.Length / channels;
        float At(int t, int c) => values[(t * channels) + c];
        int[] Seen(int c) => [.. Enumerable.Range(0, steps).Where(t => !float.IsNaN(At(t, c)))];
        double Value(int t, int c)
        {
            int[] before = [.. Seen(c).Where(s => s <= t)], behind = [.. Seen(c).Where(s => s >= t)];
            if (before.Contains(t))
                return At(t, c);
            return way switch
            {
                MissingValues.Last when before.Length > 0 => At(before[^1], c),
                MissingValues.Linear when before.Length > 0 && behind.Length > 0 =>
                    (float)(At(before[^1], c)
                        + (((double)At(behind[0], c) - At(before[^1], c)) * (t - before[^1]) / (behind[0] - before[^1]))),
                MissingValues.Linear when before.Length > 0 => At(before[^1], c),
                MissingValues.Linear when behind.Length > 0 => At(behind[0], c),
                _ => means[c],
            };
        }
        double Since(int t, int c)
        {
            int passed = 1 + t - Seen(c).Where(s => s < t).DefaultIfEmpty(0).Max(), power = 1;
            while (2 * power <= passed)
                power *= 2;
            return (Math.Log2(power) + ((passed - power) / (double)power)) / 2;
        }

        int[] all = [.. Enumerable.Range(0, channels)];
        return
        [
            .. Enumerable.Range(0, steps).Where(t => way != MissingValues.Mask || all.All(c => !float.IsNaN(At(t, c))))
                .Select(t => (t, (double[])
                [
                    .. all.Select(c => Value(t, c)),
                    .. way == MissingValues.Indicate
                        ? [.. all.Select(c => float.IsNaN(At(t, c)) ? 0.0 : 1), .. all.Select(c => Since(t, c))]
                        : (double[])[],
                ])),
        ];
    }

    private static void Scale((int Step, double[] Inputs)[] rows, int column)
    {
        if (rows.Length == 0)
            return;
        double mean = rows.Average(row => row.Inputs[column]),
            deviation = Math.Sqrt(rows.Average(row => Math.Pow(row.Inputs[column] - mean, 2)));
        bool isConstant = deviation <= Math.Max(1e-9 * Math.Abs(mean), 1e-30); // below is rounding
        foreach ((_, double[] inputs) in rows)
            inputs[column] = isConstant ? 0 : (inputs[column] - mean) / deviation;
    }

    private static (int Step, double[] Inputs)[] Differenced((int Step, double[] Inputs)[] rows, int[] quantities, int order, bool isAlone)
    {
        double X(int t, int c) => (float)rows[Math.Max(t, 0)].Inputs[c];
        double First(int t, int c) => X(t, c) - X(t - 1, c);
        double Second(int t, int c) => t == 0 ? 0 : First(t, c) - First(t - 1, c);
        return
        [
            .. rows.Select((row, t) => (row.Step, (double[])
            [
                .. row.Inputs.Select((value, i) => isAlone && quantities.Contains(i) ? First(t, i) : value),
                .. isAlone ? [] : quantities.Select(c => First(t, c)), .. order == 2 ? quantities.Select(c => Second(t, c)) : [],
            ])),
        ];
    }

    private static (int Step, double[] Inputs)[] Patched((int Step, double[] Inputs)[] rows, int patch)
    {
        var patches = new List<(int, double[])>();
        for (int start = 0, covered = 0; covered < rows.Length; start += (patch + 1) / 2)
        {
            int[] steps = [.. Enumerable.Range(start, patch).Select(t => Math.Min(t, rows.Length - 1))];
            patches.Add((rows[steps[^1]].Step, [.. steps.SelectMany(t => rows[t].Inputs.Select(x => (double)(float)x))]));
            covered = start + patch;
        }
        return [.. patches];
    }
}
