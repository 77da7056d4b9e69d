using System.Diagnostics;
using System.Globalization;
using Elman.Files;

namespace Elman.Checkpoints;

/// <summary>The files of a checkpoint: complete parts of a training, and the last two states of the part that is under way.</summary>
/// <remarks>
/// Complete parts are written at the next save, so that a short training writes nothing. A state is written after the parts, so parts that
/// precede it are never missing.
/// </remarks>
internal sealed class CheckpointFolder : IDisposable
{
    private const string NameKey = "elman.part", ElapsedKey = "elman.elapsed", ChecksumKey = "elman.crc32c";

    private const string StateBegin = "state-", PartBegin = "part-", End = ".safetensors", LockName = "lock";

    private readonly CheckpointOptions _options;
    private readonly CheckpointIdentity _identity;
    private readonly Dictionary<string, Safetensors> _complete = new(StringComparer.Ordinal);
    private readonly List<State> _states = []; // in order of age
    private readonly List<(string Name, Safetensors Content)> _pending = [];
    private readonly Stopwatch _total = Stopwatch.StartNew(), _sinceSave = Stopwatch.StartNew();
    private bool _exists;
    private FileStream? _lock;

    /// <summary>The time that earlier processes spent on the training.</summary>
    public TimeSpan Before { get; private set; }

