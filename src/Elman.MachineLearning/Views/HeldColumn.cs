using System.Globalization;
using Elman.MachineLearning.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Views;

/// <summary>A column whose value at the first step of a sequence is kept while the cursor goes on to the other steps.</summary>
internal abstract class HeldColumn
{
    /// <summary>Whether the value of the current step is the held one.</summary>
    public abstract bool IsSame { get; }

    /// <summary>Whether the held value is missing: 0 for a key, NaN for a number, an empty text.</summary>
    public abstract bool IsMissing { get; }

    /// <summary>The held value as text, for messages.</summary>
    public abstract string Text { get; }

    /// <summary>The held value, in a form that can be compared.</summary>
    public abstract object Identity { get; }

    public static HeldColumn Of(DataViewRow row, DataViewSchema.Column column) => column.Type is VectorDataViewType vector
        ? TypedCall.Of<HeldColumn>(typeof(HeldColumn), nameof(OfVectors), vector.ItemType.RawType, row, column)
        : TypedCall.Of<HeldColumn>(typeof(HeldColumn), nameof(OfValues), column.Type.RawType, row, column);

    /// <summary>Keeps the value of the current step.</summary>
    public abstract void Hold();

    /// <summary>Returns a getter of the held value.</summary>
    public abstract ValueGetter<TValue> Getter<TValue>();

    private static HeldVectors<T> OfVectors<T>(DataViewRow row, DataViewSchema.Column column) => new HeldVectors<T>(row, column);

    private static HeldValues<T> OfValues<T>(DataViewRow row, DataViewSchema.Column column) => new HeldValues<T>(row, column);

    private sealed class HeldValues<T>(DataViewRow row, DataViewSchema.Column column) : HeldColumn
    {
        private readonly ValueGetter<T> _get = row.GetGetter<T>(column);
        private T _held = default!;
        private T _current = default!;

        public override bool IsSame
        {
            get
            {
                _get(ref _current);
                return IdentityOf(_held).Equals(IdentityOf(_current));
            }
        }

        public override bool IsMissing => _held switch
        {
            ReadOnlyMemory<char> text => text.IsEmpty,
            float number => float.IsNaN(number),
            double number => double.IsNaN(number),
            _ => column.Type is KeyDataViewType && Convert.ToUInt64(_held, CultureInfo.InvariantCulture) == 0,
        };

        public override string Text => Convert.ToString(Identity, CultureInfo.InvariantCulture)!;

        public override object Identity => IdentityOf(_held);

        public override void Hold()
        {
            _get(ref _held);
            if (_held is ReadOnlyMemory<char> text)
                _held = (T)(object)text.ToString().AsMemory(); // the memory of a text may be used again for the next row
        }

        public override ValueGetter<TValue> Getter<TValue>() =>
            ScoreBinding.Typed<TValue>((ValueGetter<T>)((ref T target) => target = _held), column);

        /// <summary>Returns the value; texts are compared by their characters rather than by where they are in memory.</summary>
        private static object IdentityOf(T value) => value is ReadOnlyMemory<char> text ? text.ToString() : value!;
    }

    private sealed class HeldVectors<T>(DataViewRow row, DataViewSchema.Column column) : HeldColumn
    {
        private readonly ValueGetter<VBuffer<T>> _get = row.GetGetter<VBuffer<T>>(column);
        private VBuffer<T> _held;
        private VBuffer<T> _current;

        public override bool IsSame
        {
            get
            {
                _get(ref _current);
                return _held.DenseValues().SequenceEqual(_current.DenseValues());
            }
        }

        public override bool IsMissing => false;

        public override string Text => column.Name;

        public override object Identity => this;

        public override void Hold()
        {
            _get(ref _current);
            _current.CopyTo(ref _held);
        }

        public override ValueGetter<TValue> Getter<TValue>() =>
            ScoreBinding.Typed<TValue>((ValueGetter<VBuffer<T>>)((ref VBuffer<T> target) => _held.CopyTo(ref target)), column);
    }
}
