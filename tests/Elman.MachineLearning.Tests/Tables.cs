using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tests;

/// <summary>Sequences as tables of ML.NET.</summary>
internal static class Tables
{
    public static MLContext Context { get; } = new(seed: 1);

    /// <summary>A network that trains in a moment.</summary>
    public static TrainingOptions Small { get; } =
        new() { Cell = "gru", Model = new() { Layers = [6] }, Epochs = 15, Batch = 8, LearningRate = 0.02, Seed = 7 };

    /// <summary>Sequences of two classes: the first channel rises or falls, the others are noise.</summary>
    /// <param name="count">The number of sequences.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="steps">The steps of sequence i.</param>
    /// <param name="seed">The seed of the noise.</param>
    public static SequenceDataset Slopes(int count, int channels, Func<int, int> steps, int seed = 1)
    {
        var random = new Random(seed);
        var sequences = new List<Sequence>();
        for (int i = 0; i < count; i++)
        {
            int label = i % 2;
            float[] values = new float[steps(i) * channels];
            for (int k = 0; k < values.Length; k++)
            {
                float noise = random.NextSingle() - 0.5f;
                values[k] = k % channels == 0 ? ((label == 0 ? 1 : -1) * (k / channels) / (float)steps(i)) + (0.6f * noise) : noise;
            }
            sequences.Add(new Sequence(values, channels, label));
        }
        return new(channels, ["rise", "fall"], sequences);
    }

    /// <summary>A table with a sequence in each row, whose vectors have a fixed size or not.</summary>
    public static IDataView Of(SequenceDataset data, bool isFixed)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = isFixed
            ? new VectorDataViewType(NumberDataViewType.Single, data.MaxSteps * data.Channels)
            : new VectorDataViewType(NumberDataViewType.Single);
        return Context.Data.LoadFromEnumerable(data.Select(RowOf).ToArray(), schema);

        Row RowOf(Sequence sequence) => new()
        {
            Features = sequence.Values.ToArray(),
            Label = data.ClassLabels[sequence.Label],
            IsFall = sequence.Label == 1,
            Number = sequence.Values.Span[0] + sequence.Values.Span[^1],
        };
    }

    /// <summary>A table of rows, whose vectors have no fixed size.</summary>
    public static IDataView Of(Row[] rows)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single);
        return Context.Data.LoadFromEnumerable(rows, schema);
    }

    /// <summary>A table with a step in each row.</summary>
    public static IDataView StepsOf(SequenceDataset data)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Step));
        schema[nameof(Step.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, data.Channels);
        return Context.Data.LoadFromEnumerable(data.SelectMany((sequence, i) => Enumerable.Range(0, sequence.Steps).Select(t => new Step
        {
            Key = $"sequence {i}",
            Time = t,
            Features = sequence.Values.Slice(t * data.Channels, data.Channels).ToArray(),
            Label = data.ClassLabels[sequence.Label],
            Number = sequence.Values.Span[0] + sequence.Values.Span[^1],
        })).ToArray(), schema);
    }

    /// <summary>A pipeline that classifies a text label.</summary>
    public static EstimatorChain<RecurrentNetworkTransformer> Classifier(
        int? channels = null, string? group = null, TrainingOptions? options = null) =>
        Context.Transforms.Conversion.MapValueToKey("Label")
            .Append(Context.MulticlassClassification.Trainers.RecurrentNetwork(
                channels: channels, groupColumnName: group, options: options ?? Small));

    /// <summary>The scores of every row, copied while the cursor is there.</summary>
    public static float[][] Scores(IDataView view, string column = "Score")
    {
        var scores = new List<float[]>();
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema[column]]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(view.Schema[column]);
        VBuffer<float> buffer = default;
        while (cursor.MoveNext())
        {
            get(ref buffer);
            scores.Add([.. buffer.DenseValues()]);
        }
        return [.. scores];
    }

    /// <summary>The values of a column of single values.</summary>
    public static T[] Values<T>(IDataView view, string column) => [.. view.GetColumn<T>(column)];
}

/// <summary>A sequence.</summary>
internal sealed class Row
{
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";

    public bool IsFall { get; set; }

    public float Number { get; set; }
}

/// <summary>A step of a sequence.</summary>
internal sealed class Step
{
    public string Key { get; set; } = "";

    public float Time { get; set; }

    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";

    public float Number { get; set; }
}
