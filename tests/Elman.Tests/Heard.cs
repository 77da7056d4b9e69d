namespace Elman.Tests;

/// <summary>Keeps what was reported, in order, and may do something at each report. Unlike Progress, it hears at once.</summary>
public sealed class Heard<TReport>(Action<TReport>? then = null) : IProgress<TReport>
{
    public List<TReport> Reports { get; } = [];

    public void Report(TReport value)
    {
        Reports.Add(value);
        then?.Invoke(value);
    }
}
