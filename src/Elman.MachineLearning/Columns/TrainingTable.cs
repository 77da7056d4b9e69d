using Elman.MachineLearning.Tasks;
using Elman.MachineLearning.Views;
using Microsoft.ML;

namespace Elman.MachineLearning.Columns;

/// <summary>Training data, read from a table.</summary>
/// <param name="Sequences">The sequences, with their labels.</param>
/// <param name="FeatureSize">The number of values of every sequence; 0 if they differ or rows are steps.</param>
/// <param name="Classes">The classes, if the label is a key.</param>
internal sealed record TrainingTable(SequenceDataset Sequences, int FeatureSize, ClassNames? Classes)
{
    /// <summary>Reads a table once, row by row.</summary>
    /// <param name="input">The table.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="task">What the labels are for.</param>
    /// <param name="training">The training data whose classes and channels the table must have, if it holds validation data.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ArgumentException">A column or a row is not suitable.</exception>
    /// <exception cref="OperationCanceledException">Reading was stopped.</exception>
    public static TrainingTable Read(
        IDataView input, ColumnNames columns, PredictionTask task, TrainingTable? training, CancellationToken cancellationToken)
    {
        SequenceTable table = SequenceTable.Of(input, columns);
        DataViewSchema.Column? label = task.HasLabel ? FeatureColumn.Find(table.View.Schema, columns.Label!, "label") : null;
        ClassNames? classes = label is { } known ? task.ClassesOf(known) : null;
        if (label is { } given && training?.Classes is { } trained)
        {
            trained.CheckSame(given);
            classes = trained;
        }
        var sequences = new List<Sequence>();
        DataViewSchema.Column feature = table.Features.Column;
        using (DataViewRowCursor row = table.View.GetRowCursor(label is { } needed ? [feature, needed] : [feature]))
        {
            Func<float[]> values = table.Features.Reader(row);
            Func<Sequence, Sequence> labelled = label is { } column ? task.Labeller(row, column) : sequence => sequence;
            while (row.MoveNext())
            {
                cancellationToken.ThrowIfCancellationRequested();
                sequences.Add(labelled(new Sequence(values(), table.Features.Channels)));
            }
        }
        if (sequences.Count == 0)
            throw new ArgumentException($"The {(training is null ? "training" : "validation")} data have no rows.");
        var data = new SequenceDataset(table.Features.Channels, task.ClassLabels(classes), sequences, columns.Features,
            task.TargetNames(columns))
        { ChannelNames = table.Features.ChannelNames };
        return new(data, columns.Group is null ? table.Features.Size : 0, classes);
    }
}
