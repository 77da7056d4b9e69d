using System.Numerics.Tensors;
using Elman.Evaluations;

namespace Elman;

/// <summary>The predictions of a classifier or tagger for labelled sequences or steps, case by case.</summary>
public sealed class ClassAnswers : CaseAnswers
{
    private readonly int[] _labels;
    private readonly ReadOnlyMemory<float>[] _rows;
    private readonly int[] _sequences;
    private readonly int[]? _steps;
    private readonly int[] _predicted;

    private ClassAnswers(
        IReadOnlyList<string> classes, List<int> labels, List<ReadOnlyMemory<float>> rows, List<int> sequences, List<int>? steps,
        (int[] Units, string Name) units, Evaluation? evaluation = null)
        : base(units.Units, units.Name)
    {
        (Classes, _labels, _rows, _sequences, _steps) = (classes, [.. labels], [.. rows], [.. sequences], steps?.ToArray());
        _predicted = [.. _rows.Select(row => TensorPrimitives.IndexOfMax(row.Span))];
        Evaluation = evaluation ?? EvaluationOf();
    }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The evaluation of all cases.</summary>
    public Evaluation Evaluation { get; }

    /// <summary>Whether the cases are steps of sequences.</summary>
    public bool AreSteps => _steps is not null;

    /// <summary>Returns the index of the true class of a case.</summary>
    /// <param name="index">The case, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such case.</exception>
    public int LabelOf(int index) => _labels[index];

    /// <summary>Returns the index of the predicted class of a case, the one with the highest probability.</summary>
    /// <inheritdoc cref="LabelOf"/>
    public int PredictedOf(int index) => _predicted[index];

    /// <summary>Returns the probability of each class for a case, <c>[C]</c>.</summary>
    /// <inheritdoc cref="LabelOf"/>
    public ReadOnlySpan<float> ProbabilitiesOf(int index) => _rows[index].Span;

    /// <summary>Returns the index of the sequence of a case in the data.</summary>
    /// <inheritdoc cref="LabelOf"/>
    public int SequenceOf(int index) => _sequences[index];

    /// <summary>Returns the step of a case, from 0; −1 if the case is a whole sequence.</summary>
    /// <inheritdoc cref="LabelOf"/>
    public int StepOf(int index) => _steps is null ? -1 : _steps[index];

    /// <summary>Groups the cases by the probability of the predicted class, for a reliability diagram: the bins of
    /// <see cref="Evaluation.CalibrationError"/> that occur.</summary>
    /// <param name="options">The options of the intervals; by default all defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public IReadOnlyList<ReliabilityBin> Reliability(IntervalOptions? options = null) =>
        new ClassIntervals(this, UnitOfCase, Units, IntervalOptions.Checked(options)).Reliability();

    /// <summary>Collects predictions for sequences.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="data">The data, aligned with the classes.</param>
    /// <param name="answers">The probabilities of each sequence, <c>[C]</c>; iterated once.</param>
    internal static ClassAnswers OfSequences(IReadOnlyList<string> classes, SequenceDataset data, IEnumerable<float[]> answers) => new(
        classes, [.. data.Select(sequence => sequence.Label)], [.. answers.Select(row => (ReadOnlyMemory<float>)row)],
        [.. Enumerable.Range(0, data.Count)], null, UnitsOf(data, Enumerable.Range(0, data.Count)));

    /// <summary>Collects predictions for steps.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="data">The data, aligned with the classes.</param>
    /// <param name="answers">The probabilities of each sequence, <c>[steps, C]</c>; iterated once.</param>
    internal static ClassAnswers OfSteps(IReadOnlyList<string> classes, SequenceDataset data, IEnumerable<float[]> answers)
    {
        List<int> labels = [], sequences = [], steps = [];
        List<ReadOnlyMemory<float>> rows = [];
        int i = 0;
        foreach (float[] answer in answers)
        {
            ReadOnlySpan<int> ofSteps = data[i].StepLabels.Span;
            for (int t = 0; t < ofSteps.Length; t++)
            {
                if (ofSteps[t] < 0)
                    continue;
                labels.Add(ofSteps[t]);
                rows.Add(answer.AsMemory(t * classes.Count, classes.Count));
                sequences.Add(i);
                steps.Add(t);
            }
            i++;
        }
        return new ClassAnswers(classes, labels, rows, sequences, steps, UnitsOf(data, sequences));
    }

    /// <inheritdoc/>
    internal override double MainFigure => Evaluation.Accuracy;

    private protected override IReadOnlyList<FigureInterval> Measure(IntervalOptions options) =>
        new ClassIntervals(this, UnitOfCase, Units, options).Measure();

    private protected override PairedComparison Compare(CaseAnswers other, IntervalOptions options) => PairedComparison.OfRight(
        "accuracy", Right(this), Right((ClassAnswers)other), UnitOfCase, Units, options);

    private static bool[] Right(ClassAnswers answers) =>
        [.. Enumerable.Range(0, answers.Cases).Select(i => answers._predicted[i] == answers._labels[i])];

    private Evaluation EvaluationOf()
    {
        var tally = new EvaluationTally(Classes, _labels.Length);
        for (int i = 0; i < _labels.Length; i++)
            tally.Add(_labels[i], _rows[i]);
        return tally.Result();
    }
}
