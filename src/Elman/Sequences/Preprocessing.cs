using System.Collections.Immutable;
using System.Numerics;
using Elman.Checksums;
using Elman.Sequences.Stages;

namespace Elman.Sequences;

/// <summary>
/// Preprocesses the values of a step before they enter a model, in a list of stages. The first treats missing values (NaN), the last one
/// standardises.
/// </summary>
/// <remarks>
/// It works step by step, and the caller stores the memory of the stages; so a stream has the same bits as a batch. Only if
/// <see cref="CanStream"/> is false does a stage need the whole sequence before its first step.
/// </remarks>
internal sealed class Preprocessing
{
    private readonly MissingStage _first;
    private readonly Stage[] _stages; // the first included
    private readonly int _rowSize;
    private readonly int _measureSize;

    /// <summary>Creates a preprocessing from known settings and measurements.</summary>
    /// <param name="missing">The treatment of missing values.</param>
    /// <param name="channels">The number of channels of the data, C.</param>
    /// <param name="standardization">The shift and scale of the first inputs, or <see langword="null"/> for none.</param>
    /// <param name="means">The mean of each channel, if <see cref="NeedsMeans"/> is true.</param>
    /// <param name="stages">The stages between missing values and standardisation; by default none.</param>
    /// <param name="symbols">The channels that hold symbols; by default none.</param>
    /// <exception cref="ArgumentException"><see cref="FindProblem"/> finds a problem.</exception>
    public Preprocessing(MissingValues missing, int channels, Standardization? standardization = null, IReadOnlyList<double>? means = null,
        InputStages? stages = null, SymbolTables? symbols = null)
    {
        Stages = stages ?? InputStages.None;
        if (FindProblem(missing, channels, standardization is not null, means, Stages) is { } problem)
            throw new ArgumentException(problem, nameof(means));
        Missing = missing;
        Channels = channels;
        Standardization = standardization;
        Means = means;
        IReadOnlyList<double> fill = missing == MissingValues.Refuse
            ? [.. Enumerable.Repeat(double.NaN, channels)] // checked before; a missing mean leads to NaN, not to an invented value
            : means ?? standardization?.Means ?? [.. new double[channels]];
        _first = new MissingStage(
            missing, [.. fill.Take(channels)], [.. Enumerable.Range(1, channels).Select(channel => symbols?.Include(channel) != true)]);
        List<Stage> all = [_first, .. Stages.Behind(_first)];
        if (standardization is not null)
            all.Add(new StandardizeStage(standardization, all[^1].Outputs));
        _stages = [.. all];
        _rowSize = all.Max(stage => stage.OutputSize);
        _measureSize = all.Sum(stage => stage.MeasureSize);
        MemorySize = all.Sum(stage => stage.MemorySize);
    }

    /// <summary>The treatment of missing values.</summary>
    public MissingValues Missing { get; }

    /// <summary>The stages between missing values and standardisation.</summary>
    public InputStages Stages { get; }

    /// <summary>The number of channels of the data, C.</summary>
    public int Channels { get; }

    /// <summary>
    /// The shift and scale of the first inputs, those of the channels first; <see langword="null"/> for none.
    /// </summary>
    public Standardization? Standardization { get; }

    /// <summary>The mean of each channel, if it is needed and not part of the standardisation.</summary>
    public IReadOnlyList<double>? Means { get; }

    /// <summary>The number of inputs of the model per step, I.</summary>
    public int InputSize => Inputs.Length;

    /// <summary>For each input of the model, whether it is a quantity, not a symbol or an indicator.</summary>
    public ImmutableArray<bool> Inputs => _stages[^1].Outputs;

    /// <summary>The number of values to store from step to step.</summary>
    public int MemorySize { get; }

    /// <summary>Whether no stage needs later steps.</summary>
    public bool CanStream => _stages.All(stage => stage.CanStream);

    /// <summary>Whether each step of the model is a step of the data.</summary>
    public bool KeepsSteps => Stages.Patch == 0;

    /// <summary>Returns the number of model steps.</summary>
    /// <param name="taken">The number of taken data steps.</param>
    public long StepsAfter(long taken)
    {
        foreach (Stage stage in _stages)
            taken = stage.StepsAfter(taken);
        return taken;
    }

    /// <summary>
    /// Returns the number of model steps that later data do not change; if it is less than <see cref="StepsAfter"/>, the last one may
    /// change.
    /// </summary>
    /// <param name="taken">The number of steps that were taken so far.</param>
    public long CompleteAfter(long taken)
    {
        foreach (Stage stage in _stages)
            taken = stage.CompleteAfter(taken);
        return taken;
    }

    /// <summary>The number of model steps of a sequence.</summary>
    public int StepsOf(Sequence sequence) => (int)StepsAfter(Missing.StepsOf(sequence));

    /// <summary>The maximum number of model steps of any sequence.</summary>
    public int MostStepsOf(SequenceDataset data) => (int)StepsAfter(Missing.MostStepsOf(data));

