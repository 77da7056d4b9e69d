using System.Runtime.InteropServices;
using Elman.MachineLearning.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Views;

/// <summary>Reads steps and stops at the end of each sequence.</summary>
internal sealed class GroupedCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _steps;
    private readonly GroupedSchema _schema;
    private readonly HeldColumn?[] _held;
    private readonly HeldColumn _key;
    private readonly HeldColumn? _label;
    private readonly ValueGetter<DataViewRowId> _stepId;
    private readonly Action _readStep;
    private readonly HashSet<object> _ended = [];
    private readonly List<float> _values = [];
    private DataViewRowId _id;
    private bool _hasStep;
    private bool _isAtEnd;
    private long _position = -1;

    /// <param name="steps">The steps.</param>
    /// <param name="schema">Their columns.</param>
    /// <param name="active">The indices of the columns that the caller reads.</param>
    public GroupedCursor(DataViewRowCursor steps, GroupedSchema schema, HashSet<int> active)
    {
        _steps = steps;
        _schema = schema;
        _held = new HeldColumn?[schema.Schema.Count];
        foreach (int index in active.Where(index => index != schema.Features.Column.Index))
            _held[index] = HeldColumn.Of(steps, steps.Schema[index]);
        IsFeatureActive = active.Contains(schema.Features.Column.Index);
        _key = _held[schema.Group.Index] ?? HeldColumn.Of(steps, schema.Group);
        _label = schema.Label is { } label ? _held[label.Index] : null;
        _stepId = steps.GetIdGetter();
        _readStep = StepReader();
    }

    private bool IsFeatureActive { get; }

    /// <inheritdoc/>
    public override long Position => _position;

    /// <inheritdoc/>
    public override long Batch => 0;

    /// <inheritdoc/>
    public override DataViewSchema Schema => _schema.Schema;

    /// <inheritdoc/>
    public override bool IsColumnActive(DataViewSchema.Column column) =>
        column.Index == _schema.Features.Column.Index ? IsFeatureActive : _held[column.Index] is not null;

    /// <summary>Moves to the next sequence.</summary>
    /// <exception cref="ArgumentException">A step has no key, that of an earlier sequence, or another label than its sequence.</exception>
    public override bool MoveNext()
    {
        if (_position < 0 && !_isAtEnd)
            Advance();
        if (!_hasStep)
        {
            _position = -1;
            return false;
        }
        _position++;
        _values.Clear();
        _stepId(ref _id);
        _key.Hold();
        foreach (HeldColumn? column in _held)
            column?.Hold();
        CheckKey();
        do
        {
            if (_label is { IsSame: false })
                throw new ArgumentException($"Row {_steps.Position + 1} has another label than the rows before it of the sequence "
                    + $"{Quoted(_key.Text)} (label column {Quoted(_schema.Label!.Value.Name)}, group column "
                    + $"{Quoted(_schema.Group.Name)}). All rows of a sequence must have the same label.");
            _readStep();
            Advance();
        }
        while (_hasStep && _key.IsSame);
        return true;
    }

    /// <inheritdoc/>
    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _id;

    /// <inheritdoc/>
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"The column {Quoted(column.Name)} was not asked for when the cursor was created.");
        if (_held[column.Index] is { } held)
            return held.Getter<TValue>();
        ValueGetter<VBuffer<float>> features = (ref VBuffer<float> target) =>
            TextAnnotation.CopyTo(CollectionsMarshal.AsSpan(_values), ref target);
        return ScoreBinding.Typed<TValue>(features, column);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _steps.Dispose();
        base.Dispose(disposing);
    }

    private void Advance()
    {
        _hasStep = _steps.MoveNext();
        _isAtEnd |= !_hasStep;
    }

    private void CheckKey()
    {
        if (_key.IsMissing)
            throw new ArgumentException($"Row {_steps.Position + 1} has no value in the group column {Quoted(_schema.Group.Name)}, so it "
                + "belongs to no sequence.");
        if (!_ended.Add(_key.Identity))
            throw new ArgumentException($"In row {_steps.Position + 1}, the sequence {Quoted(_key.Text)} of the group column "
                + $"{Quoted(_schema.Group.Name)} begins again after another one. The rows of a sequence must follow each other: sort the "
                + "data by this column, and by time within it.");
    }

    private Action StepReader()
    {
        if (_schema.Steps.Column.Type is not VectorDataViewType)
        {
            ValueGetter<float> number = _steps.GetGetter<float>(_schema.Steps.Column);
            float value = 0;
            return () =>
            {
                number(ref value);
                _values.Add(value);
            };
        }
        ValueGetter<VBuffer<float>> vector = _steps.GetGetter<VBuffer<float>>(_schema.Steps.Column);
        VBuffer<float> buffer = default;
        return () =>
        {
            vector(ref buffer);
            if (buffer.Length != _schema.Steps.Size)
                throw new ArgumentException($"Row {_steps.Position + 1} of the feature column {Quoted(_schema.Steps.Column.Name)} has "
                    + $"{Amount.Of(buffer.Length, "value")} instead of {_schema.Steps.Size}.");
            int start = _values.Count;
            CollectionsMarshal.SetCount(_values, start + buffer.Length);
            buffer.CopyTo(CollectionsMarshal.AsSpan(_values)[start..]);
        };
    }
}
