using System.Numerics.Tensors;
using Elman.MachineLearning.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tasks;

/// <summary>Classification into false and true.</summary>
internal sealed class BinaryTask : PredictionTask
{
    private const string Needed = "it must be Boolean. For two classes with other names, use the trainer of multiclass classification, or "
        + "make the column Boolean, for example with CustomMapping.";

    private static readonly string[] _classes = ["false", "true"];

    public override string Name => "BinaryClassification";

    public override SequenceEstimator CreateEstimator(TrainingOptions options) => new SequenceClassifier(options);

    public override bool Fits(SequenceEstimator model, ClassNames? classes) => classes is null
        && model is SequenceClassifier { IsMultiLabel: false } classifier && classifier.Classes.SequenceEqual(_classes);

    public override ClassNames? ClassesOf(DataViewSchema.Column label) => label.Type is BooleanDataViewType
        ? null
        : throw WrongLabel(label.Name, label.Type.ToString()!, Needed);

    public override void CheckLabel(SchemaShape.Column label)
    {
        if (label.IsKey || label.Kind != SchemaShape.Column.VectorKind.Scalar || label.ItemType is not BooleanDataViewType)
            throw WrongLabel(label.Name, label.ItemType.ToString()!, Needed);
    }

    public override IReadOnlyList<string> ClassLabels(ClassNames? classes) => _classes;

    public override Func<Sequence, Sequence> Labeller(DataViewRow row, DataViewSchema.Column label)
    {
        ValueGetter<bool> get = row.GetGetter<bool>(label);
        bool value = false;
        return sequence =>
        {
            get(ref value);
            return sequence.WithLabel(value ? 1 : 0);
        };
    }

    public override Tensor<float> Predict(SequenceEstimator model, SequenceDataset sequence) =>
        ((SequenceClassifier)model).PredictProbabilities(sequence);

    public override IReadOnlyList<OutputColumn> Outputs(ClassNames? classes, SequenceEstimator model) =>
    [
        new(OutputColumn.PredictedLabel, BooleanDataViewType.Instance, _ => { },
            answer => (ValueGetter<bool>)((ref bool target) => target = IsTrue(answer()))),
        Single(OutputColumn.Score, LogOdds),
        Single(OutputColumn.Probability, answer => answer[1]),
    ];

    public override IReadOnlyList<OutputShape> OutputShapes(SchemaShape.Column? label) =>
    [
        new(OutputColumn.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance),
        new(OutputColumn.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single),
        new(OutputColumn.Probability, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single),
    ];

    /// <summary>A tie is false: the first class, as in the classifier itself.</summary>
    private static bool IsTrue(float[] answer) => answer[1] > answer[0];

    /// <summary>
    /// ln(p / (1 − p)), from both probabilities, so that it is exact near 1 too. ML.NET leaves infinite scores out of its metrics: a
    /// probability that is 0 as a float counts as the smallest positive float.
    /// </summary>
    private static float LogOdds(float[] answer) =>
        (float)(Math.Log(Math.Max(answer[1], float.Epsilon)) - Math.Log(Math.Max(answer[0], float.Epsilon)));
}
