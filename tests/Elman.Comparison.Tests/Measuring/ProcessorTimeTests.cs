using Elman.Comparison.Measuring;

namespace Elman.Comparison.Tests.Measuring;

public class ProcessorTimeTests
{
    [Fact]
    public void Idle_and_waiting_are_not_busy()
    {
        // user nice system idle iowait irq softirq steal guest guest_nice, in hundredths of a second
        (double busy, double all) = ProcessorTime.Parse("cpu  100 20 30 4000 500 6 7 8 90 1");
        Assert.Equal(1.71, busy, 1e-9);
        Assert.Equal(46.71, all, 1e-9);
    }
}
