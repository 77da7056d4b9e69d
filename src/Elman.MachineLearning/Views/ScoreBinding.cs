using Elman.MachineLearning.Columns;
using Elman.MachineLearning.ModelFiles;
using Elman.MachineLearning.Tasks;
using Microsoft.ML;

namespace Elman.MachineLearning.Views;

/// <summary>
/// A transformer bound to the columns of a table of sequences: the columns that it adds, and how a row gets its values. The first columns
/// of the output are those of the input.
/// </summary>
internal sealed class ScoreBinding
{
    private readonly TransformerState _state;
    private readonly IReadOnlyList<OutputColumn> _outputs;

    /// <param name="state">The transformer.</param>
    /// <param name="input">The columns of the table.</param>
    /// <param name="features">The column of the sequences.</param>
    /// <exception cref="ArgumentException">The channels or the classes are not those of the training data.</exception>
    public ScoreBinding(TransformerState state, DataViewSchema input, FeatureColumn features)
    {
        _state = state;
        _outputs = state.Task.Outputs(state.Classes, state.Model);
        Input = input;
        Features = features;
        CheckChannels();
        if (state.Classes is not null && input.GetColumnOrNull(state.Columns.Label!) is { Type: Microsoft.ML.Data.KeyDataViewType } label)
            state.Classes.CheckSame(label);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        uint setId = OutputColumn.NextSetId(input);
        foreach (OutputColumn output in _outputs)
            builder.AddColumn(output.Name, output.Type, output.Annotations(setId, state.Task.Name));
        Output = builder.ToSchema();
    }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    private FeatureColumn Features { get; }

    /// <summary>Returns the columns of the input that are needed for columns of the output.</summary>
    public IEnumerable<DataViewSchema.Column> Needed(IEnumerable<DataViewSchema.Column> columns)
    {
        var indices = new SortedSet<int>();
        foreach (DataViewSchema.Column column in columns)
            indices.Add(IsOutput(column) ? Features.Column.Index : column.Index);
        return indices.Select(index => Input[index]);
    }

    public bool IsOutput(DataViewSchema.Column column) => column.Index >= Input.Count;

    /// <summary>Returns a function that predicts the current row, once for all columns of the prediction.</summary>
    public Func<float[]> Answers(DataViewRow row)
    {
        Func<float[]> values = Features.Reader(row);
        float[]? answer = null;
        long position = -1;
        return () =>
        {
            if (answer is null || position != row.Position)
            {
                answer = Answer(values(), row.Position);
                position = row.Position;
            }
            return answer;
        };
    }

    /// <summary>Returns the getter of a column of the prediction.</summary>
    public ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column, Func<float[]> answers) =>
        Typed<TValue>(_outputs[column.Index - Input.Count].Getter(answers), column);

    /// <summary>Returns a getter with the type that a caller asks for.</summary>
    /// <exception cref="InvalidOperationException">The column has another type.</exception>
    public static ValueGetter<TValue> Typed<TValue>(Delegate getter, DataViewSchema.Column column) => getter as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"The column {Quoted(column.Name)} has values of {column.Type.RawType}; the getter asks for "
            + $"{typeof(TValue)}.");

    private float[] Answer(float[] values, long position)
    {
        // The name stands in messages of the model about the values.
        var data = new SequenceDataset(Features.Channels, [], [new Sequence(values, Features.Channels)],
            FormattableString.Invariant($"{_state.Columns.Features}, row {position + 1}"))
        {
            ChannelNames = _state.Model.ChannelNames,
        };
        System.Numerics.Tensors.Tensor<float> tensor = _state.Task.Predict(_state.Model, data);
        float[] answer = new float[tensor.FlattenedLength];
        tensor.FlattenTo(answer);
        return answer;
    }

    private void CheckChannels()
    {
        IReadOnlyList<string> trained = _state.Model.ChannelNames, given = Features.ChannelNames;
        if (trained.Count > 0 && given.Count > 0 && !trained.SequenceEqual(given))
            throw new ArgumentException($"The feature column {Quoted(Features.Column.Name)} has the channels "
                + $"{string.Join(", ", given.Select(Quoted))}; in the training data they were "
                + $"{string.Join(", ", trained.Select(Quoted))}. Concatenate the columns in the same order.");
    }
}
