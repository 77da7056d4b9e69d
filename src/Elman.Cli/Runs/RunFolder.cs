using System.Text;
using Elman.Cli.Input;
using Elman.Data;

namespace Elman.Cli.Runs;

/// <summary>The folder of a training: its settings, figures, models and report, and the checkpoint while it lasts.</summary>
internal sealed class RunFolder
{
    /// <summary>The folder in which runs are created.</summary>
    public const string DefaultRoot = "runs";

    private const string WeightsName = "weights", BestName = "best.safetensors", ArgsName = "args.json", MetricsName = "metrics.json";

    /// <summary>A process writes the arguments of a run within this time.</summary>
    private static readonly TimeSpan _longestBeginning = TimeSpan.FromSeconds(5);

    private RunFolder(string path) => Path = path;

    /// <summary>The path of the folder.</summary>
    public string Path { get; }

    /// <summary>The arguments and resolved options.</summary>
    public string Args => File(ArgsName);

    /// <summary>The figures.</summary>
    public string Metrics => File(MetricsName);

    /// <summary>The figures of the epochs.</summary>
    public string Results => File("results.csv");

    /// <summary>The structured log.</summary>
    public string Log => File("log.jsonl");

    /// <summary>The report.</summary>
    public string Report => File("report.html");

    /// <summary>The model.</summary>
    public string Best => System.IO.Path.Combine(Path, WeightsName, BestName);

    /// <summary>The model with the weights after the last epoch.</summary>
    public string Last => System.IO.Path.Combine(Path, WeightsName, "last.safetensors");

    /// <summary>The folder of event files of TensorBoard.</summary>
    public string TensorBoard => File("tensorboard");

    /// <summary>The folder of the checkpoint.</summary>
    public string Checkpoint => File("checkpoint");

    private string LockFile => File("lock");

    /// <summary>The description of the data.</summary>
    public string Data => File("data.json");

    /// <summary>The figures of the folds of a cross-validation.</summary>
    public string Folds => File("folds.csv");

    /// <summary>Whether the work has ended: the figures are written, and the model of a training is there.</summary>
    public bool IsComplete => System.IO.File.Exists(Metrics) && !Directory.Exists(Checkpoint)
        && (System.IO.File.Exists(Best) || System.IO.File.Exists(Folds));

