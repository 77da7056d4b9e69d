using Elman.Data;

namespace Elman.Cli.Input;

/// <summary>
/// Data sets of the UCR and UEA archive on the command line: <c>ucr:NAME</c>, or one part of it, <c>ucr:NAME_TRAIN</c> or
/// <c>ucr:NAME_TEST</c>. What is not in the cache is downloaded.
/// </summary>
internal sealed class ArchiveData(Terminal terminal)
{
    /// <summary>What stands before the name of a data set.</summary>
    public const string Prefix = "ucr:";

    /// <summary>The variable of the environment that names another archive.</summary>
    public const string AddressVariable = "ELMAN_ARCHIVE";

    /// <summary>The variable of the environment that names another folder for what was downloaded.</summary>
    public const string CacheVariable = "ELMAN_CACHE";

    private const string TrainSuffix = "_TRAIN", TestSuffix = "_TEST";

    /// <summary>Whether a name means a data set of the archive.</summary>
    public static bool IsNamed(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether a name means a data set of the archive with both parts.</summary>
    public static bool IsWhole(string name) => IsNamed(name)
        && !name.EndsWith(TrainSuffix, StringComparison.Ordinal) && !name.EndsWith(TestSuffix, StringComparison.Ordinal);

    /// <summary>The part for testing of a data set with both.</summary>
    public static string TestPartOf(string name) => name + TestSuffix;

    /// <summary>Where a part of a data set is, and what to call it.</summary>
    /// <param name="name">The data set, or its part.</param>
    /// <param name="isTest">Whether the data set stands for its part for testing.</param>
    /// <exception cref="CommandException">The data set can't be had.</exception>
    public (string Path, string Name) Find(string name, bool isTest)
    {
        string part = IsWhole(name) ? name + (isTest ? TestSuffix : TrainSuffix) : name;
        isTest = part.EndsWith(TestSuffix, StringComparison.Ordinal);
        string set = part[Prefix.Length..^(isTest ? TestSuffix : TrainSuffix).Length];
        DataArchive archive = Open(null, null);
        ArchiveSet found = archive.Find(set) ?? Get(archive, set, null);
        return (isTest ? found.TestPath : found.TrainPath, part);
    }

    /// <summary>The archive that options or the environment name, else the usual one.</summary>
    /// <exception cref="CommandException">It is named by no address.</exception>
    public DataArchive Open(string? address, string? cache)
    {
        string? text = address ?? Variable(AddressVariable);
        if (text is not null && !Uri.IsWellFormedUriString(text, UriKind.Absolute))
            throw new CommandException($"{(address is null ? AddressVariable : "--from")} is '{text}'; it must be the address of a folder, "
                + $"such as {DataArchive.DefaultAddress}.");
        return new DataArchive(text is null ? null : new Uri(text), cache ?? Variable(CacheVariable))
        {
            Remark = remark => terminal.Error.WriteLine($"elman: {remark}"),
        };
    }

    /// <summary>Downloads a data set, unless it is in the cache.</summary>
    /// <exception cref="CommandException">It can't be had.</exception>
    public ArchiveSet Get(DataArchive archive, string name, string? sha256)
    {
        using var interruption = new Interruption(
            () => terminal.Error.WriteLine("elman: stopping; again to give up at once."), terminal.Stop);
        using var progress = new ReadingProgress(terminal, $"Getting {name}");
        try
        {
            return archive.GetAsync(name, sha256, progress, interruption.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException e)
        {
            throw new CommandException("Stopped. What has come of the file is kept; the same command goes on there.", e)
            { Status = ExitStatus.Failed };
        }
        catch (Exception e) when (e is UnauthorizedAccessException or (IOException and not DataArchiveException))
        {
            throw new CommandException(
                $"{archive.CacheFolder}: nothing can be kept there: {e.Message} {CacheVariable} names another folder.", e)
            { Status = ExitStatus.Failed };
        }
    }

    private string? Variable(string name) => terminal.Variable(name) is { Length: > 0 } text ? text : null;
}
