using System.Text.Json;
using Elman.Keras.Archive;
using Elman.Keras.Configuration;
using Elman.Keras.Hdf5;
using Elman.Keras.Import;

namespace Elman.Keras;

/// <summary>
/// Imports models that Keras 3 saved with <c>model.save('model.keras')</c>: SimpleRNN, LSTM and GRU layers in one or both directions, after
/// an Embedding, a Masking or a Normalization layer, and before pooling and a Dense layer.
/// </summary>
/// <remarks>
/// <para>
/// The model computes the same as in Keras for a sequence alone, up to rounding in single precision. What has no exact equivalent is
/// refused by its name; code in a file is never run. The guide has a table of what becomes what.
/// </para>
/// <para>
/// A file may come from anywhere: its sizes are checked before memory is allocated, and memory is at most ten times the file and a few
/// megabytes.
/// </para>
/// <para>Source: keras/src/saving/saving_lib.py and keras/src/layers of Keras 3.</para>
/// </remarks>
public static class KerasFile
{
    private const string StreamName = "stream";

    /// <summary>Imports a model from a file.</summary>
    /// <param name="path">The <c>.keras</c> file.</param>
    /// <param name="options">Choices that the file does not contain; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ModelFileException">The file does not exist, can't be read, is damaged, or has something that Elman has no
    /// equivalent of; the message names it and says what to do.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or an option is out of its range.</exception>
    public static KerasImport Load(string path, KerasLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var source = new KerasSource(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Load(stream, source, options);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw source.Error("There is no such file.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or NotSupportedException or (IOException and not ModelFileException))
        {
            throw source.Error(
                Directory.Exists(path)
                    ? "This is a directory, perhaps a SavedModel of TensorFlow. Save the model in Keras 3 with model.save('model.keras')."
                    : $"The file can't be read: {FileProblem.ReasonOf(e)}.",
                e);
        }
    }

    /// <summary>Imports a model from a stream, from its current position to its end; the stream stays open.</summary>
    /// <param name="stream">The content of a <c>.keras</c> file.</param>
    /// <param name="options">Choices that the file does not contain; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ModelFileException">The stream can't be read, or as for a file.</exception>
    /// <exception cref="ArgumentException">The stream can't be read from, or an option is out of its range.</exception>
    public static KerasImport Load(Stream stream, KerasLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("The stream can't be read from.", nameof(stream));
        var source = new KerasSource(StreamName);
        try
        {
            if (stream.CanSeek && stream.Position == 0)
                return Load(stream, source, options);
            using var whole = new MemoryStream(); // a zip file is read from its end, with positions from its beginning
            stream.CopyTo(whole);
            whole.Position = 0;
            return Load(whole, source, options);
        }
        catch (IOException e) when (e is not ModelFileException)
        {
            throw source.Error($"It can't be read: {FileProblem.ReasonOf(e)}.", e);
        }
    }

    private static KerasImport Load(Stream stream, KerasSource source, KerasLoadOptions? options)
    {
        options ??= new KerasLoadOptions();
        CheckOptions(options);
        var archive = KerasArchive.Read(stream, source);
        var notes = new NoteList();
        KerasVersion.Check(archive.Metadata, source);
        (ModelPlan plan, LayerChain chain) = ReadPlan(archive, options, notes, source);
        var file = Hdf5File.Open(archive.Weights, source);
        if (file.Members("")?.Contains("optimizer") == true)
            notes.Add("The state of the optimizer was not imported: training goes on with a new one.");
        return new ModelBuilder(plan, WeightGroups.Of(file, chain, plan, source), options, notes, source).Build();
    }

    private static (ModelPlan Plan, LayerChain Chain) ReadPlan(
        KerasArchive archive, KerasLoadOptions options, NoteList notes, KerasSource source)
    {
        // The layers refer to the document, so it is not disposed; it has memory of its own.
        JsonElement root = KerasJson.Parse(archive.Configuration, KerasArchive.ConfigurationName, source).RootElement;
        var chain = LayerChain.Read(root, source);
        return (ModelPlanner.Plan(root, chain, options, notes, source), chain);
    }

    private static void CheckOptions(KerasLoadOptions options)
    {
        if (!Enum.IsDefined(options.Output))
            throw new ArgumentException($"Output is {options.Output}, which is not a defined value.", nameof(options));
        if (options.Names is null || options.Names.Any(string.IsNullOrWhiteSpace)
            || options.Names.Distinct(StringComparer.Ordinal).Count() < options.Names.Count)
            throw new ArgumentException("Names has an empty name, or a name twice.", nameof(options));
    }
}
