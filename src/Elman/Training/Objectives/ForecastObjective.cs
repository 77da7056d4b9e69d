using System.Numerics;
using Elman.Kernels;
using Elman.Losses;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Training.Objectives;

/// <summary>The objective of forecasts: at every step the values of the next steps, up to the end of the sequence. Missing values and
/// context are not evaluated.</summary>
/// <param name="loss">The loss.</param>
/// <param name="horizon">The number of steps ahead, k: steps of the data, including skipped ones.</param>
/// <param name="standardization">The standardisation of the values, or <see langword="null"/> for none.</param>
internal sealed unsafe class ForecastObjective<T>(LossFunction loss, int horizon, Standardization? standardization = null) : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A sequence of at least this number of horizons counts as long.</summary>
    private const int LongInHorizons = 8;

    private readonly NativeBuffer<T> _targets = new(); // [rows of a window, k·C]
    private SequenceDataset? _data;
    private int[] _indices = []; // the index in the data of each sequence of the batch
    private bool[] _areCut = []; // for each row, whether some of its steps ahead are not evaluated
    private bool _areOfAll; // whether the targets are those of the whole batch

    public override bool HasRightAnswers => false;

    public override void Prepare(SequenceBatch<T> batch, SequenceDataset data, ReadOnlySpan<int> indices)
    {
        _data = data;
        _areOfAll = false;
        if (_indices.Length < batch.Count)
            _indices = new int[batch.Count];
        for (int place = 0; place < batch.Count; place++)
            _indices[place] = indices[batch.Order[place]];
    }

    public override LossResult Evaluate(LayerWindow<T> window, ReadOnlySpan<T> outputs, Span<T> gradient)
    {
        LayOut(window);
        return loss.Evaluate(outputs, _targets.Span, Width, gradient, areClasses: false);
    }

    public override double Target(SequenceBatch<T> batch, int row, Span<double> target)
    {
        if (!_areOfAll)
            LayOut(LayerWindow<T>.All(batch));
        if (_areCut[row])
            return 0;
        return TargetOf(new ReadOnlySpan<T>(_targets.Start + ((nint)row * Width), Width), target);
    }

    public override void Dispose()
    {
        _targets.Dispose();
        base.Dispose();
    }

    /// <summary>The number of targets of a step, for all steps ahead.</summary>
    private int Width => horizon * _data!.OwnChannels;

    /// <summary>Copies the targets from the data, not from the inputs of the batch, in which missing values may be replaced.</summary>
    private void LayOut(LayerWindow<T> window)
    {
        SequenceBatch<T> batch = window.Batch;
        SequenceDataset data = _data!;
        int width = Width, own = data.OwnChannels;
        _areOfAll = window.IsFirst && window.IsLast;
        _targets.Resize((long)window.Rows * width);
        T* targets = _targets.Start;
        if (_areCut.Length < window.Rows)
            _areCut = new bool[window.Rows];
        int row = 0;
        for (int t = window.FirstStep; t < window.EndStep; t++)
        {
            for (int place = 0; place < batch.ActiveAt(t); place++, targets += width)
            {
                Sequence sequence = data[_indices[place]];
                int first = batch.DataStep(t, place) + 1;
                for (int ahead = 0; ahead < horizon; ahead++)
                    TargetsOf(sequence, first + ahead, targets + (ahead * own), own);
                _areCut[row++] = IsCut(sequence, first);
            }
        }
    }

    /// <summary>
    /// Whether least squares skips a step because some of its steps ahead are not evaluated. Otherwise every step ahead would have rows,
    /// and so equations, of its own. In long sequences, these few rows are no loss.
    /// </summary>
    private bool IsCut(Sequence sequence, int first)
    {
        if (sequence.Steps < LongInHorizons * (long)horizon)
            return false;
        bool isJudged = sequence.IsJudged(first);
        for (int ahead = 1; ahead < horizon; ahead++)
            if (sequence.IsJudged(first + ahead) != isJudged)
                return true;
        return false;
    }

    /// <summary>Copies the values of a step; NaN for context and after the end of the sequence.</summary>
    private void TargetsOf(Sequence sequence, int step, T* targets, int own)
    {
        bool isJudged = sequence.IsJudged(step);
        ReadOnlySpan<float> values = isJudged ? sequence.Values.Span.Slice(step * sequence.Channels, own) : [];
        for (int c = 0; c < own; c++)
            targets[c] = isJudged ? T.CreateTruncating(standardization?.Apply(values[c], c) ?? values[c]) : T.NaN;
    }
}
