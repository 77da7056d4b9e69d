using Elman.Data;

namespace Elman.Cli.Input;

/// <summary>
/// Data sets of the UCR and UEA archive on the command line: <c>ucr:NAME</c>, or one part of it, <c>ucr:NAME_TRAIN</c> or
/// <c>ucr:NAME_TEST</c>. Data sets that are not in the cache are downloaded.
/// </summary>
internal sealed class ArchiveData(Terminal terminal)
{
    /// <summary>The prefix of the names of archive data sets.</summary>
    public const string Prefix = "ucr:";

    /// <summary>The environment variable for the URL of another archive.</summary>
    public const string AddressVariable = "ELMAN_ARCHIVE";

    /// <summary>The environment variable for another cache folder.</summary>
    public const string CacheVariable = "ELMAN_CACHE";

    private const string TrainSuffix = "_TRAIN", TestSuffix = "_TEST";

    /// <summary>Whether a name means a data set of the archive.</summary>
    public static bool IsNamed(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether a name means a data set of the archive with both parts.</summary>
    public static bool IsWhole(string name) => IsNamed(name)
        && !name.EndsWith(TrainSuffix, StringComparison.Ordinal) && !name.EndsWith(TestSuffix, StringComparison.Ordinal);

    /// <summary>Returns the name of the test part of a data set with both parts.</summary>
    public static string TestPartOf(string name) => name + TestSuffix;

    /// <summary>Returns the path and the name of a part of a data set.</summary>
    /// <param name="name">The data set, or its part.</param>
    /// <param name="isTest">Whether the name of a whole data set means its test part.</param>
    /// <exception cref="CommandException">The data set can't be downloaded.</exception>
    public (string Path, string Name) Find(string name, bool isTest)
    {
        string part = IsWhole(name) ? name + (isTest ? TestSuffix : TrainSuffix) : name;
        isTest = part.EndsWith(TestSuffix, StringComparison.Ordinal);
        string set = part[Prefix.Length..^(isTest ? TestSuffix : TrainSuffix).Length];
        DataArchive archive = Open(null, null);
        ArchiveSet found = archive.Find(set) ?? Get(archive, set, null);
        return (isTest ? found.TestPath : found.TrainPath, part);
    }

    /// <summary>Returns the archive set by options or environment variables, else the default one.</summary>
    /// <exception cref="CommandException">The URL is not valid.</exception>
    public DataArchive Open(string? address, string? cache)
    {
        string? text = address ?? Variable(AddressVariable);
        if (text is not null && !Uri.IsWellFormedUriString(text, UriKind.Absolute))
            throw new CommandException($"{(address is null ? AddressVariable : "--from")} is {Quoted(text)}; it must be the URL of a "
                + $"folder, such as {DataArchive.DefaultAddress}.");
        return new DataArchive(text is null ? null : new Uri(text), cache ?? Variable(CacheVariable))
        {
            Remark = remark => terminal.Say(remark),
        };
    }

    /// <summary>Downloads a data set, unless it is in the cache.</summary>
    /// <exception cref="CommandException">The download fails.</exception>
    public ArchiveSet Get(DataArchive archive, string name, string? sha256)
    {
        using var interruption = new Interruption(
            () => terminal.Say("stopping; press Ctrl-C again to stop at once."), terminal.Stop);
        using var progress = new ReadingProgress(terminal, $"Getting {name}");
        try
        {
            return archive.GetAsync(name, sha256, progress, interruption.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException e)
        {
            throw new CommandException("Stopped. The part downloaded so far is kept; the same command resumes the download.", e)
            { Status = ExitStatus.Failed };
        }
        catch (Exception e) when (e is UnauthorizedAccessException or (IOException and not DataArchiveException))
        {
            throw new CommandException(
                $"{archive.CacheFolder}: the folder can't be written: {FileProblem.ReasonOf(e)}. Set {CacheVariable} to another folder.", e)
            { Status = ExitStatus.Failed };
        }
    }

    private string? Variable(string name) => terminal.Variable(name) is { Length: > 0 } text ? text : null;
}
