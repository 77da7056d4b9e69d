using System.Numerics.Tensors;
using Elman.MachineLearning.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tasks;

/// <summary>Classification into the classes of a key.</summary>
internal sealed class MulticlassTask : PredictionTask
{
    public override string Name => "MulticlassClassification";

    public override SequenceEstimator CreateEstimator(TrainingOptions options) => new SequenceClassifier(options);

    public override bool Fits(SequenceEstimator model, ClassNames? classes) => classes is not null
        && model is SequenceClassifier { IsMultiLabel: false } classifier && classifier.Classes.SequenceEqual(classes.Names);

    public override ClassNames? ClassesOf(DataViewSchema.Column label) => ClassNames.Of(label);

    public override void CheckLabel(SchemaShape.Column label)
    {
        if (!label.IsKey || label.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw WrongLabel(label.Name, label.ItemType.ToString()!, "it must be a key. Put "
                + $"mlContext.Transforms.Conversion.MapValueToKey(\"{MessageText.Visible(label.Name)}\") before the trainer.");
    }

    public override Func<Sequence, Sequence> Labeller(DataViewRow row, DataViewSchema.Column label)
    {
        Func<ulong> key = KeyColumn.Reader(row, label);
        ulong count = ((KeyDataViewType)label.Type).Count;
        return sequence => key() switch
        {
            0 => throw MissingLabel(row, label),
            var value when value > count => throw new ArgumentException($"Row {row.Position + 1} has key {value} in the label column "
                + $"{Quoted(label.Name)}, whose type has only {count} keys."),
            var value => sequence.WithLabel((int)(value - 1)),
        };
    }

    public override Tensor<float> Predict(SequenceEstimator model, SequenceDataset sequence) =>
        ((SequenceClassifier)model).PredictProbabilities(sequence);

    public override IReadOnlyList<OutputColumn> Outputs(ClassNames? classes, SequenceEstimator model) =>
    [
        new(OutputColumn.PredictedLabel, new KeyDataViewType(typeof(uint), classes!.Names.Count),
            annotations => classes.AddTo(annotations, ClassNames.KeyValues),
            answer => (ValueGetter<uint>)((ref uint target) => target = (uint)TensorPrimitives.IndexOfMax<float>(answer()) + 1)),
        Vector(OutputColumn.Score, classes.Names, classes),
    ];

    public override IReadOnlyList<OutputShape> OutputShapes(SchemaShape.Column? label)
    {
        DataViewType? values = label!.Value.Annotations.Where(annotation => annotation.Name == ClassNames.KeyValues)
            .Select(annotation => annotation.ItemType).FirstOrDefault();
        return
        [
            new(OutputColumn.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true,
                values is null ? [] : [(ClassNames.KeyValues, values)]),
            new(OutputColumn.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false,
                values is null
                    ? [("SlotNames", TextDataViewType.Instance)]
                    : [("SlotNames", TextDataViewType.Instance), ("TrainingLabelValues", values)]),
        ];
    }
}
