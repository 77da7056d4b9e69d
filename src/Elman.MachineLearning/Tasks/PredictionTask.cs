using System.Numerics.Tensors;
using Elman.MachineLearning.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tasks;

/// <summary>What is predicted: the label it is learned from, the model, and the columns of a prediction.</summary>
internal abstract class PredictionTask
{
    public static readonly PredictionTask Multiclass = new MulticlassTask(), Binary = new BinaryTask(), Regression = new RegressionTask(),
        Forecast = new ForecastTask();

    /// <summary>All tasks.</summary>
    public static IReadOnlyList<PredictionTask> All => [Multiclass, Binary, Regression, Forecast];

    /// <summary>The name in a saved transformer, which is also the value of ML.NET's annotation ScoreColumnKind.</summary>
    public abstract string Name { get; }

    /// <summary>Whether training needs labels.</summary>
    public virtual bool HasLabel => true;

    /// <summary>Creates an unfitted model.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public abstract SequenceEstimator CreateEstimator(TrainingOptions options);

    /// <summary>Whether a model from a file is one of this task.</summary>
    public abstract bool Fits(SequenceEstimator model, ClassNames? classes);

    /// <summary>Checks the type of the label column and returns its classes, if it is a key.</summary>
    /// <exception cref="ArgumentException">The type is not suitable.</exception>
    public abstract ClassNames? ClassesOf(DataViewSchema.Column label);

    /// <summary>The same for a column whose exact type is not known yet.</summary>
    /// <exception cref="ArgumentException">The type is not suitable.</exception>
    public abstract void CheckLabel(SchemaShape.Column label);

    /// <summary>Returns the classes of training data for a model.</summary>
    public virtual IReadOnlyList<string> ClassLabels(ClassNames? classes) => classes?.Names ?? [];

    /// <summary>Returns the names of the numbers that are predicted.</summary>
    public virtual IReadOnlyList<string> TargetNames(ColumnNames columns) => [];

    /// <summary>Returns a function that adds the label of the current row to its sequence.</summary>
    /// <exception cref="ArgumentException">The function: the label is missing.</exception>
    public virtual Func<Sequence, Sequence> Labeller(DataViewRow row, DataViewSchema.Column label) =>
        throw new NotSupportedException($"{Name} has no labels.");

    /// <summary>Predicts one sequence: probabilities, or numbers.</summary>
    /// <exception cref="ArgumentException">The sequence does not match the model.</exception>
    public abstract Tensor<float> Predict(SequenceEstimator model, SequenceDataset sequence);

    /// <summary>Returns the columns of a prediction.</summary>
    public abstract IReadOnlyList<OutputColumn> Outputs(ClassNames? classes, SequenceEstimator model);

    /// <summary>Returns the columns of a prediction before training.</summary>
    /// <param name="label">The label column, if the task has one.</param>
    public abstract IReadOnlyList<OutputShape> OutputShapes(SchemaShape.Column? label);

    private protected static ArgumentException MissingLabel(DataViewRow row, DataViewSchema.Column label) =>
        new($"Row {row.Position + 1} has no label (column {Quoted(label.Name)}). Remove such rows, for example with "
            + $"mlContext.Data.FilterRowsByMissingValues(data, \"{MessageText.Visible(label.Name)}\").");

    private protected static ArgumentException WrongLabel(string name, string type, string needed) =>
        new($"The label column {Quoted(name)} has the type {type}; {needed}");

    private protected static OutputColumn Single(string name, Func<float[], float> value) => new(name, NumberDataViewType.Single, _ => { },
        answer => (ValueGetter<float>)((ref float target) => target = value(answer())));

    private protected static OutputColumn Vector(string name, IReadOnlyList<string> slots, ClassNames? classes) => new(
        name, new VectorDataViewType(NumberDataViewType.Single, slots.Count),
        annotations =>
        {
            TextAnnotation.Add(annotations, "SlotNames", slots);
            classes?.AddTo(annotations, "TrainingLabelValues");
        },
        answer => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> target) => TextAnnotation.CopyTo(answer(), ref target)));
}