    /// <summary>A hash that differs between different preprocessings with high probability.</summary>
    /// <param name="before">A number.</param>
    public uint Fingerprint(uint before)
    {
        uint mark = Checksum.Add(before, [(byte)Missing]);
        return Stages.IsNone
            ? mark
            : Checksum.Add(mark, [(byte)((Stages.ScaleSequences ? 1 : 0) + (Stages.DifferencesAlone ? 2 : 0)), (byte)Stages.Differences,
                .. BitConverter.GetBytes(Stages.Patch), .. Stages.Ngrams is { } ngrams
                    ? System.Runtime.InteropServices.MemoryMarshal.AsBytes(ngrams.Keys.Keys) : []]);
    }

    /// <summary>
    /// Measures the training data: over the observed values, and only those in steps that are used. After further stages, inputs are
    /// measured as they go into the model, including filled values.
    /// </summary>
    /// <param name="data">The training data.</param>
    /// <param name="missing">The treatment of missing values.</param>
    /// <param name="standardize">Whether values are to be standardised.</param>
    /// <param name="symbols">The channels that hold symbols, which are not changed.</param>
    /// <param name="stages">The stages between missing values and standardisation; by default none.</param>
    /// <exception cref="ArgumentException">A channel has no values, or a stage does not support these data.</exception>
    public static Preprocessing Fit(
        SequenceDataset data, MissingValues missing, bool standardize, SymbolTables? symbols = null, InputStages? stages = null)
    {
        symbols ??= SymbolTables.None;
        stages ??= InputStages.None;
        if (stages.FindProblems(missing, data.Channels, symbols.Count) is { Count: > 0 } problems)
            throw new ArgumentException(string.Join(' ', problems), nameof(data));
        bool needsMeans = NeedsMeans(missing, standardize, stages);
        if (missing is not (MissingValues.Refuse or MissingValues.Mask))
            CheckSeen(data);
        Standardization? measured = (standardize && stages.IsNone) || needsMeans
            ? WithoutSymbols(Standardization.FitRows(data.Channels, data.Select(sequence => missing.ValuesOf(sequence))), symbols)
            : null;
        IReadOnlyList<double>? means = needsMeans ? measured!.Means : null;
        if (standardize && !stages.IsNone)
            measured = new Preprocessing(missing, data.Channels, null, means, stages, symbols).MeasureInputs(data);
        return new Preprocessing(missing, data.Channels, standardize ? measured : null, means, stages, symbols);
    }

    /// <summary>Returns the problem with means, as a sentence; <see langword="null"/> if there is none.</summary>
    public static string? FindProblem(
        MissingValues missing, int channels, bool standardizes, IReadOnlyList<double>? means, InputStages? stages = null) =>
        (means, NeedsMeans(missing, standardizes, stages)) switch
        {
            (null, true) => $"The means of the {Amount.Of(channels, "channel")} are missing; they are needed to fill missing values.",
            (not null, false) => "There are means of the channels, but Missing does not use them.",
            (not null, true) when means.Count != channels =>
                $"{Amount.Of(means.Count, "mean")} for filling missing values; the model has {Amount.Of(channels, "channel")}.",
            (not null, true) when means.Any(mean => !float.IsFinite((float)mean)) =>
                "A mean for filling missing values is not finite.",
            _ => null,
        };

    /// <summary>
    /// Whether the means of the channels are needed in addition to the standardisation: after further stages its means are those of other
    /// values.
    /// </summary>
    public static bool NeedsMeans(MissingValues missing, bool standardizes, InputStages? stages = null) =>
        (!standardizes || stages is { IsNone: false }) && missing is not (MissingValues.Refuse or MissingValues.Mask);

    /// <summary>Makes the work space large enough.</summary>
    public void Reserve(StageBuffers room) => room.Reserve(_rowSize, _measureSize);

    /// <summary>Resets the memory: a sequence starts.</summary>
    /// <param name="memory">The memory, <see cref="MemorySize"/> values.</param>
    public void Begin(Span<float> memory)
    {
        foreach (Stage stage in _stages)
        {
            stage.Begin(memory[..stage.MemorySize]);
            memory = memory[stage.MemorySize..];
        }
    }

    /// <summary>Whether a memory is one that a sequence can leave.</summary>
    /// <param name="memory">The memory, <see cref="MemorySize"/> values.</param>
    /// <param name="symbols">The tables whose indices are in it.</param>
    public bool CanRemember(ReadOnlySpan<float> memory, SymbolTables symbols)
    {
        foreach (Stage stage in _stages)
        {
            if (!stage.CanRemember(memory[..stage.MemorySize], symbols))
                return false;
            memory = memory[stage.MemorySize..];
        }
        return true;
    }

