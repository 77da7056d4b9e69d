namespace Elman.Reports.Tests.TensorBoard;

/// <summary>A clock that is set by hand.</summary>
public sealed class Clock : TimeProvider
{
    /// <summary>The time in seconds since 1970.</summary>
    public double Seconds { get; set; } = 1700000000.25;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(Seconds);
}
