using System.Numerics.Tensors;
using Elman.MachineLearning.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tasks;

/// <summary>Prediction of one number.</summary>
internal sealed class RegressionTask : PredictionTask
{
    private const string Needed = "it must be a Single: one number in each row. ConvertType changes other numbers.";

    public override string Name => "Regression";

    public override SequenceEstimator CreateEstimator(TrainingOptions options) => new SequenceRegressor(options);

    public override bool Fits(SequenceEstimator model, ClassNames? classes) =>
        classes is null && model is SequenceRegressor { Targets.Count: 1 };

    public override ClassNames? ClassesOf(DataViewSchema.Column label) => label.Type.Equals(NumberDataViewType.Single)
        ? null
        : throw WrongLabel(label.Name, label.Type.ToString()!, Needed);

    public override void CheckLabel(SchemaShape.Column label)
    {
        if (label.IsKey || label.Kind != SchemaShape.Column.VectorKind.Scalar || !label.ItemType.Equals(NumberDataViewType.Single))
            throw WrongLabel(label.Name, label.Kind == SchemaShape.Column.VectorKind.Scalar
                ? label.ItemType.ToString()!
                : $"vector of {label.ItemType}", Needed);
    }

    public override IReadOnlyList<string> TargetNames(ColumnNames columns) => [columns.Label!];

    public override Func<Sequence, Sequence> Labeller(DataViewRow row, DataViewSchema.Column label)
    {
        ValueGetter<float> get = row.GetGetter<float>(label);
        float value = 0;
        return sequence =>
        {
            get(ref value);
            return float.IsNaN(value) ? throw MissingLabel(row, label) : sequence.WithTargets(new[] { value });
        };
    }

    public override Tensor<float> Predict(SequenceEstimator model, SequenceDataset sequence) =>
        ((SequenceRegressor)model).Predict(sequence);

    public override IReadOnlyList<OutputColumn> Outputs(ClassNames? classes, SequenceEstimator model) =>
        [Single(OutputColumn.Score, answer => answer[0])];

    public override IReadOnlyList<OutputShape> OutputShapes(SchemaShape.Column? label) =>
        [new(OutputColumn.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single)];
}
