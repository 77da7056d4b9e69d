using System.Runtime.Versioning;

namespace Elman.Tests.Persistence;

public sealed class ModelFileWritingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SimpleRnnClassifier<float> _model = SmallRnn.Create<float>();

    [Fact]
    public void A_file_that_stood_there_is_replaced_and_nothing_else_is_left()
    {
        _model.Save(_folder.File("m", "old"u8));
        Assert.Equal(["m"], _folder.Names);
        SimpleRnnClassifier<float>.Load(_folder.File("m")).Dispose();
    }

    [Fact]
    public void A_folder_in_its_place_is_refused_and_kept()
    {
        Directory.CreateDirectory(_folder.File("m"));
        File.WriteAllText(Path.Combine(_folder.File("m"), "inside"), "kept");
        AssertRefused("m", "it is a directory");
        Assert.Equal(["m"], _folder.Names);
        Assert.Equal("kept", File.ReadAllText(Path.Combine(_folder.File("m"), "inside")));
    }

    [Fact]
    public void An_empty_folder_in_its_place_is_refused_and_kept()
    {
        Directory.CreateDirectory(_folder.File("m"));
        AssertRefused("m", "it is a directory");
        Assert.True(Directory.Exists(_folder.File("m")));
        Assert.Equal(["m"], _folder.Names);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused()
    {
        AssertRefused("none/m", $"can't be written here: There is no folder '{_folder.File("none")}' to write 'm' to.");
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void A_file_where_its_folder_should_be_is_refused_and_kept()
    {
        _folder.File("file", "old"u8);
        AssertRefused("file/m", $"There is no folder '{_folder.File("file")}'");
        Assert.Equal(["file"], _folder.Names);
        Assert.Equal("old", File.ReadAllText(_folder.File("file")));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_without_write_permission_is_refused_and_the_old_file_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Everything may be written here.");
        string path = _folder.File("m", "old"u8), folder = Path.GetDirectoryName(path)!;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            AssertRefused("m", "can't be written");
        }
        finally
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["m"], _folder.Names);
    }

    [Theory]
    [InlineData("nul\0in it")]
    [InlineData("a name that goes on and on")]
    public void A_name_that_no_file_can_have_is_refused(string name)
    {
        AssertRefused(name.Replace("on and on", new string('x', 300), StringComparison.Ordinal), "can't be written");
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Several_writers_of_the_same_file_do_not_get_into_each_others_way()
    {
        SimpleRnnClassifier<float>[] models = [.. Enumerable.Range(0, 8).Select(_ => SmallRnn.Create<float>())];
        Parallel.ForEach(models, model =>
        {
            for (int i = 0; i < 10; i++)
                model.Save(_folder.File("m"));
            model.Dispose();
        });
        Assert.Equal(["m"], _folder.Names);
        SimpleRnnClassifier<float>.Load(_folder.File("m")).Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_path_that_is_none_is_refused(string? path) => Assert.ThrowsAny<ArgumentException>(() => _model.Save(path!));

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    private void AssertRefused(string name, string reason)
    {
        string path = _folder.File(name);
        var e = Assert.Throws<ModelFileException>(() => _model.Save(path));
        Assert.StartsWith(path + ": ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", e.Message, StringComparison.Ordinal);
        Assert.Equal(path, e.FilePath);
    }
}
