using System.Diagnostics;
using System.Runtime.Versioning;

namespace Elman.Tests.Files;

/// <summary>A file that is written in one piece.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_failed_write_leaves_the_old_content_and_no_other_file()
    {
        string path = Write("one", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_is_replaced_keeps_its_permissions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        string path = Write("secret", "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Write("secret", "new");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_symbolic_link_is_followed_and_stays(bool targetExists)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        string target = _folder.File("target"), link = _folder.File("link");
        if (targetExists)
            File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, "target");
        Write("link", "new");
        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal("target", new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void A_pipe_is_refused_and_stays()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs mkfifo.");
        string path = _folder.File("pipe");
        using (Process process = Process.Start("mkfifo", path))
            process.WaitForExit();
        Assert.Contains("is a pipe or a device", Assert.Throws<IOException>(() => Write("pipe", "new")).Message, StringComparison.Ordinal);
        Assert.True(PosixCalls.IsSpecial(path));
        Assert.True(PosixCalls.IsSpecial("/dev/null"));
        Assert.False(PosixCalls.IsSpecial(_folder.File("nothing")));
        Assert.False(PosixCalls.IsSpecial(Path.GetTempPath()));
    }

    [Fact]
    public void Leftovers_of_killed_processes_are_deleted_but_not_what_another_one_writes()
    {
        string leftover = _folder.File(".model.abcdefgh.xyz.tmp"), used = _folder.File(".model.hgfedcba.zyx.tmp"),
            other = _folder.File(".model.2.abcdefgh.xyz.tmp"), own = _folder.File(".model.tmp");
        foreach (string path in (string[])[leftover, used, other, own])
        {
            File.WriteAllText(path, "part");
            File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }
        string young = _folder.File(".model.aaaaaaaa.bbb.tmp");
        File.WriteAllText(young, "part");
        using (new FileStream(used, FileMode.Open, FileAccess.Write, FileShare.None))
            Write("model", "new");
        Assert.False(File.Exists(leftover));
        Assert.All((string[])[used, other, own, young, _folder.File("model")], path => Assert.True(File.Exists(path), path));
    }

    [Fact]
    public void All_leftovers_of_a_folder_are_deleted_and_nothing_else()
    {
        string[] leftovers = [_folder.File(".model.abcdefgh.xyz.tmp"), _folder.File(".a.b.c.hgfedcba.zyx.tmp")];
        string[] others = [_folder.File("model.abcdefgh.xyz.tmp"), _folder.File(".model.tmp"), _folder.File(".abcdefgh.xyz.tmp"),
            _folder.File(".model.abcdefghxyz1.tmp"), _folder.File(".model.abcdefgh.xyz"), _folder.File("model")];
        foreach (string path in (string[])[.. leftovers, .. others])
            File.WriteAllText(path, "part");
        AtomicFile.DeleteLeftovers(_folder.File("."));
        Assert.All(leftovers, path => Assert.False(File.Exists(path), path));
        Assert.All(others, path => Assert.True(File.Exists(path), path));
    }

    private string Write(string name, string content)
    {
        string path = _folder.File(name);
        AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(content)));
        return path;
    }
}
