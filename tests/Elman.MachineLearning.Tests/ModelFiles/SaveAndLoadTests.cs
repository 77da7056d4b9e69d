using Elman.MachineLearning.ModelFiles;
using Elman.MachineLearning.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tests.ModelFiles;

public sealed class SaveAndLoadTests : IDisposable
{
    private static readonly MLContext _context = Tables.Context;
    private readonly string _folder = Directory.CreateTempSubdirectory("elman-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("multiclass")]
    [InlineData("grouped")]
    [InlineData("binary")]
    [InlineData("regression")]
    [InlineData("forecast")]
    public void A_model_predicts_the_same_bits_in_a_fresh_process(string task)
    {
        SequenceDataset data = Tables.Slopes(24, 2, i => 12 + (i % 3));
        IDataView rows = task == "grouped" ? Tables.StepsOf(data) : Tables.Of(data, false);
        ITransformer model = task switch
        {
            "multiclass" => Tables.Classifier(2).Fit(rows),
            "grouped" => Tables.Classifier(2, "Key").Fit(rows),
            "binary" => _context.BinaryClassification.Trainers.RecurrentNetwork("IsFall", channels: 2, options: Tables.Small).Fit(rows),
            "regression" => _context.Regression.Trainers.RecurrentNetwork("Number", channels: 2, options: Tables.Small).Fit(rows),
            _ => _context.Forecasting.Trainers
                .RecurrentNetwork(channels: 2, options: Tables.Small with { Forecast = new() { Horizon = 2 } }).Fit(rows),
        };
        string file = Path.Combine(_folder, "model.zip");
        _context.Model.Save(model, rows.Schema, file);
        IDataView scored = model.Transform(rows);
        float[][] expected = scored.Schema["Score"].Type is VectorDataViewType
            ? Tables.Scores(scored)
            : [Tables.Values<float>(scored, "Score")];
        Assert.Equal(expected, FreshProcess.Scores(file, rows));

        ITransformer loaded = _context.Model.Load(file, out DataViewSchema schema);
        Assert.Equal(rows.Schema.Select(column => column.Name), schema.Select(column => column.Name));
        Assert.Equal(Described(model.GetOutputSchema(rows.Schema)), Described(loaded.GetOutputSchema(rows.Schema)));
    }

    [Fact]
    public void A_loaded_model_is_the_transformer_that_was_saved()
    {
        IDataView data = Tables.Of(Tables.Slopes(20, 1, _ => 5), true);
        using TransformerChain<RecurrentNetworkTransformer> model = Tables.Classifier().Fit(data);
        string file = Path.Combine(_folder, "model.zip");
        _context.Model.Save(model, data.Schema, file);
        var loaded = (TransformerChain<ITransformer>)_context.Model.Load(file, out _);
        var transformer = Assert.IsType<RecurrentNetworkTransformer>(loaded.LastTransformer);
        Assert.Equal(model.LastTransformer.Model.ToBytes(), transformer.Model.ToBytes());
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 5), transformer.FeatureColumnType);
        Assert.Equal("Features", transformer.FeatureColumnName);
        Assert.Equal(5, _context.MulticlassClassification.PermutationFeatureImportance(transformer, model.Transform(data)).Length);

        string again = Path.Combine(_folder, "again.zip");
        _context.Model.Save(loaded, data.Schema, again);
        Assert.Equal(Tables.Scores(model.Transform(data)), Tables.Scores(_context.Model.Load(again, out _).Transform(data)));
        loaded.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Tables.Scores(loaded.Transform(data)));
    }

    [Fact]
    public void Key_values_keep_their_type()
    {
        CheckKeyValues("fall", "rise");
        CheckKeyValues(-3, 17);
        CheckKeyValues(-0.1f, 1e-30f);
        CheckKeyValues(0.1, 1.7976931348623157e308);
        CheckKeyValues(ulong.MaxValue, 1ul);
        CheckKeyValues((sbyte)-1, (sbyte)5);
        CheckKeyValues(false, true);
    }

    [Fact]
    public void Key_values_of_another_type_are_refused()
    {
        IDataView data = Labelled(DateTime.UnixEpoch, DateTime.UnixEpoch.AddDays(1));
        Assert.StartsWith("The key values of the label column 'Label' have the type DateTime; a model keeps texts, numbers and Booleans.",
            Assert.Throws<ArgumentException>(() => Tables.Classifier().Fit(data)).Message, StringComparison.Ordinal);
    }

    private void CheckKeyValues<T>(T rise, T fall)
    {
        IDataView data = Labelled(rise, fall);
        using TransformerChain<RecurrentNetworkTransformer> model = Tables.Classifier().Fit(data);
        string file = Path.Combine(_folder, "model.zip");
        _context.Model.Save(model, data.Schema, file);
        IDataView scored = _context.Model.Load(file, out _).Transform(data);
        IDataView named = _context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored);
        Assert.Equal(Tables.Values<uint>(scored, "PredictedLabel").Select(key => key == 1 ? rise : fall),
            Tables.Values<T>(named, "PredictedLabel"));
    }

    private static IDataView Labelled<T>(T rise, T fall)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Labelled<T>));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 4);
        return _context.Data.LoadFromEnumerable(Tables.Slopes(20, 1, _ => 4).Select(sequence => new Labelled<T>
        {
            Label = sequence.Label == 0 ? rise : fall,
            Features = sequence.Values.ToArray(),
        }).ToArray(), schema);
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_of_a_saved_state_is_refused_or_harmless()
    {
        using RecurrentNetworkTransformer model = _context.BinaryClassification.Trainers
            .RecurrentNetwork("IsFall", options: Tables.Small).Fit(Tables.Of(Tables.Slopes(12, 1, _ => 3), true));
        var state = new TransformerState(PredictionTask.Binary, new("Features", "IsFall", null, 1), 3, null, model.Model);
        byte[] bytes = Written(state);
        foreach (int length in Enumerable.Range(0, 80).Append(bytes.Length - 1))
            Assert.ThrowsAny<FormatException>(() => Read(bytes[..length]));
        for (int i = 0; i < 80; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 0x55;
            try
            {
                Read(changed).Model.Dispose();
            }
            catch (Exception e) when (e is FormatException or ModelFileException)
            {
                Assert.NotEmpty(e.Message);
            }
        }

        Assert.Contains("another task", Assert.Throws<FormatException>(() => Read(Written(state with
        {
            Task = PredictionTask.Regression,
        }))).Message, StringComparison.Ordinal);
        Assert.Contains("another task, or has other classes", Assert.Throws<FormatException>(() => Read(Written(state with
        {
            Task = PredictionTask.Multiclass,
            Classes = new(["a", "b"], TextDataViewType.Instance),
        }))).Message, StringComparison.Ordinal);
    }

    private static byte[] Written(TransformerState state)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        state.Write(writer);
        return stream.ToArray();
    }

    private static TransformerState Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return TransformerState.Read(reader);
    }

    private static string[] Described(DataViewSchema schema) => [.. schema.Select(column =>
        $"{column.Name} {column.Type} {string.Join(',', column.Annotations.Schema.Select(annotation => annotation.Name))}")];
}

/// <summary>A sequence with a label of any type.</summary>
internal sealed class Labelled<T>
{
    public T Label { get; set; } = default!;

    public float[] Features { get; set; } = [];
}
