using System.Security.Cryptography;

namespace Elman.Data.Tests.Archive;

public sealed class DataArchiveTests : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("elman-archive-").FullName;
    private readonly List<string> _remarks = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_set_is_downloaded_once_and_its_wanted_files_are_kept()
    {
        byte[] zip = Zips.Sound();
        using var server = LoopbackServer.Of(zip);
        DataArchive archive = Archive(server);
        Assert.Null(archive.Find(Zips.Name));

        ArchiveSet set = await archive.GetAsync(Zips.Name, cancellationToken: Stop);
        Assert.True(set.WasDownloaded);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(zip)), set.Sha256);
        Assert.Equal(Zips.Train, await File.ReadAllTextAsync(set.TrainPath, Stop));
        Assert.Equal(Zips.Test, await File.ReadAllTextAsync(set.TestPath, Stop));
        Assert.Equal(["Strokes_TEST.ts", "Strokes_TRAIN.ts", "archive.json"], Names(set.Folder));
        Assert.Equal([".Strokes.lock", "Strokes"], Names(_cache));

        Assert.False((await archive.GetAsync(Zips.Name, cancellationToken: Stop)).WasDownloaded);
        Assert.Equal(set.TrainPath, archive.Find(Zips.Name)!.TrainPath);
        Assert.Equal("/archive/Strokes.zip", Assert.Single(server.Asked).Path);
    }

    [Theory]
    [InlineData("\"one\"", 0)]
    [InlineData("\"one\"", 37)]
    [InlineData("\"one\"", 200)]
    public async Task An_interrupted_download_resumes_where_it_stopped(string tag, int cutAfter)
    {
        byte[] zip = Zips.Sound();
        int answers = 0;
        using var server = new LoopbackServer(ask => HttpAnswer.Of(zip, ask, tag) with
        { CutAfter = Interlocked.Increment(ref answers) == 1 ? cutAfter : int.MaxValue });
        if (cutAfter == 0)
            await Refuses(Archive(server), "can't be reached");
        await Archive(server).GetAsync(Zips.Name, cancellationToken: Stop);
        Assert.Equal(cutAfter == 0 ? null : $"bytes={cutAfter}-", server.Asked.ElementAt(1).Range);
        Assert.Equal(cutAfter == 0 ? null : tag, server.Asked.ElementAt(1).IfRange);
    }

    [Fact]
    public async Task What_has_come_before_a_failure_is_kept_for_the_next_time()
    {
        byte[] zip = Zips.Sound();
        bool works = false;
        using var server = new LoopbackServer(ask => HttpAnswer.Of(zip, ask, "\"one\"") with { CutAfter = works ? int.MaxValue : 50 });
        await Refuses(Archive(server), "Strokes.zip was interrupted after 200 of", "the same command resumes it.");
        Assert.Equal(200, new FileInfo(Path.Combine(_cache, ".Strokes.part")).Length);
        works = true;
        await Archive(server).GetAsync(Zips.Name, cancellationToken: Stop);
        Assert.Equal("bytes=200-", server.Asked.Last().Range);
        Assert.Contains(_remarks, remark => remark.Contains("after the 200 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_has_changed_meanwhile_is_not_glued_to_what_had_come()
    {
        byte[] old = Zips.Pack(("Strokes_TRAIN.ts", "old"), ("Strokes_TEST.ts", "old")), zip = Zips.Sound();
        bool isNew = false;
        using var server = new LoopbackServer(ask => isNew
            ? HttpAnswer.Of(zip, ask, "\"two\"")
            : HttpAnswer.Of(old, ask, "\"one\"") with { CutAfter = 20 });
        await Refuses(Archive(server), "Strokes.zip was interrupted after 80 of");
        isNew = true;
        ArchiveSet set = await Archive(server).GetAsync(Zips.Name, cancellationToken: Stop);
        Assert.Equal(Zips.Train, await File.ReadAllTextAsync(set.TrainPath, Stop));
        Assert.Contains(_remarks, remark => remark.Contains("resume; starting again.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("W/\"weak\"")]
    public async Task Without_a_strong_mark_of_the_file_a_download_begins_again(string? tag)
    {
        byte[] zip = Zips.Sound();
        int answers = 0;
        using var server = new LoopbackServer(ask => HttpAnswer.Of(zip, ask, tag) with
        { CutAfter = Interlocked.Increment(ref answers) == 1 ? 30 : int.MaxValue });
        await Archive(server).GetAsync(Zips.Name, cancellationToken: Stop);
        Assert.All(server.Asked, ask => Assert.Null(ask.Range));
    }

    [Fact]
    public async Task The_time_of_the_last_change_is_a_mark_too()
    {
        const string Time = "Wed, 21 Oct 2015 07:28:00 GMT";
        byte[] zip = Zips.Sound();
        int answers = 0;
        using var server = new LoopbackServer(ask =>
        {
            HttpAnswer answer = HttpAnswer.Of(zip, ask with { Headers = ask.Headers.Where(h => h.Key != "if-range").ToDictionary() }, null);
            return answer with
            {
                Headers = [.. answer.Headers, $"Last-Modified: {Time}"],
                CutAfter = Interlocked.Increment(ref answers) == 1 ? 30 : int.MaxValue,
            };
        });
        await Archive(server).GetAsync(Zips.Name, cancellationToken: Stop);
        Assert.Equal(Time, server.Asked.Last().IfRange);
    }

    [Theory]
    [InlineData("bytes 7-300/301")]
    [InlineData("bytes 50-90/91")]
    [InlineData(null)]
    public async Task Another_part_than_was_requested_is_refused(string? range)
    {
        byte[] zip = Zips.Sound();
        int answers = 0;
        using var server = new LoopbackServer(ask => Interlocked.Increment(ref answers) == 1
            ? HttpAnswer.Of(zip, ask, "\"one\"") with { CutAfter = 50 }
            : new HttpAnswer("206 Partial Content", zip[50..], range is null ? [] : [$"Content-Range: {range}"]));
        await Refuses(Archive(server), "a different part of the file");
        Assert.Equal([".Strokes.lock"], Names(_cache));
    }

    [Fact]
    public async Task What_does_not_fit_what_is_there_now_is_thrown_away()
    {
        byte[] zip = Zips.Sound();
        using var server = LoopbackServer.Of(zip);
        await File.WriteAllBytesAsync(Path.Combine(_cache, ".Strokes.part"), new byte[zip.Length + 5], Stop);
        await File.WriteAllTextAsync(
            Path.Combine(_cache, ".Strokes.part.json"), $$"""{"address":"{{server.Address}}/Strokes.zip","mark":"\"one\""}""", Stop);
        await Archive(server).GetAsync(Zips.Name, cancellationToken: Stop);
        Assert.Equal(2, server.Asked.Count);
        Assert.Null(server.Asked.Last().Range);
    }

    [Fact]
    public async Task A_redirection_is_followed()
    {
        byte[] zip = Zips.Sound();
        using var server = new LoopbackServer(ask => ask.Path.StartsWith("/archive", StringComparison.Ordinal)
            ? new HttpAnswer("302 Found", [], "Location: /moved/Strokes.zip")
            : HttpAnswer.Of(zip, ask, null));
        await Archive(server).GetAsync(Zips.Name, cancellationToken: Stop);
        Assert.Equal("/moved/Strokes.zip", server.Asked.Last().Path);
    }

    [Theory]
    [InlineData("503 Service Unavailable", "503 (Service Unavailable); try again later")]
    [InlineData("403 Forbidden", "403 (Forbidden)")]
    [InlineData("302 Found", "302 (Found)")]
    public async Task An_answer_that_is_not_a_file_is_reported(string status, string says)
    {
        using var server = new LoopbackServer(_ => new HttpAnswer(status, []));
        await Refuses(Archive(server), says);
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_taken_for_a_slip()
    {
        using var server = new LoopbackServer(_ => new HttpAnswer("404 Not Found", []));
        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => Archive(server).GetAsync("Stroke",
            cancellationToken: Stop));
        Assert.Contains("There is no data set 'Stroke' at http://127.0.0.1", e.Message, StringComparison.Ordinal);
        Assert.Contains("check the spelling, including case", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_not_waited_for_for_ever()
    {
        using var server = new LoopbackServer(_ => new HttpAnswer("200 OK", new byte[10]) { Length = 100, HangsAfter = true });
        await Refuses(Archive(server, patience: TimeSpan.FromSeconds(0.3)), "was interrupted after 10 of 100 bytes; try again");
    }

    [Fact]
    public async Task An_unreachable_server_is_reported()
    {
        Uri address;
        using (var server = LoopbackServer.Of([]))
            address = server.Address;
        await Refuses(new DataArchive(address, _cache), "can't be reached", "name a mirror");
    }

    [Fact]
    public async Task A_file_that_is_longer_than_allowed_is_refused_before_it_comes()
    {
        using var server = new LoopbackServer(_ => new HttpAnswer("200 OK", []) { Length = 1L << 40, HangsAfter = true });
        await Refuses(Archive(server), "1099511627776 bytes, more than");
    }

    [Fact]
    public async Task A_stop_keeps_what_has_come()
    {
        byte[] zip = Zips.Sound();
        using var server = new LoopbackServer(ask =>
            HttpAnswer.Of(zip, ask, "\"one\"") with { CutAfter = 60, HangsAfter = ask.Range is null });
        using var stop = new CancellationTokenSource();
        var progress = new Heard(() => stop.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Archive(server).GetAsync(Zips.Name, null, progress, stop.Token));
        Assert.Equal(60, new FileInfo(Path.Combine(_cache, ".Strokes.part")).Length);
    }

    [Theory]
    [InlineData("../Strokes")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("a?b")]
    [InlineData("Con")]
    [InlineData("com1")]
    [InlineData("Größe")]
    public async Task A_name_that_could_lead_elsewhere_is_refused(string name)
    {
        using var server = LoopbackServer.Of(Zips.Sound());
        DataArchive archive = Archive(server);
        Assert.Contains("is not", (await Assert.ThrowsAsync<ArgumentException>(
            () => archive.GetAsync(name, cancellationToken: Stop))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => archive.Find(name));
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task A_given_checksum_is_held_against_the_file_in_any_case()
    {
        byte[] zip = Zips.Sound();
        string hash = Convert.ToHexString(SHA256.HashData(zip)), other = new('0', 64);
        using var server = LoopbackServer.Of(zip);
        await Refuses(Archive(server), other, $"has the SHA-256 {hash.ToLowerInvariant()}, not {other}");
        Assert.Equal([".Strokes.lock"], Names(_cache));
        await Archive(server).GetAsync(Zips.Name, hash, cancellationToken: Stop);
        await Refuses(Archive(server), other, "come from a file with the SHA-256");
        await Assert.ThrowsAsync<ArgumentException>(() => Archive(server).GetAsync(Zips.Name, "abc", cancellationToken: Stop));
    }

    [Theory]
    [InlineData("Strokes_TEST.ts", "more", "Strokes_TEST.ts was changed after the download")]
    [InlineData("Strokes_TRAIN.ts", null, "Strokes_TRAIN.ts is not there")]
    [InlineData("archive.json", "{", "archive.json can't be read")]
    [InlineData("archive.json", "[]", "archive.json can't be read")]
    [InlineData("archive.json", null, "archive.json is not there")]
    public async Task Cached_files_that_were_damaged_are_reported_and_got_again(string file, string? content, string says)
    {
        using var server = LoopbackServer.Of(Zips.Sound());
        ArchiveSet set = await Archive(server).GetAsync(Zips.Name, cancellationToken: Stop);
        string path = Path.Combine(set.Folder, file);
        if (content is null)
            File.Delete(path);
        else
            await File.WriteAllTextAsync(path, content, Stop);
        DataArchiveException e = Assert.Throws<DataArchiveException>(() => Archive(server).Find(Zips.Name));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Contains("elman data get Strokes", e.Message, StringComparison.Ordinal);

        Assert.True((await Archive(server).GetAsync(Zips.Name, cancellationToken: Stop)).WasDownloaded);
        Assert.Contains(_remarks, remark => remark.Contains(says, StringComparison.Ordinal));
        Assert.Equal([".Strokes.lock", "Strokes"], Names(_cache));
        Assert.NotNull(Archive(server).Find(Zips.Name));
    }

    [Fact]
    public async Task Two_that_want_the_same_set_at_once_download_it_once()
    {
        byte[] zip = Zips.Sound();
        using var begun = new SemaphoreSlim(0);
        using var go = new ManualResetEventSlim();
        using var server = new LoopbackServer(ask =>
        {
            begun.Release();
            go.Wait(Stop);
            return HttpAnswer.Of(zip, ask, "\"one\"");
        });
        Task<ArchiveSet> one = Task.Run(() => Archive(server).GetAsync(Zips.Name, cancellationToken: Stop), Stop);
        await begun.WaitAsync(Stop);
        var waits = new TaskCompletionSource();
        Task<ArchiveSet> other = new DataArchive(server.Address, _cache) { Remark = _ => waits.TrySetResult() }
            .GetAsync(Zips.Name, cancellationToken: Stop);
        await waits.Task.WaitAsync(Stop);
        go.Set();
        Assert.True((await one).WasDownloaded);
        Assert.False((await other).WasDownloaded);
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task What_an_ended_process_left_is_cleared_away()
    {
        Directory.CreateDirectory(Path.Combine(_cache, ".Strokes.abc.tmp"));
        using var server = LoopbackServer.Of(Zips.Sound());
        await Archive(server).GetAsync(Zips.Name, cancellationToken: Stop);
        Assert.Equal([".Strokes.lock", "Strokes"], Names(_cache));
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("http://127.0.0.1/x?y")]
    public void An_address_that_is_no_folder_of_the_web_is_refused(string address) =>
        Assert.Throws<ArgumentException>(() => new DataArchive(new Uri(address), _cache));

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    private DataArchive Archive(LoopbackServer server, TimeSpan? patience = null) => new(server.Address, _cache)
    {
        Patience = patience ?? TimeSpan.FromMinutes(1),
        Pause = TimeSpan.Zero,
        Remark = remark =>
        {
            lock (_remarks)
                _remarks.Add(remark);
        },
    };

    private static Task Refuses(DataArchive archive, string says, string andSays = "") =>
        says.Length == 64 ? Refuses(archive, says, andSays, "") : Refuses(archive, null, says, andSays);

    private static async Task Refuses(DataArchive archive, string? sha256, string says, string andSays)
    {
        DataArchiveException e = await Assert.ThrowsAsync<DataArchiveException>(
            () => archive.GetAsync(Zips.Name, sha256, cancellationToken: Stop));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Contains(andSays, e.Message, StringComparison.Ordinal);
    }

    private static string[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    private sealed class Heard(Action act) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => act();
    }
}
