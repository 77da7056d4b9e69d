namespace Elman.Tests;

/// <summary>Records the reports in order, and can act at each report. Unlike Progress, it is called synchronously.</summary>
public sealed class Heard<TReport>(Action<TReport>? then = null) : IProgress<TReport>
{
    public List<TReport> Reports { get; } = [];

    public void Report(TReport value)
    {
        Reports.Add(value);
        then?.Invoke(value);
    }
}