    /// <summary>Opens a checkpoint and reads its files, if there are any.</summary>
    /// <exception cref="CheckpointException">It is of other data, options or version, another process uses it, or it can't be
    /// read.</exception>
    public CheckpointFolder(CheckpointOptions options, CheckpointIdentity identity)
    {
        options.Check();
        (_options, _identity) = (options, identity);
        if (!Directory.Exists(options.Folder))
            return;
        try
        {
            Lock();
            ReadAll();
        }
        catch (Exception e) when (_lock is null && e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The checkpoint in '{options.Folder}' can't be used: another process is training with it, or "
                + "the folder is not writable. Wait for its end, or choose another folder.", e);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Returns the content of a part that is complete, once.</summary>
    public Safetensors? FindComplete(string name) => _complete.Remove(name, out Safetensors? content) ? content : null;

    /// <summary>Returns the newest state of a part, once.</summary>
    public Safetensors? FindState(string name)
    {
        Safetensors? found = _states.LastOrDefault(state => state.Content?.Metadata[NameKey] == name)?.Content;
        for (int i = 0; found is not null && i < _states.Count; i++)
            _states[i] = _states[i] with { Content = null };
        return found;
    }

    /// <summary>Returns an exception for a file of the checkpoint that does not have what its part of the training needs.</summary>
    public CheckpointException DoesNotFit(string name, Exception cause) => new(
        $"The checkpoint in '{_options.Folder}' has a file of {name} that does not fit this training. Remove the folder to begin anew.",
        cause);

    /// <summary>Returns whether a state is to be saved now.</summary>
    /// <param name="steps">The number of updates since the last save.</param>
    public bool IsDue(int steps) => _sinceSave.Elapsed >= _options.Every || (_options.EverySteps > 0 && steps >= _options.EverySteps);

    /// <summary>Keeps the content of a part that is complete.</summary>
    public void Keep(string name, Safetensors content)
    {
        _pending.Add((name, content));
        if (IsDue(0))
            Save();
    }

    /// <summary>Writes the state of the part that is under way, and the complete parts that are not written yet.</summary>
    public void SaveState(string name, Safetensors state)
    {
        long number = _states.Count == 0 ? 1 : _states[^1].Number + 1;
        string path = Path.Combine(_options.Folder, FormattableString.Invariant($"{StateBegin}{number:000000}{End}"));
        if (!Save() || !Write(path, name, state))
            return;
        _states.Add(new State(number, path, null));
        while (_states.Count > 2)
        {
            TryDelete(_states[0].Path);
            _states.RemoveAt(0);
        }
        _options.Saved?.Invoke(path);
    }

    /// <summary>Writes the complete parts that are not written yet.</summary>
    /// <returns>Whether that succeeded.</returns>
    public bool Save()
    {
        _sinceSave.Restart();
        while (_pending.Count > 0 && PathOf(_pending[0].Name) is var path && Write(path, _pending[0].Name, _pending[0].Content))
        {
            _pending.RemoveAt(0);
            _options.Saved?.Invoke(path);
        }
        return _pending.Count == 0;
    }

    /// <summary>Completes the training: writes the last parts, unless it was too short to be saved, and deletes the states.</summary>
    public void Finish()
    {
        if (!(_exists || _options.SavesShortTrainings) || !Save())
            return;
        foreach (State state in _states)
            TryDelete(state.Path);
        _states.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    /// <summary>Keeps other processes from using the folder at the same time.</summary>
    private void Lock()
    {
        _lock?.Dispose();
        _lock = null;
        _lock = new FileStream(Path.Combine(_options.Folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1,
            FileOptions.DeleteOnClose);
    }

    private string PathOf(string name) => Path.Combine(_options.Folder, $"{PartBegin}{Uri.EscapeDataString(name)}{End}");

    private void ReadAll()
    {
        foreach (string path in Paths())
        {
            _exists = true;
            if (Read(path) is not { } content)
                TryDelete(path); // it would count as one of the last two states
            else if (StateNumber(path) is long number)
                _states.Add(new State(number, path, content));
            else
                _complete[content.Metadata[NameKey]] = content;
        }
        _states.Sort((a, b) => a.Number.CompareTo(b.Number));
    }

    private string[] Paths()
    {
        try
        {
            return [.. Directory.EnumerateFiles(_options.Folder, $"*{End}").Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The checkpoint in '{_options.Folder}' can't be read: {FileProblem.ReasonOf(e)}.", e);
        }
    }

    /// <summary>Reads a file; <see langword="null"/> if it is damaged.</summary>
    /// <exception cref="CheckpointException">The file is of another training, or of none.</exception>
    private Safetensors? Read(string path)
    {
        Safetensors content;
        try
        {
            content = SafetensorsReader.Read(path);
        }
        catch (ModelFileException e) when (e.InnerException is UnauthorizedAccessException or (IOException and not EndOfStreamException))
        {
            throw new CheckpointException(
                $"The checkpoint in '{_options.Folder}' can't be read: {FileProblem.ReasonOf(e.InnerException)}.", e);
        }
        catch (ModelFileException e)
        {
            return Damaged(e.Message, e);
        }
        if (!content.Metadata.ContainsKey(CheckpointIdentity.VersionKey))
            throw new CheckpointException(
                $"'{path}' is no file of a checkpoint. Choose a folder that has nothing but the checkpoint.");
        if (content.Metadata.GetValueOrDefault(ChecksumKey) != ChecksumOf(content) || !content.Metadata.ContainsKey(NameKey))
            return Damaged($"{path}: Its checksum does not match.", null);
        if (long.TryParse(content.Metadata.GetValueOrDefault(ElapsedKey), NumberStyles.None, CultureInfo.InvariantCulture, out long ticks))
            Before = TimeSpan.FromTicks(Math.Max(Before.Ticks, ticks));
        return _identity.DifferenceTo(content) is { } difference
            ? throw new CheckpointException($"The checkpoint in '{_options.Folder}' was written with {difference}. Use the "
                + "same, or choose another folder to begin anew.")
            : content;
    }

    private Safetensors? Damaged(string what, Exception? cause)
    {
        Warn($"A file of the checkpoint is damaged. {what}", "What it had is trained again.", "Delete it to train what it had again.",
            cause);
        return null;
    }

    /// <summary>Writes a file. If that fails, warns, and the file that was there is unchanged.</summary>
    private bool Write(string path, string name, Safetensors content)
    {
        try
        {
            bool isThere = Directory.Exists(_options.Folder);
            if (_exists && !isThere)
                Warn($"The folder of the checkpoint, '{_options.Folder}', was removed.", "It is created again.",
                    "Training ended; start it again.", null);
            Directory.CreateDirectory(_options.Folder);
            if (_lock is null || !File.Exists(_lock.Name))
                Lock();
            var texts = new Dictionary<string, string>(content.Metadata, StringComparer.Ordinal)
            {
                [NameKey] = name,
                [ElapsedKey] = (Before + _total.Elapsed).Ticks.ToString(CultureInfo.InvariantCulture),
            };
            _identity.Write(texts);
            Safetensors whole = content with { Metadata = texts };
            texts[ChecksumKey] = ChecksumOf(whole);
            AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, whole));
            _exists = true;
        }
        catch (Exception e) when (e is IOException and not CheckpointException or UnauthorizedAccessException)
        {
            Warn($"The checkpoint in '{_options.Folder}' could not be saved: {FileProblem.ReasonOf(e)}.",
                "Training goes on; the next save tries again.", "Training ended; free space or choose another folder.", e);
            return false;
        }
        return true;
    }

    /// <summary>Reports a problem, or ends training if no one receives reports.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="goesOn">How training goes on.</param>
    /// <param name="remedy">What to do, if training ends.</param>
    /// <param name="cause">The exception behind it, if any.</param>
    private void Warn(string problem, string goesOn, string remedy, Exception? cause)
    {
        if (_options.Warnings is null)
            throw new CheckpointException($"{problem} {remedy}", cause!);
        _options.Warnings.Report($"{problem} {goesOn}");
    }

    private static string ChecksumOf(Safetensors content) => content.Checksum(ChecksumKey).ToString("x8", CultureInfo.InvariantCulture);

    private static long? StateNumber(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name.StartsWith(StateBegin, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(StateBegin.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? number
                : null;
    }

    /// <summary>A file with a state.</summary>
    /// <param name="Number">Its number; later states have larger ones.</param>
    /// <param name="Path">The file.</param>
    /// <param name="Content">What an earlier process wrote, until it is used.</param>
    private sealed record State(long Number, string Path, Safetensors? Content);

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An old state does no harm: the newest is used.
        }
    }
}
