using System.Globalization;
using Elman.MachineLearning.Columns;
using Elman.MachineLearning.Tasks;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.ModelFiles;

/// <summary>All that a transformer consists of, and its form in a model of ML.NET.</summary>
/// <param name="Task">What is predicted.</param>
/// <param name="Columns">The columns.</param>
/// <param name="FeatureSize">The number of values of every training sequence; 0 if they differed.</param>
/// <param name="Classes">The classes, if the label is a key.</param>
/// <param name="Model">The model.</param>
internal sealed record TransformerState(
    PredictionTask Task, ColumnNames Columns, int FeatureSize, ClassNames? Classes, SequenceEstimator Model)
{
    private const string NoType = "";

    /// <summary>
    /// Writes the state: task, feature, label and group column (empty for none), channels, feature size, number of classes (−1 for none),
    /// the type of their key values and their names, then the length and the bytes of Elman's model file. Texts and numbers are as
    /// <see cref="BinaryWriter"/> writes them.
    /// </summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Task.Name);
        writer.Write(Columns.Features);
        writer.Write(Columns.Label ?? "");
        writer.Write(Columns.Group ?? "");
        writer.Write(Columns.Channels!.Value);
        writer.Write(FeatureSize);
        writer.Write(Classes?.Names.Count ?? -1);
        if (Classes is not null)
        {
            writer.Write(Classes.ValueType?.ToString() ?? NoType);
            foreach (string name in Classes.Names)
                writer.Write(name);
        }
        byte[] model = Model.ToBytes();
        writer.Write(model.Length);
        writer.Write(model);
    }

    /// <summary>Reads a state.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    /// <exception cref="ModelFileException">Elman's model file in it is damaged.</exception>
    public static TransformerState Read(BinaryReader reader)
    {
        try
        {
            string name = reader.ReadString();
            PredictionTask task = PredictionTask.All.FirstOrDefault(task => task.Name == name)
                ?? throw Damaged($"it names the task {Quoted(name)}, which this version does not know");
            string features = reader.ReadString(), label = reader.ReadString(), group = reader.ReadString();
            int channels = reader.ReadInt32(), size = reader.ReadInt32();
            var columns = new ColumnNames(features, NullIfEmpty(label), NullIfEmpty(group), channels);
            if (features.Length == 0 || channels < 1 || size < 0 || task.HasLabel != (label.Length > 0))
                throw Damaged("its columns are not possible");
            ClassNames? classes = ReadClasses(reader);
            int length = reader.ReadInt32();
            Stream stream = reader.BaseStream;
            if (length <= 0 || (stream.CanSeek && length > stream.Length - stream.Position))
                throw Damaged(string.Create(CultureInfo.InvariantCulture, $"the model in it can't have {length} bytes"));
            byte[] bytes = new byte[length];
            stream.ReadExactly(bytes);
            SequenceEstimator model = SequenceEstimator.LoadAny(bytes);
            if (task.Fits(model, classes) && model.Channels == channels)
                return new(task, columns, size, classes, model);
            model.Dispose();
            throw Damaged("the model in it is of another task, or has other classes or channels");
        }
        catch (EndOfStreamException)
        {
            throw Damaged("it ends too early");
        }
    }

    private static ClassNames? ReadClasses(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count < 0)
            return null;
        string typeName = reader.ReadString();
        PrimitiveDataViewType? type = typeName == NoType
            ? null
            : ClassNames.FindType(typeName) ?? throw Damaged($"its key values have the unknown type {Quoted(typeName)}");
        var names = new List<string>();
        for (int i = 0; i < count; i++)
            names.Add(reader.ReadString());
        return new(names, type);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static FormatException Damaged(string reason) =>
        new($"The recurrent network in the ML.NET model can't be read: {reason}. Save the model again.");
}
