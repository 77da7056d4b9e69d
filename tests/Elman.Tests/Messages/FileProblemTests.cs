namespace Elman.Tests.Messages;

public class FileProblemTests
{
    public static TheoryData<Exception, string> Reasons => new()
    {
        { new FileNotFoundException("Could not find file 'a'."), "there is no such file; check the path" },
        { new DirectoryNotFoundException("Could not find a part of the path."), "there is no such folder; create it, or check the path" },
        { FileProblem.Create("'a' is a pipe."), "'a' is a pipe" },
        { new ModelFileException("a: damaged."), "a: damaged" },
        { new IOException("No space left on device : 'a'", 28), "no space is left on the disk; free some, or choose another one" },
        { new IOException("Something", 77), "the system reports error 77; check the path and the disk" },
        { new PathTooLongException("Too long."), "the name is too long; choose a shorter one" },
        { new ArgumentException("Null character in path. (Parameter 'path')"), "the path is not valid; give the name of a file" },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_is_in_our_words(Exception exception, string reason) => Assert.Equal(reason, FileProblem.ReasonOf(exception));

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Errors_of_the_system_are_recognised_by_their_numbers()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("file", "x"u8);
        Assert.StartsWith("no space is left", Reason(() =>
        {
            using FileStream full = new("/dev/full", FileMode.Open, FileAccess.Write);
            full.Write(new byte[10000]);
            full.Flush();
        }), StringComparison.Ordinal);
        Assert.StartsWith("there is a file of this name", Reason(() => new FileStream(file, FileMode.CreateNew).Dispose()),
            StringComparison.Ordinal);
        Assert.StartsWith("the name is too long", Reason(() => File.OpenRead(folder.File(new string('x', 300))).Dispose()),
            StringComparison.Ordinal);
        Assert.StartsWith("there is no such folder", Reason(() => File.OpenRead(folder.File("none/file")).Dispose()),
            StringComparison.Ordinal);
    }

    private static string Reason(Action action) => FileProblem.ReasonOf(Record.Exception(action)!);
}
