namespace Elman.Reports.TensorBoard;

/// <summary>
/// Writes the curves of training as an event file for TensorBoard (<c>tensorboard --logdir FOLDER</c>), which can show them while
/// training runs.
/// </summary>
/// <remarks>
/// <para>
/// Pass it to <c>Fit</c> or <c>FitAsync</c> as <c>progress</c>, or to <c>FitWithCallback</c>. After every epoch it adds a point to the
/// curves <c>train/loss</c>, <c>train/accuracy</c>, <c>val/loss</c>, <c>val/accuracy</c> and <c>lr</c>, those of them that exist; the step
/// is the number of the epoch. The file is complete after every epoch, also if the process is killed then.
/// </para>
/// <para>
/// With the automatic choice (<see cref="TrainingOptions.Auto"/>), the step is the completed share of the planned work in thousandths:
/// <c>candidate/NAME/train_loss</c> is the loss of a candidate that is trained by gradients, if the log is the <c>progress</c> of Fit;
/// a callback does not get it. <c>candidate/NAME</c> is the loss on held-out cases, at step 1000: call
/// <see cref="Add"/> with the leaderboard when training has ended.
/// </para>
/// <para>
/// Use a folder of its own for every training; TensorBoard shows it as a run. A training that is resumed writes a further file into the
/// same folder, with an event that makes TensorBoard discard earlier points of the epochs that are repeated.
/// </para>
/// <para>
/// Format: records of TensorFlow (TFRecord) with messages <c>Event</c>, version 2, values of 32 bits.
/// </para>
/// </remarks>
public sealed class TensorBoardLog : ITrainingCallback, IProgress<TrainingProgress>
{
    private const int AllWork = 1000;

    private readonly TimeProvider _clock;
    private readonly List<byte> _unwritten = [];
    private EventFile? _file;
    private long _firstUnwritten;
    private long _lastStep = -1;
    private string? _lastCandidate;
    private TimeSpan _elapsed;
    private bool _isAnotherTraining;

    /// <summary>Creates a log. Nothing is written before the first point.</summary>
    /// <param name="folder">The folder of the run; it is created when something is first written.</param>
    /// <param name="clock">The clock for the times of the points; by default that of the system.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="folder"/> is null.</exception>
    public TensorBoardLog(string folder, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Folder = folder;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>The folder of the run.</summary>
    public string Folder { get; }

    /// <summary>The path of the event file; <see langword="null"/> before the first point.</summary>
    public string? FilePath => _file is { IsCreated: true } ? _file.Path : null;

    /// <summary>
    /// Receives a sentence if the file can't be written or was removed. Training goes on, and the points are written with the next ones.
    /// If it is <see langword="null"/>, a file that can't be written ends training with an <see cref="IOException"/>.
    /// </summary>
    public IProgress<string>? Warnings { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="progress"/> is null.</exception>
    /// <exception cref="IOException">The file can't be written, and there are no <see cref="Warnings"/>.</exception>
    public bool AfterEpoch(TrainingProgress progress)
    {
        Report(progress);
        return true;
    }

    /// <summary>Adds the points of a report of progress.</summary>
    /// <param name="value">The report.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="IOException">The file can't be written, and there are no <see cref="Warnings"/>.</exception>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _isAnotherTraining |= value.Elapsed < _elapsed;
        _elapsed = value.Elapsed;
        if (value.Candidate is not null)
            AddCandidate(value.Candidate, (long)(value.Fraction * AllWork), value.Loss);
        else if (value.EpochEnded)
            AddEpoch(value);
    }

    /// <summary>Adds the losses of the candidates of an automatic choice on held-out cases.</summary>
    /// <param name="leaderboard">The leaderboard, <see cref="SequenceEstimator.Leaderboard"/> after training.</param>
    /// <exception cref="ArgumentNullException"><paramref name="leaderboard"/> is null.</exception>
    /// <exception cref="IOException">The file can't be written, and there are no <see cref="Warnings"/>.</exception>
    public void Add(Leaderboard leaderboard)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        _lastCandidate = null;
        AddPoints(AllWork, leaderboard.Entries.Select(entry => KeyValuePair.Create($"candidate/{entry.Name}", entry.Loss)));
    }

    private void AddCandidate(string name, long step, double loss)
    {
        if (!double.IsFinite(loss))
            return;
        if (_isAnotherTraining || (name != _lastCandidate && step < _lastStep))
            Restart(step);
        else if (name == _lastCandidate && step <= _lastStep)
            return; // the same thousandth, or a further fold, whose share begins anew
        _lastCandidate = name;
        AddPoints(step, [KeyValuePair.Create($"candidate/{name}/train_loss", loss)]);
    }

    private void AddEpoch(TrainingProgress value)
    {
        if (_isAnotherTraining || value.Epoch <= _lastStep)
            Restart(value.Epoch);
        (string Tag, double? Value)[] figures =
        [
            ("train/loss", value.Loss),
            ("train/accuracy", value.Accuracy),
            ("val/loss", value.ValidationLoss),
            ("val/accuracy", value.ValidationAccuracy),
            ("lr", value.LearningRate),
        ];
        AddPoints(value.Epoch, figures.Where(figure => figure.Value is not null)
            .Select(figure => KeyValuePair.Create(figure.Tag, figure.Value!.Value)));
    }

    /// <summary>Discards earlier points: another training began with this log.</summary>
    private void Restart(long step)
    {
        _isAnotherTraining = false;
        AddRecord(EventRecord.OfStart(Now, step), step);
    }

    private void AddPoints(long step, IEnumerable<KeyValuePair<string, double>> points)
    {
        AddRecord(EventRecord.OfScalars(Now, step, points), step);
        _lastStep = step;
        try
        {
            Write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string sentence = $"The curves for TensorBoard can't be written to '{FilePath ?? Folder}': {FileProblem.ReasonOf(e)}.";
            if (Warnings is null)
                throw new IOException($"{sentence} Free space or choose another folder, or set Warnings to train on without them.", e);
            Warnings.Report($"{sentence} Training goes on; they are written with the next point.");
        }
    }

    private void AddRecord(byte[] record, long step)
    {
        if (_unwritten.Count == 0)
            _firstUnwritten = step;
        _unwritten.AddRange(record);
    }

    private void Write()
    {
        if (_file is { IsCreated: true, IsWhole: false })
            Warnings?.Report($"The file '{_file.Path}' was removed or cut; its points are lost, and a new file has the further ones.");
        if (_file is not { IsCreated: true, IsWhole: true })
        {
            Directory.CreateDirectory(Folder);
            _file = new EventFile(Path.Combine(Folder, EventFileName.Next(Folder, _clock.GetUtcNow())));
        }
        byte[] start = _file.Length > 0 ? [] : [.. EventRecord.OfVersion(Now), .. EventRecord.OfStart(Now, _firstUnwritten)];
        _file.Append([.. start, .. _unwritten]);
        _unwritten.Clear();
    }

    /// <summary>The time in seconds since 1970.</summary>
    private double Now => (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
}
