using System.Globalization;

namespace Elman.Tests.Kernels;

public unsafe class GuardedMemoryTests
{
    public static TheoryData<int> Counts => [0, 1, 7, 1023, 1024, 1025, 4096];

    [Theory]
    [MemberData(nameof(Counts))]
    public void The_byte_after_a_buffer_guarded_at_its_end_is_inaccessible(int count)
    {
        Assert.SkipUnless(GuardedMemory<float>.IsSupported, "Guard pages are set up through Linux system calls.");
        using var memory = new GuardedMemory<float>(count);
        Assert.Equal("---p", PermissionsAt((nuint)(memory.Start + count)));
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void The_byte_before_a_buffer_guarded_at_its_start_is_inaccessible(int count)
    {
        Assert.SkipUnless(GuardedMemory<float>.IsSupported, "Guard pages are set up through Linux system calls.");
        using var memory = new GuardedMemory<float>(count, GuardedEdge.Start);
        Assert.Equal("---p", PermissionsAt((nuint)memory.Start - 1));
    }

    [Theory]
    [InlineData(GuardedEdge.End, -1)]
    [InlineData(GuardedEdge.Start, 3)]
    public void A_write_into_the_slack_is_noticed(GuardedEdge edge, int index)
    {
        Assert.SkipUnless(GuardedMemory<float>.IsSupported, "Guard pages are set up through Linux system calls.");
        using var memory = new GuardedMemory<float>(3, edge);
        memory.Span.Fill(1);
        Assert.True(memory.SlackIsUntouched);
        memory.Start[index] = 1;
        Assert.False(memory.SlackIsUntouched);
    }

    private static string PermissionsAt(nuint address)
    {
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            string[] fields = line.Split([' ', '-'], 3);
            if (nuint.Parse(fields[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture) <= address &&
                address < nuint.Parse(fields[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))
                return fields[2][..4];
        }

        return "unmapped";
    }
}