    /// <summary>Whether a process works in the folder.</summary>
    public bool IsInUse
    {
        get
        {
            try
            {
                new FileStream(LockFile, FileMode.Open, FileAccess.Read, FileShare.None).Dispose();
                return false;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
            {
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    /// <summary>Returns the path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Creates a folder for a run: the given one, or the next of its name.</summary>
    /// <param name="given">The path of the folder, if it was given.</param>
    /// <param name="dataName">The data as named on the command line.</param>
    /// <exception cref="CommandException">The folder has a run already, or can't be created.</exception>
    public static RunFolder Create(string? given, string dataName)
    {
        try
        {
            if (given is not null)
                return TryCreate(given) ?? throw new CommandException(IsRun(given)
                    ? $"--run is '{given}', which has a run already; continue it with --resume, or choose another folder."
                    : $"--run is '{given}', which is not an empty folder; choose another one, or remove it.");
            string root = System.IO.Path.Combine(DefaultRoot, NameOf(dataName));
            for (int number = 1; ; number++)
                if (TryCreate(FormattableString.Invariant($"{root}-{number}")) is { } run)
                    return run;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The folder of the run, '{given ?? DefaultRoot}', can't be created: {FileProblem.ReasonOf(e)}. "
                + "Choose another one with --run, or write only a model with --no-run.", e);
        }
    }

    /// <summary>Whether a path is the folder of a run.</summary>
    public static bool IsRun(string path) => System.IO.File.Exists(System.IO.Path.Combine(path, ArgsName));

    /// <summary>Opens the folder of a run.</summary>
    /// <exception cref="CommandException">There is no run in it.</exception>
    public static RunFolder Open(string path) => IsRun(path)
        ? new RunFolder(path)
        : throw new CommandException(Directory.Exists(path)
            ? $"'{path}' has no run: there is no {ArgsName} in it. 'elman runs' lists the runs."
            : $"There is no folder '{path}'. 'elman runs' lists the runs.");

    /// <summary>Returns the runs in a folder, in the order of their names and numbers.</summary>
    public static IReadOnlyList<RunFolder> In(string root) => !Directory.Exists(root)
        ? []
        : [.. Directory.GetDirectories(root).Where(IsRun)
            .Select(path => new RunFolder(path)).OrderBy(run => run.Order.Name, StringComparer.Ordinal).ThenBy(run => run.Order.Number)];

    /// <summary>Returns the model file of a path: the model of a run if it is the folder of one, else the path itself.</summary>
    /// <exception cref="CommandException">It is the folder of a run that has no model yet.</exception>
    public static string ModelOf(string path)
    {
        var run = new RunFolder(path);
        if (System.IO.File.Exists(run.Best))
            return run.Best;
        if (!IsRun(path))
            return path;
        var args = RunArgs.Read(run);
        if (run.IsInUse)
            throw new CommandException($"The run '{path}' has no model yet; wait for its end.");
        throw new CommandException(args.Command == "train"
            ? $"The run '{path}' has no model yet; continue it with: {args.ResumeOf(run)}"
            : $"'{path}' is a run of elman {args.Command}, which has no model; give the run of a training.");
    }

    /// <summary>Keeps other processes from working in the folder, until the result is disposed, and deletes what a killed one left
    /// of files that it was writing.</summary>
    /// <exception cref="CommandException">Another process works in it, or it can't be written.</exception>
    public IDisposable Lock()
    {
        try
        {
            var hold = new FileStream(
                LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            foreach (string folder in (string[])[Path, File(WeightsName)])
                if (Directory.Exists(folder))
                    AtomicFile.DeleteLeftovers(folder);
            return hold;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                $"'{Path}' can't be used: another process works on this run, or the folder is not writable. Wait for its end.", e);
        }
    }

    /// <summary>Deletes the lock that a process left when it was killed after its last write, and its temporary files.</summary>
    /// <exception cref="CommandException">Another process works in the folder.</exception>
    public void DeleteOldLock()
    {
        if (System.IO.File.Exists(LockFile))
            Lock().Dispose();
    }

    /// <summary>Deletes the checkpoint, when training has ended.</summary>
    public void DeleteCheckpoint()
    {
        if (Directory.Exists(Checkpoint))
            Directory.Delete(Checkpoint, recursive: true);
    }

    /// <summary>The name without its number, and the number, so that run 10 comes after run 9.</summary>
    private (string Name, int Number) Order
    {
        get
        {
            string name = System.IO.Path.GetFileName(Path);
            int dash = name.LastIndexOf('-');
            return dash > 0 && int.TryParse(name.AsSpan(dash + 1), out int number) ? (name[..dash], number) : (name, 0);
        }
    }

    /// <summary>Creates the folder, unless it has files already.</summary>
    private static RunFolder? TryCreate(string path)
    {
        var run = new RunFolder(path);
        if (System.IO.File.Exists(path) || (Directory.Exists(path) && !run.DeleteBeginning()))
            return null;
        Directory.CreateDirectory(path);
        try
        {
            // Of two processes at the same time, one creates the file.
            new FileStream(run.Log, FileMode.CreateNew).Dispose();
        }
        catch (IOException) when (System.IO.File.Exists(run.Log))
        {
            return null;
        }
        return run;
    }

    /// <summary>Empties the folder of a run whose process was killed before it had written its arguments.</summary>
    /// <returns>Whether the folder is empty now.</returns>
    private bool DeleteBeginning()
    {
        string[] files = Directory.GetFileSystemEntries(Path);
        DateTime old = DateTime.UtcNow - _longestBeginning;
        if (!files.All(file => (file == Log || file == LockFile || System.IO.Path.GetFileName(file).StartsWith($".{ArgsName}.",
            StringComparison.Ordinal)) && System.IO.File.GetLastWriteTimeUtc(file) < old) || IsInUse)
            return false;
        Array.ForEach(files, System.IO.File.Delete);
        return true;
    }

    /// <summary>Returns the name of data for a folder, such as <c>train</c> for <c>data/train.csv.gz</c>.</summary>
    private static string NameOf(string dataName)
    {
        string name = DataSource.IsPath(dataName)
            ? System.IO.Path.GetFileName(System.IO.Path.GetFullPath(dataName))
            : dataName[(dataName.IndexOf(':', StringComparison.Ordinal) + 1)..];
        while (DataFile.IsNamedLikeData(name) && System.IO.Path.GetFileNameWithoutExtension(name) is { Length: > 0 } shorter)
            name = shorter;
        var plain = new StringBuilder();
        foreach (char c in name)
            plain.Append(char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-');
        string trimmed = plain.ToString().Trim('.', '-');
        return trimmed.Length == 0 ? "run" : trimmed[..Math.Min(trimmed.Length, 60)];
    }
}
