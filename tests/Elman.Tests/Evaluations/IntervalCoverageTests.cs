using System.Globalization;

namespace Elman.Tests.Evaluations;

/// <summary>
/// The share of simulated samples whose 95 % interval contains the true value. The environment variable ELMAN_COVERAGE sets the number of
/// samples; from 1,000 on the limits are narrow. ELMAN_COVERAGE_FILE names a file to which the shares are added.
/// </summary>
public sealed class IntervalCoverageTests
{
    private static readonly int _samples = int.Parse(
        Environment.GetEnvironmentVariable("ELMAN_COVERAGE") ?? "60", NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>
    /// Figures whose intervals can be wider than they need be: areas and average precision near 1, the log loss of a nearly perfect
    /// classifier, and a calibration error near 0, where only the upper limit can miss.
    /// </summary>
    private static readonly string[] _wide = ["rocAuc", "averagePrecision", "calibrationError", "logLoss"];

    public static TheoryData<SimulatedCases, int> Independent => new()
    {
        { new SimulatedCases(2, 1, 1), 40 },
        { new SimulatedCases(3, 2, 2), 100 },
        { new SimulatedCases(3, 2, 4), 100 },
        { new SimulatedCases(10, 2.5, 2.5), 300 },
        { new SimulatedCases(3, 3.5, 3.5), 100 },
        { new SimulatedCases(2, 4, 4), 600 },
    };

    public static TheoryData<SimulatedCases, int> Grouped => new()
    {
        { new SimulatedCases(3, 2, 2, 20, 1), 200 },
        { new SimulatedCases(3, 3, 3, 30, 1.5), 600 },
        { new SimulatedCases(2, 2, 2, 100, 1), 300 },
    };

    [Theory]
    [MemberData(nameof(Independent))]
    public void Intervals_of_classes_contain_the_true_value(SimulatedCases simulated, int cases) =>
        Check($"{simulated}, {cases} cases", simulated.Coverage(cases, _samples, 5), 0.93);

    [Theory]
    [MemberData(nameof(Grouped))]
    public void Intervals_of_grouped_cases_contain_the_true_value(SimulatedCases simulated, int cases) =>
        Check($"{simulated}, {cases} cases", simulated.Coverage(cases, _samples, 5), 0.91, ["calibrationError"]);

    [Theory]
    [InlineData(30, false, 1)]
    [InlineData(100, false, 1)]
    [InlineData(100, true, 1)]
    [InlineData(200, false, 10)]
    public void Intervals_of_errors_of_numbers_contain_the_true_value(int cases, bool isHeavy, int ofGroup)
    {
        var simulated = new SimulatedNumbers(isHeavy, ofGroup);
        Check($"{simulated}, {cases} cases", simulated.Coverage(cases, _samples, 7), isHeavy ? 0.88 : 0.92);
    }

    private static string Shown(KeyValuePair<string, double> figure) =>
        FormattableString.Invariant($"{figure.Key} {figure.Value:0.000}");

    private static void Check(string scenario, Dictionary<string, double> coverage, double least, params string[] weak)
    {
        if (Environment.GetEnvironmentVariable("ELMAN_COVERAGE_FILE") is { } file)
            File.AppendAllText(file, $"{scenario}: {string.Join(' ', coverage.Select(Shown))}\n");
        double noise = 3.3 * Math.Sqrt(0.05 * 0.95 / _samples);
        Assert.NotEmpty(coverage);
        Assert.All(coverage, figure =>
        {
            Assert.InRange(figure.Value, least - noise - (weak.Contains(figure.Key) ? 0.05 : 0), 1);
            if (_samples >= 1000 && !_wide.Contains(figure.Key))
                Assert.InRange(figure.Value, 0, 0.97 + noise);
        });
    }
}
