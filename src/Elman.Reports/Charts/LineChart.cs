using Elman.Reports.Html;

namespace Elman.Reports.Charts;

/// <summary>Lines over one axis, such as losses over epochs.</summary>
internal static class LineChart
{
    private const double Left = 46, Right = 468, Height = 170, CharacterWidth = 6.5;

    /// <summary>Draws the chart.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="description">The description.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="nameOfX">The name of the horizontal axis.</param>
    /// <param name="nameOfY">The name of the vertical axis.</param>
    /// <param name="mark">A place on the horizontal axis that is marked, with its label.</param>
    public static Picture Draw(
        string title, string description, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> lines,
        string nameOfX, string nameOfY, (double X, string Label)? mark = null)
    {
        var body = new Markup();
        double top = Legend.Draw(body, lines.Select((line, i) => (line.Name, Legend.StyleOf(i))), Left, 2, Right) + 24;
        var frame = new Frame(
            Axis.Over(lines.SelectMany(line => line.Points).Select(point => point.X), Left, Right, 0.01),
            Axis.Over(lines.SelectMany(line => line.Points).Select(point => point.Y), top + Height, top));
        frame.Draw(body, nameOfX, nameOfY);
        if (mark is { } place)
        {
            double x = frame.X.At(place.X);
            body.Empty("line", ("class", "mark"), ("x1", x), ("x2", x), ("y1", top), ("y2", top + Height));
            bool isRight = x > (Left + Right) / 2;
            double width = place.Label.Length * CharacterWidth, left = isRight ? x - width : x;
            (double X, double Y)[] near = [.. lines.SelectMany(line => line.Points)
                .Select(point => (X: frame.X.At(point.X), Y: frame.Y.At(point.Y)))
                .Where(point => double.IsFinite(point.Y) && point.X >= left - 10 && point.X <= left + width + 10)];
            double y = ((double[])[top + 12, top + (Height / 2), top + Height - 8])
                .MaxBy(y => near.Select(point => Math.Abs(point.Y - y + 4)).DefaultIfEmpty(0).Min()); // farthest from the lines
            body.Element("text", place.Label, ("class", "label"), ("x", x + (isRight ? -5 : 5)), ("y", y),
                ("text-anchor", isRight ? "end" : "start"));
        }
        for (int i = 0; i < lines.Count; i++)
        {
            frame.Line(body, lines[i].Points, Legend.StyleOf(i));
            if (lines[i].Points.Count == 1 && double.IsFinite(lines[i].Points[0].Y))
                body.Empty("circle", ("class", "dot"), ("cx", frame.X.At(lines[i].Points[0].X)), ("cy", frame.Y.At(lines[i].Points[0].Y)),
                    ("r", 4));
        }
        return new Picture(title, description, Frame.Width, top + Height + 38, body);
    }
}