    /// <summary>Resets the memory: a whole sequence starts. Scans it if a stage needs the whole sequence before its first step.</summary>
    /// <param name="values">The values of the sequence, <c>[steps, channels]</c>.</param>
    /// <param name="memory">The memory, <see cref="MemorySize"/> values.</param>
    /// <param name="room">Work space, also for measurements of the sequence until its last step.</param>
    /// <returns>The values to pass to <see cref="Take"/> step by step.</returns>
    public ReadOnlySpan<float> Begin(ReadOnlySpan<float> values, Span<float> memory, StageBuffers room)
    {
        values = _first.Whole(values, ref room.Values);
        for (int s = 0, at = 0; s < _stages.Length; at += _stages[s].MeasureSize, s++)
            if (_stages[s].MeasureSize > 0)
                Measure(s, values, memory, room, at);
        Begin(memory);
        return values;
    }

    /// <summary>Computes the inputs of a step.</summary>
    /// <param name="values">The values of the step, one per channel; NaN for missing ones.</param>
    /// <param name="step">The index of the step among the taken ones.</param>
    /// <param name="memory">The memory from earlier steps, <see cref="MemorySize"/> values.</param>
    /// <param name="room">Work space.</param>
    /// <param name="inputs">Receives the inputs of the model, <c>[I]</c>.</param>
    /// <returns>Whether there are inputs; otherwise more steps are needed first.</returns>
    public bool Take<T>(ReadOnlySpan<float> values, StageStep step, Span<float> memory, StageBuffers room, Span<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!Run(_stages.Length, values, step, memory, room))
            return false;
        ReadOnlySpan<double> row = room.Row;
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = T.CreateTruncating(row[i]);
        return true;
    }

    /// <summary>Runs a step through the first stages, <paramref name="count"/> of them.</summary>
    private bool Run(int count, ReadOnlySpan<float> values, StageStep step, Span<float> memory, StageBuffers room)
    {
        Span<double> row = room.Row, measures = room.Measures;
        for (int c = 0; c < values.Length; c++)
            row[c] = values[c];
        foreach (Stage stage in _stages.AsSpan(0, count))
        {
            if (!stage.Take(row, memory[..stage.MemorySize], measures[..stage.MeasureSize], step))
                return false;
            memory = memory[stage.MemorySize..];
            measures = measures[stage.MeasureSize..];
        }
        return true;
    }

    /// <summary>Lets a stage scan all steps of a sequence.</summary>
    private void Measure(int stage, ReadOnlySpan<float> values, Span<float> memory, StageBuffers room, int at)
    {
        Begin(memory);
        Span<double> measures = room.Measures.AsSpan(at, _stages[stage].MeasureSize);
        measures.Clear();
        long taken = 0;
        for (int i = 0; i < values.Length; i += Channels)
        {
            ReadOnlySpan<float> step = values.Slice(i, Channels);
            if (Missing.Takes(step) && Run(stage, step, new StageStep(taken++, IsAsked: false), memory, room))
                _stages[stage].Measure(room.Row, measures);
        }
        _stages[stage].Conclude(measures);
    }

    /// <summary>Measures the mean and standard deviation of every input that is a quantity; 0 and 1 for others.</summary>
    private Standardization MeasureInputs(SequenceDataset data)
    {
        var room = new StageBuffers();
        Reserve(room);
        float[] memory = new float[MemorySize];
        double[] inputs = new double[InputSize], means = new double[InputSize], squares = new double[InputSize];
        long count = 0;
        foreach (Sequence sequence in data)
        {
            ReadOnlySpan<float> values = Begin(sequence.Values.Span, memory, room);
            long taken = 0, last = Missing.StepsOf(sequence) - 1;
            for (int i = 0; i < values.Length; i += Channels)
            {
                ReadOnlySpan<float> step = values.Slice(i, Channels);
                if (!Missing.Takes(step) || !Take(step, new StageStep(taken, IsAsked: taken++ == last), memory, room, inputs.AsSpan()))
                    continue;
                count++;
                for (int c = 0; c < inputs.Length; c++)
                    if (Inputs[c])
                        Moments.Add(inputs[c], count, ref means[c], ref squares[c]);
            }
        }
        return new Standardization(
            means, squares.Select((sum, c) => Moments.Deviation(means[c], sum, count) is > 0 and var deviation ? deviation : 1));
    }

    private static Standardization WithoutSymbols(Standardization measured, SymbolTables symbols) => symbols.Count == 0 ? measured : new(
        measured.Means.Select((mean, c) => symbols.Include(c + 1) ? 0 : mean),
        measured.Deviations.Select((deviation, c) => symbols.Include(c + 1) ? 1 : deviation));

    private static void CheckSeen(SequenceDataset data)
    {
        for (int channel = 0; channel < data.Channels; channel++)
            if (!data.Any(sequence => IsSeen(sequence, channel)))
                throw new ArgumentException($"Channel {channel + 1} of '{data.Name}' has no values; remove it.", nameof(data));
    }

    private static bool IsSeen(Sequence sequence, int channel)
    {
        ReadOnlySpan<float> values = sequence.Values.Span;
        for (int i = channel; i < values.Length; i += sequence.Channels)
            if (!float.IsNaN(values[i]))
                return true;
        return false;
    }
}
