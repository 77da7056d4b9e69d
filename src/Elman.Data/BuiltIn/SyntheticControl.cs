namespace Elman.Data;

/// <summary>Control charts: readings of a process that runs normally, oscillates, drifts or jumps; each chart is standardised.</summary>
/// <remarks>
/// y(t) = 30 + 2r for t = 0 … 59, with r ~ U(−3, 3) at each step, plus by class: cyclic a·sin(2πt/T), a, T ~ U(10, 15); trends ±g·t, g ~
/// U(0.2, 0.5); shifts ±x from t₃ on, x ~ U(7.5, 20), t₃ ~ U(20, 40). Then it is standardised to mean 0 and variance 1, with the divisor n
/// − 1, as published by the archives. D. T. Pham and A. B. Chan (1998); R. J. Alcock and Y. Manolopoulos (1999).
/// </remarks>
internal sealed class SyntheticControl : IDataGenerator
{
    private const int Steps = 60;

    public string Name => "synthetic-control";

    public string Description => "control charts: a process that is normal, swings, drifts or jumps";

    public string Source => "D. T. Pham and A. B. Chan (1998), Control chart pattern recognition using a new type of self-organizing "
        + "neural network; R. J. Alcock and Y. Manolopoulos (1999), Time-series similarity queries employing a feature-based approach";

    public int Channels => 1;

    public IReadOnlyList<string> ClassLabels { get; } = ["normal", "cyclic", "increasing-trend", "decreasing-trend",
        "upward-shift", "downward-shift"];

    public int DefaultTrainCases => 600;

    public int DefaultTestCases => 600;

    public Sequence Draw(int label, SeededRandom random)
    {
        Span<double> chart = stackalloc double[Steps];
        DrawChart(label, random, chart);
        float[] values = new float[Steps];
        Standardise(chart, values);
        return new Sequence(values, 1, label);
    }

    /// <summary>Draws a chart of the process before standardisation.</summary>
    internal static void DrawChart(int label, SeededRandom random, Span<double> chart)
    {
        double a = 0, period = 1, slope = 0, shift = 0, shiftStart = 0;
        switch (label)
        {
            case 1:
                a = random.NextUniform(10, 15);
                period = random.NextUniform(10, 15);
                break;
            case 2 or 3:
                slope = random.NextUniform(0.2, 0.5) * (label == 2 ? 1 : -1);
                break;
            case 4 or 5:
                shift = random.NextUniform(7.5, 20) * (label == 4 ? 1 : -1);
                shiftStart = random.NextUniform(20, 40);
                break;
        }
        for (int t = 0; t < chart.Length; t++)
        {
            double noise = 2 * random.NextUniform(-3, 3);
            chart[t] = 30 + noise + (a * Math.Sin(2 * Math.PI * t / period)) + (slope * t) + (t >= shiftStart ? shift : 0);
        }
    }

    private static void Standardise(ReadOnlySpan<double> chart, Span<float> values)
    {
        double sum = 0, squares = 0;
        foreach (double y in chart)
            sum += y;
        double mean = sum / chart.Length;
        foreach (double y in chart)
            squares += (y - mean) * (y - mean);
        double deviation = Math.Sqrt(squares / (chart.Length - 1));
        for (int t = 0; t < chart.Length; t++)
            values[t] = (float)((chart[t] - mean) / deviation);
    }
}
