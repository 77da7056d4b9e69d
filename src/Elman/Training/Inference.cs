using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>Runs a trained model over data, batch by batch.</summary>
internal sealed class Inference(SequenceModel<float> model, Standardization? standardization) : IDisposable
{
    /// <summary>Sequences a batch. Has no influence on the results.</summary>
    private const int BatchSize = 64;

    private readonly SequenceBatch<float> _batch = new();
    private readonly ModelTape<float> _tape = new(keepsSteps: false);

    /// <summary>The probabilities of all classes for every sequence, <c>[count, C]</c>, in the order of the data.</summary>
    public float[] Probabilities(SequenceDataset data, Workers workers)
    {
        int classes = model.Spec.ClassCount;
        float[] probabilities = new float[checked(data.Count * classes)];
        int[] indices = [.. Enumerable.Range(0, data.Count)];
        for (int first = 0; first < data.Count; first += BatchSize)
        {
            _batch.Fill(data, indices.AsSpan(first, Math.Min(BatchSize, data.Count - first)), standardization);
            model.Forward(_batch, _tape, workers);
            for (int place = 0; place < _batch.Count; place++)
            {
                Span<float> row = probabilities.AsSpan((first + _batch.Order[place]) * classes, classes);
                Softmax.Apply<float>(_tape.Logits.Span.Slice(place * classes, classes), row);
            }
        }
        return probabilities;
    }

    /// <summary>Compares the model's answers with the labels of data whose classes are numbered like the model's.</summary>
    public Evaluation Evaluate(SequenceDataset data, IReadOnlyList<string> classLabels, Workers workers)
    {
        int[] labels = [.. data.Select(sequence => sequence.Label)];
        return Evaluation.From(classLabels, labels, Probabilities(data, workers));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch.Dispose();
        _tape.Dispose();
    }
}
