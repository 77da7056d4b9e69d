using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Elman.Evaluations;

/// <summary>
/// Accumulates the cases of an evaluation one by one. It stores their probabilities only if areas under ROC curves are computed.
/// </summary>
/// <param name="classes">The classes.</param>
/// <param name="cases">The expected number of cases.</param>
internal sealed class EvaluationTally(IReadOnlyList<string> classes, long cases)
{
    private readonly Dictionary<(int True, int Predicted), int> _cells = [];
    private readonly Calibration _calibration = new();
    private readonly List<int> _labels = [];
    private readonly List<ReadOnlyMemory<float>>? _rows = RocAuc.IsFor(cases, classes.Count) ? [] : null;
    private double _loss;

    /// <summary>Adds a case.</summary>
    /// <param name="label">The true class.</param>
    /// <param name="probabilities">The probabilities, <c>[C]</c>; not changed afterwards.</param>
    /// <returns>Whether the predicted class is correct.</returns>
    public bool Add(int label, ReadOnlyMemory<float> probabilities)
    {
        ReadOnlySpan<float> row = probabilities.Span;
        int predicted = TensorPrimitives.IndexOfMax(row);
        CollectionsMarshal.GetValueRefOrAddDefault(_cells, (label, predicted), out _)++;
        _loss += CaseLoss.OfClass(row[label]);
        _calibration.Add(predicted == label, row[predicted]);
        _labels.Add(label);
        _rows?.Add(probabilities);
        return predicted == label;
    }

    /// <summary>Returns the evaluation.</summary>
    public Evaluation Result() => new(
        classes, ConfusionMatrix.Of(classes.Count, _cells), Areas(), _loss / _labels.Count, _calibration.Error);

    /// <summary>Returns the areas under the curves of each class, or <see langword="null"/> if areas are not computed.</summary>
    private ClassAreas? Areas()
    {
        if (_rows is null)
            return null;
        float[] scores = [.. _rows.Select((row, i) => row.Span[_labels[i]])];
        var areas = new RocAuc(classes.Count, CollectionsMarshal.AsSpan(_labels), scores);
        for (int i = 0; i < _rows.Count; i++)
        {
            ReadOnlySpan<float> row = _rows[i].Span;
            for (int c = 0; c < row.Length; c++)
                if (c != _labels[i])
                    areas.AddOther(c, row[c]);
        }
        return new ClassAreas(areas.Areas(), areas.AveragePrecisions());
    }
}
