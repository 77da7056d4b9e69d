using Elman.Reports.Html;

namespace Elman.Reports.Charts;

/// <summary>The channels of a sequence over its steps, and what speaks for a prediction below them.</summary>
internal static class SeriesChart
{
    /// <summary>The maximum number of points of a line; of more, the lowest and the highest of each piece are drawn.</summary>
    private const int MostPoints = 240;

    private const int MostBars = 100;

    private const double Left = 40, SaliencyHeight = 60;

    /// <summary>Draws the series.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="series">The series.</param>
    /// <param name="width">The width.</param>
    /// <param name="height">The height of the lines.</param>
    /// <param name="perStep">What each step adds to the prediction; <see langword="null"/> for nothing below.</param>
    public static Picture Draw(string title, ReportSeries series, double width, double height, IReadOnlyList<double>? perStep = null)
    {
        var body = new Markup();
        int steps = series.Values.Max(values => values.Count);
        double right = width - 6;
        double top = (series.Channels.Count > 1
            ? Legend.Draw(body, series.Channels.Select((name, i) => (name, Legend.StyleOf(i))), Left - 34, 0, right) : 0) + 20;
        var frame = new Frame(
            new Axis(0, Math.Max(1, steps - 1), Left, right),
            Axis.Over(series.Values.SelectMany(values => values).Select(value => (double)value), top + height, top));
        frame.Draw(body, perStep is null ? "step" : "", series.Channels.Count == 1 ? Numbers.Cut(series.Channels[0], 30) : "value");
        // One cross for each place that can be told apart.
        foreach (int step in series.Marks.DistinctBy(step => (int)(frame.X.At(step) / 2)))
            body.Empty("path", ("class", "cross"), ("d", FormattableString.Invariant(
                $"M{frame.X.At(step) - 3:0.#} {top + height - 8:0.#}l6 6m0-6l-6 6")));
        for (int c = series.Values.Count - 1; c >= 0; c--)
        {
            if (steps == 1 && double.IsFinite(series.Values[c][0]))
                body.Empty("circle", ("class", "dot"), ("cx", frame.X.At(0)), ("cy", frame.Y.At(series.Values[c][0])), ("r", 4));
            else if (steps > 1)
                frame.Line(body, Thinned(series.Values[c]), $"thin {Legend.StyleOf(c)}");
        }
        double bottom = top + height + (perStep is null ? 38 : 26);
        if (perStep is not null)
            bottom = Bars(body, perStep, frame.X, bottom + 14);
        string marks = series.Marks.Count > 0 ? " Crosses mark the steps that are predicted wrongly." : "";
        string below = perStep is null ? "" : " Below, bars upwards are steps that raise the score of the output, bars downwards lower it.";
        return new Picture(
            title, $"{Numbers.Count(steps, "step")} of {string.Join(", ", series.Channels)}.{marks}{below}", width, bottom, body);
    }

    private static double Bars(Markup body, IReadOnlyList<double> perStep, Axis x, double top)
    {
        int bars = Math.Min(MostBars, perStep.Count);
        double[] sums = new double[bars];
        for (int t = 0; t < perStep.Count; t++)
            sums[(int)((long)t * bars / perStep.Count)] += perStep[t];
        double largest = Math.Max(sums.Max(Math.Abs), 1e-300), middle = top + (SaliencyHeight / 2), width = (x.To - x.From) / bars;
        body.Empty("line", ("class", "axis"), ("x1", x.From), ("x2", x.To), ("y1", middle), ("y2", middle));
        for (int i = 0; i < bars; i++)
        {
            double size = sums[i] / largest * SaliencyHeight / 2;
            if (Math.Abs(size) >= 0.1)
                body.Empty("rect", ("class", size > 0 ? "bar for" : "bar against"), ("x", x.From + (i * width)),
                    ("y", middle - Math.Max(size, 0)), ("width", Math.Max(width - 0.6, 0.6)), ("height", Math.Abs(size)));
        }
        body.Element("text", "for ↑", ("class", "tick"), ("x", x.From - 5), ("y", top + 10), ("text-anchor", "end"));
        body.Element("text", "against ↓", ("class", "tick"), ("x", 0), ("y", top + SaliencyHeight + 12));
        body.Element("text", "step", ("class", "name"), ("x", (x.From + x.To) / 2), ("y", top + SaliencyHeight + 14),
            ("text-anchor", "middle"));
        return top + SaliencyHeight + 22;
    }

    private static IEnumerable<(double X, double Y)> Thinned(IReadOnlyList<double> values)
    {
        if (values.Count <= MostPoints)
            return values.Select((value, t) => ((double)t, value));
        var points = new List<(double X, double Y)>();
        int pieces = MostPoints / 2;
        for (int piece = 0; piece < pieces; piece++)
        {
            int first = (int)((long)piece * values.Count / pieces), end = (int)((long)(piece + 1) * values.Count / pieces);
            int lowest = -1, highest = -1;
            for (int t = first; t < end; t++)
            {
                if (double.IsNaN(values[t]))
                    continue;
                lowest = lowest < 0 || values[t] < values[lowest] ? t : lowest;
                highest = highest < 0 || values[t] > values[highest] ? t : highest;
            }
            if (lowest < 0)
                points.Add((first, double.NaN));
            else
                points.AddRange(((int[])[Math.Min(lowest, highest), Math.Max(lowest, highest)])
                    .Select(t => ((double)t, values[t])));
        }
        return points;
    }
}
