using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>Runs a trained model over data, batch by batch.</summary>
internal sealed class Inference(SequenceModel<float> model, Preprocessing preprocessing) : IDisposable
{
    /// <summary>Sequences a batch. Has no influence on the results.</summary>
    private const int BatchSize = 64;

    private readonly SequenceBatch<float> _batch = new();
    private readonly ModelTape<float> _tape = new(keepsSteps: false);

    /// <summary>
    /// What the model gives for every sequence, in the order of the data: <c>[O]</c>, or where it answers at every step <c>[steps, O]</c>.
    /// A step that is passed over gets the answer of the step before it; where there was none yet, what the model says of nothing.
    /// </summary>
    public float[][] Outputs(SequenceDataset data, Workers workers)
    {
        int width = model.Spec.OutputSize;
        float[][] outputs = [.. data.Select(sequence => new float[checked((model.Spec.ReadsEveryStep ? sequence.Steps : 1) * width)])];
        foreach (float[] sequence in outputs)
            for (int i = 0; i < sequence.Length; i += width)
                model.AnswerToNothing.CopyTo(sequence.AsSpan(i));
        ForEachBatch(data, workers, indices =>
        {
            for (int place = 0; place < _batch.Count; place++)
            {
                Span<float> sequence = outputs[indices[_batch.Order[place]]];
                if (model.Spec.ReadsEveryStep)
                    TakeSteps(place, sequence);
                else
                    AnswerIn(place).CopyTo(sequence);
            }
        });
        return outputs;
    }

    /// <summary>The mean loss over data, and the share of right answers where there are such; both over the steps that are taken.</summary>
    public (double Loss, double? Accuracy) Evaluate(SequenceDataset data, Objective<float> objective, Workers workers)
    {
        double loss = 0, weight = 0;
        long correct = 0, count = 0;
        ForEachBatch(data, workers, indices =>
        {
            objective.Prepare(_batch, data, indices);
            _tape.LogitsGradient.Resize(_tape.Logits.Length);
            LossResult result = objective.Evaluate(_batch, _tape.Logits.Span, _tape.LogitsGradient.Span);
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

    /// <summary>The answers of a sequence's steps, each from its own step on up to the next that was taken.</summary>
    private void TakeSteps(int place, Span<float> sequence)
    {
        int width = model.Spec.OutputSize;
        for (int t = 0; t < _batch.Lengths[place]; t++)
        {
            int end = t + 1 < _batch.Lengths[place] ? _batch.DataStep(t + 1, place) : sequence.Length / width;
            for (int step = _batch.DataStep(t, place); step < end; step++)
                AnswerIn(_batch.RowOf(t) + place).CopyTo(sequence[(step * width)..]);
        }
    }

    private ReadOnlySpan<float> AnswerIn(int row) => _tape.Logits.Span.Slice(row * model.Spec.OutputSize, model.Spec.OutputSize);

    private void ForEachBatch(SequenceDataset data, Workers workers, Action<int[]> action)
    {
        foreach (int[] indices in Enumerable.Range(0, data.Count).Where(i => preprocessing.Missing.StepsOf(data[i]) > 0).Chunk(BatchSize))
        {
            _batch.Fill(data, indices, preprocessing);
            model.Forward(_batch, _tape, workers);
            action(indices);
        }
    }
}
