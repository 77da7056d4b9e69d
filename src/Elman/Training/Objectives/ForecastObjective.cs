using System.Numerics;
using Elman.Kernels;
using Elman.Losses;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Training.Objectives;

/// <summary>At every step the values of the next few, as far as the sequence goes; what is missing of them, or
/// context, is not evaluated.</summary>
/// <param name="loss">The loss.</param>
/// <param name="horizon">The number of steps ahead, k: steps of the data, whether they are taken or skipped.</param>
/// <param name="standardization">The standardisation of the values, or <see langword="null"/> for none.</param>
internal sealed unsafe class ForecastObjective<T>(LossFunction loss, int horizon, Standardization? standardization = null) : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>From this many horizons on, a sequence counts as long.</summary>
    private const int LongInHorizons = 8;

    private readonly NativeBuffer<T> _targets = new(); // [rows of a window, k·C]
    private SequenceDataset? _data;
    private int[] _indices = []; // of the batch's sequences in the data, by place
    private bool[] _areCut = []; // of each row, whether some of its steps ahead are beyond what is judged
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

    /// <summary>Targets of a step, of all steps ahead.</summary>
    private int Width => horizon * _data!.OwnChannels;

    /// <summary>From the data, not from the batch's inputs: those may be filled.</summary>
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
    /// Whether least squares passes over a step, since some of those ahead are not evaluated. Else every step ahead would have rows, and so
    /// equations, of its own; where sequences are long, these few rows are no loss.
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

    /// <summary>The values of a step; unknown for context and after the end of the sequence.</summary>
    private void TargetsOf(Sequence sequence, int step, T* targets, int own)
    {
        bool isJudged = sequence.IsJudged(step);
        ReadOnlySpan<float> values = isJudged ? sequence.Values.Span.Slice(step * sequence.Channels, own) : [];
        for (int c = 0; c < own; c++)
            targets[c] = isJudged ? T.CreateTruncating(standardization?.Apply(values[c], c) ?? values[c]) : T.NaN;
    }
}
