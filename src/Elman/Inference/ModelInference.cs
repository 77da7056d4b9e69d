using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Training.Objectives;

namespace Elman.Inference;

/// <summary>Runs a trained model over data, batch by batch.</summary>
internal sealed class ModelInference(SequenceModel<float> model, Preprocessing preprocessing) : IDisposable
{
    /// <summary>The maximum number of sequences of a batch, and the number of steps from which on no sequence is added. They do not affect
    /// the results.</summary>
    private const int BatchSize = 64, StepsOfABatch = 1 << 20;

    private readonly SequenceBatch<float> _batch = new();
    private readonly ModelTape<float> _tape = new(keepsSteps: false);

    /// <summary>
    /// Returns the outputs of the model for every sequence, in the order of the data: <c>[O]</c>, or <c>[steps, O]</c> if there is an
    /// output at every step. A skipped step has the output of the previous step; before the first step, the output layer's bias.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="part">The range of its sequences.</param>
    /// <param name="workers">The threads to use.</param>
    public float[][] Outputs(SequenceDataset data, Range part, Workers workers)
    {
        int width = model.Spec.OutputSize;
        (int first, int count) = part.GetOffsetAndLength(data.Count);
        float[][] outputs = new float[count][];
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = new float[checked((model.Spec.ReadsEveryStep ? data[first + i].Steps : 1) * width)];
        foreach (float[] sequence in outputs)
            for (int i = 0; i < sequence.Length; i += width)
                model.EmptyOutput.CopyTo(sequence.AsSpan(i));
        ForEachAnswer(data, part, null, workers, (indices, window) =>
        {
            if (model.Spec.ReadsEveryStep)
            {
                for (int t = window.FirstStep; t < window.EndStep; t++)
                    for (int place = 0; place < _batch.ActiveAt(t); place++)
                        TakeStep(t, place, AnswerIn(_batch.RowOf(t) - window.FirstRow + place), OutputsAt(place));
                return;
            }
            for (int place = 0; place < _batch.Count; place++)
                AnswerIn(place).CopyTo(OutputsAt(place));

            float[] OutputsAt(int place) => outputs[indices[_batch.Order[place]] - first];
        });
        return outputs;
    }

    /// <summary>Returns the mean loss over data, and the accuracy of classes; both without skipped steps.</summary>
    public (double Loss, double? Accuracy) Evaluate(SequenceDataset data, Objective<float> objective, Workers workers)
    {
        double loss = 0, weight = 0;
        long correct = 0, count = 0;
        ForEachAnswer(data, .., objective, workers, (_, window) =>
        {
            _tape.LogitsGradient.Resize(_tape.Logits.Length);
            LossResult result = objective.Evaluate(window, _tape.Logits.Span, _tape.LogitsGradient.Span);
            loss += result.Loss * result.Weight;
            weight += result.Weight;
            correct += result.Correct;
            count += result.Count;
        });
        return (loss / weight, objective.HasRightAnswers ? (double)correct / count : null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch.Dispose();
        _tape.Dispose();
    }

    /// <summary>Copies the output of a step to it and to the skipped steps after it.</summary>
    private void TakeStep(int t, int place, ReadOnlySpan<float> answer, Span<float> sequence)
    {
        int end = t + 1 < _batch.Lengths[place] ? _batch.DataStep(t + 1, place) : sequence.Length / answer.Length;
        for (int step = _batch.DataStep(t, place); step < end; step++)
            answer.CopyTo(sequence[(step * answer.Length)..]);
    }

    private ReadOnlySpan<float> AnswerIn(int row) => _tape.Logits.Span.Slice(row * model.Spec.OutputSize, model.Spec.OutputSize);

    /// <summary>
    /// Processes the outputs on the tape: those of a batch or, if there is an output at every step, of one window of it at a time, so that
    /// memory does not grow with the length of the sequences.
    /// </summary>
    private void ForEachAnswer(
        SequenceDataset data, Range part, Objective<float>? objective, Workers workers, Action<int[], LayerWindow<float>> action)
    {
        (int start, int count) = part.GetOffsetAndLength(data.Count);
        int[] taken = [.. Enumerable.Range(start, count).Where(i => preprocessing.Missing.StepsOf(data[i]) > 0)];
        for (int first = 0; first < taken.Length;)
        {
            int[] indices = taken[first..(first + CountOfABatch(data, taken.AsSpan(first)))];
            first += indices.Length;
            _batch.Fill(data, indices, preprocessing);
            objective?.Prepare(_batch, data, indices);
            int steps = model.StepsOfAWindow(_batch);
            for (int step = 0; step < _batch.Steps; step += steps)
            {
                LayerWindow<float> window = LayerWindow<float>.Of(_batch, step, Math.Min(step + steps, _batch.Steps));
                model.Forward(window, _tape, workers);
                if (model.Spec.ReadsEveryStep || window.IsLast)
                    action(indices, window);
            }
        }
    }

    private static int CountOfABatch(SequenceDataset data, ReadOnlySpan<int> indices)
    {
        int count = 1;
        long steps = data[indices[0]].Steps;
        while (count < BatchSize && count < indices.Length && (steps += data[indices[count]].Steps) <= StepsOfABatch)
            count++;
        return count;
    }
}
