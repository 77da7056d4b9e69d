using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tasks;

/// <summary>A column that a transformer adds.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type.</param>
/// <param name="Annotate">Adds annotations to those that every output has.</param>
/// <param name="Getter">Makes a getter of the column from a function that returns the answer of the model for the current row.</param>
internal sealed record OutputColumn(
    string Name, DataViewType Type, Action<DataViewSchema.Annotations.Builder> Annotate, Func<Func<float[]>, Delegate> Getter)
{
    public const string Score = "Score", Probability = "Probability", PredictedLabel = "PredictedLabel";

    private const string SetIdKind = "ScoreColumnSetId";

    /// <summary>Returns the annotations, with those by which ML.NET finds the columns of one prediction.</summary>
    /// <param name="setId">The number of the prediction.</param>
    /// <param name="kind">The kind of the prediction.</param>
    public DataViewSchema.Annotations Annotations(uint setId, string kind)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        Annotate(builder);
        builder.Add(SetIdKind, new KeyDataViewType(typeof(uint), int.MaxValue), (ref uint target) => target = setId);
        AddText(builder, "ScoreColumnKind", kind);
        AddText(builder, "ScoreValueKind", Name);
        return builder.ToAnnotations();
    }

    /// <summary>Returns the number of the next prediction: one more than the largest in a schema.</summary>
    public static uint NextSetId(DataViewSchema schema)
    {
        uint last = 0;
        foreach (DataViewSchema.Column column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(SetIdKind)?.Type is not KeyDataViewType { RawType: var type }
                || type != typeof(uint))
                continue;
            uint id = 0;
            column.Annotations.GetValue(SetIdKind, ref id);
            last = Math.Max(last, id);
        }
        return last + 1;
    }

    private static void AddText(DataViewSchema.Annotations.Builder builder, string kind, string text) =>
        builder.Add(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> target) => target = text.AsMemory());
}
