using Elman.Reports.Html;

namespace Elman.Reports.Charts;

/// <summary>The frame of a chart: two axes with grid lines, ticks and names.</summary>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis, whose <see cref="Axis.From"/> is the bottom.</param>
internal sealed record Frame(Axis X, Axis Y)
{
    /// <summary>The usual width of a chart.</summary>
    public const double Width = 480;

    /// <summary>Draws the axes.</summary>
    public void Draw(Markup body, string nameOfX, string nameOfY)
    {
        foreach (double tick in Y.Ticks(4))
        {
            body.Empty("line", ("class", "grid"), ("x1", X.From), ("x2", X.To), ("y1", Y.At(tick)), ("y2", Y.At(tick)));
            body.Element("text", Y.TextOf(tick), ("class", "tick"), ("x", X.From - 5),
                ("y", Y.At(tick) + 4), ("text-anchor", "end"));
        }
        double lastEnd = double.NegativeInfinity;
        foreach (double tick in X.Ticks(6))
        {
            string text = X.TextOf(tick);
            body.Empty("line", ("class", "axis"), ("x1", X.At(tick)), ("x2", X.At(tick)), ("y1", Y.From), ("y2", Y.From + 4));
            double half = text.Length * 3.4;
            if (X.At(tick) - half < lastEnd || X.At(tick) + half > X.To + 6)
                continue;
            lastEnd = X.At(tick) + half + 6;
            body.Element("text", text, ("class", "tick"), ("x", X.At(tick)), ("y", Y.From + 16), ("text-anchor", "middle"));
        }
        body.Empty("line", ("class", "axis"), ("x1", X.From), ("x2", X.To), ("y1", Y.From), ("y2", Y.From));
        body.Element("text", nameOfX, ("class", "name"), ("x", (X.From + X.To) / 2), ("y", Y.From + 31), ("text-anchor", "middle"));
        body.Element("text", nameOfY, ("class", "name"), ("x", X.From - 40 > 0 ? X.From - 42 : 2), ("y", Y.To - 8));
    }

    /// <summary>Draws a line through points; where a value is missing it is interrupted.</summary>
    public void Line(Markup body, IEnumerable<(double X, double Y)> points, string style)
    {
        var path = new System.Text.StringBuilder();
        bool isDown = false;
        foreach ((double x, double y) in points)
        {
            if (!double.IsFinite(y))
            {
                isDown = false;
                continue;
            }
            double clamped = Math.Clamp(Y.At(y), Math.Min(Y.From, Y.To), Math.Max(Y.From, Y.To));
            path.Append(FormattableString.Invariant($"{(isDown ? 'L' : 'M')}{X.At(x):0.#} {clamped:0.#}"));
            isDown = true;
        }
        body.Empty("path", ("class", $"line {style}"), ("d", path.ToString()));
    }
}
