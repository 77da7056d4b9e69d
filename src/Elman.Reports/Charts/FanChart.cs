using Elman.Reports.Html;

namespace Elman.Reports.Charts;

/// <summary>A forecast with its bands, after the last values and beside those that followed.</summary>
internal static class FanChart
{
    private const double Left = 52, Right = 470, Height = 180;

    /// <summary>Draws the chart.</summary>
    public static Picture Draw(ReportForecast forecast)
    {
        var body = new Markup();
        double top = Legend.Draw(
            body, [("values", "s0"), ("forecast", "s1"), .. forecast.Actual.Any(double.IsFinite) ? [("what followed", "s2")]
                : Array.Empty<(string, string)>()],
            Left, 2, Right) + 24;
        int past = forecast.History.Count, ahead = forecast.Forecast.Count;
        var frame = new Frame(
            new Axis(-past + 1, Math.Max(ahead, 1), Left, Right),
            Axis.Over(forecast.History.Concat(forecast.Actual).Concat(forecast.Forecast).Concat(forecast.Quantiles.SelectMany(q => q)),
                top + Height, top));
        frame.Draw(body, "steps ahead", Numbers.Cut(forecast.Name, 60));
        double last = past > 0 ? forecast.History[^1] : double.NaN;
        for (int i = 0; i < forecast.Quantiles.Count / 2; i++)
            Band(body, frame, last, forecast.Quantiles[i], forecast.Quantiles[^(i + 1)]);
        body.Empty("line", ("class", "mark"), ("x1", frame.X.At(0)), ("x2", frame.X.At(0)), ("y1", top), ("y2", top + Height));
        frame.Line(body, forecast.History.Select((value, i) => ((double)(i - past + 1), value)), "s0");
        frame.Line(body, Joined(last, forecast.Actual), "s2");
        frame.Line(body, Joined(last, forecast.Forecast), "s1");
        if (ahead == 1 && double.IsFinite(forecast.Forecast[0]))
            body.Empty("circle", ("class", "dot"), ("cx", frame.X.At(1)), ("cy", frame.Y.At(forecast.Forecast[0])), ("r", 4));
        string bands = forecast.Levels.Count > 1
            ? FormattableString.Invariant($" The shaded band is from the quantile {forecast.Levels[0]} to {forecast.Levels[^1]}.")
            : "";
        return new Picture(
            $"Forecast of {forecast.Name}",
            $"{Numbers.Count(ahead, "step")} ahead from {forecast.From}, after {Numbers.Count(past, "known value")}.{bands}",
            Frame.Width, top + Height + 38, body);
    }

    private static IEnumerable<(double X, double Y)> Joined(double last, IReadOnlyList<double> values) =>
        values.Select((value, i) => (i + 1.0, value)).Prepend((0, last));

    private static void Band(Markup body, Frame frame, double last, IReadOnlyList<double> lower, IReadOnlyList<double> upper)
    {
        IEnumerable<string> points = Joined(last, upper).Concat(Joined(last, lower).Reverse()).Where(point => double.IsFinite(point.Y))
            .Select(point => FormattableString.Invariant($"{frame.X.At(point.X):0.#},{frame.Y.At(point.Y):0.#}"));
        body.Empty("polygon", ("class", "band"), ("points", string.Join(' ', points)));
    }
}
