using Elman.Data;

namespace Elman.Cli.Tests;

public class FailureTests
{
    public static TheoryData<Exception, int, string> Exceptions => new()
    {
        { new CommandException("No."), 2, "No." },
        { new CommandException("Disk full.") { Status = 1 }, 1, "Disk full." },
        { new DataFileException("a.ts", "bad.", 3, 4), 2, "a.ts, line 3, column 4: bad." },
        { new ModelFileException("damaged."), 2, "damaged." },
        { new ArgumentException("Wrong channels.", "data"), 2, "Wrong channels." },
        { new ArgumentOutOfRangeException("step", -1, "A step is below 0."), 2, "A step is below 0." },
        { new DataFileException("a.ts", new ArgumentException("bad.", "data").Message), 2, "a.ts: bad." },
        { new ModelFileException($"not sound: {new ArgumentException("bad.", "x").Message}"), 2, "not sound: bad." },
        { new TrainingDivergedException("Ran away."), 1, "Ran away." },
        {
            new IOException("No space left on device", 28), 1,
            "A file can't be read or written: no space is left on the disk; free some, or choose another one."
        },
        {
            new UnauthorizedAccessException("Denied."), 1,
            "A file can't be read or written: access is not permitted; check the permissions, or choose another place."
        },
        { new FileNotFoundException("Could not find file.", "a.json"), 1, "a.json: there is no such file; check the path." },
        { new CommandException("two\nlines and \u001b[31mred"), 2, "two\\nlines and \\x1b[31mred" },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void An_exception_becomes_a_status_and_a_sentence(Exception exception, int status, string sentence) =>
        Assert.Equal((status, sentence), Failure.Of(exception));

    [Fact]
    public void A_defect_is_reported_in_one_line_without_a_stack_trace()
    {
        (int status, string sentence) = Failure.Of(
            new TypeInitializationException("Type", new InvalidOperationException("inner\r\nreason")));
        Assert.Equal(1, status);
        Assert.Contains("inner\\r\\nreason", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
    }
}
