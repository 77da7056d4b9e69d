using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tasks;

/// <summary>What is known of an output column before training.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">Whether it is a vector.</param>
/// <param name="ItemType">The type of its values.</param>
/// <param name="IsKey">Whether it is a key.</param>
/// <param name="Lists">The annotations that are lists, with the type of their items.</param>
internal sealed record OutputShape(string Name, SchemaShape.Column.VectorKind Kind, DataViewType ItemType, bool IsKey = false,
    params IReadOnlyList<(string Kind, DataViewType Item)> Lists);
