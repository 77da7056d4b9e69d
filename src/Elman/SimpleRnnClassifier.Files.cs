using Elman.Files;
using Elman.Models;
using Elman.Persistence;
using Elman.Readouts;

namespace Elman;

/// <content>Saving and loading.</content>
public sealed partial class SimpleRnnClassifier<T>
{
    /// <summary>Writes the weights to a <c>.safetensors</c> file, atomically: if it fails, an existing file stays unchanged.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file can't be written.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        SafetensorsWriter.Write(path, ToContent());
    }

    /// <summary>Writes the weights to a stream, as <see cref="Save(string)"/> does, from its current position; the stream stays
    /// open.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="ArgumentException">The stream can't be written to.</exception>
    /// <exception cref="ModelFileException">Writing to the stream failed.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
            throw new ArgumentException("The stream can't be written to.", nameof(stream));
        SafetensorsWriter.WriteTo(stream, ToContent());
    }

    /// <summary>Returns the bytes of the file that <see cref="Save(string)"/> writes.</summary>
    /// <exception cref="ModelFileException">The file is larger than an array can be.</exception>
    /// <exception cref="ObjectDisposedException">The classifier was disposed.</exception>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.WriteTo(stream, ToContent());
        return stream.ToArray();
    }

    /// <summary>Reads a classifier that <see cref="Save(string)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Settings that the file does not contain: the custom activation that the classifier was created with, if
    /// any.</param>
    /// <param name="learningRate">The learning rate for further training.</param>
    /// <exception cref="ModelFileException">The file does not exist or is not a valid file of this kind;
    /// the message names what is wrong.</exception>
    public static SimpleRnnClassifier<T> Load(string path, LoadOptions? options = null, double learningRate = 0.01) =>
        Load(ModelSource.Of(path), options, learningRate);

    /// <summary>Reads a classifier from a stream, from its current position to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">Settings that the model does not contain, as for a file.</param>
    /// <param name="learningRate">The learning rate for further training.</param>
    /// <inheritdoc cref="Load(string, LoadOptions, double)" path="/exception"/>
    public static SimpleRnnClassifier<T> Load(Stream stream, LoadOptions? options = null, double learningRate = 0.01) =>
        Load(ModelSource.Of(stream), options, learningRate);

    /// <summary>Reads a classifier from the bytes of such a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="options">Settings that the model does not contain, as for a file.</param>
    /// <param name="learningRate">The learning rate for further training.</param>
    /// <inheritdoc cref="Load(string, LoadOptions, double)" path="/exception"/>
    public static SimpleRnnClassifier<T> Load(ReadOnlySpan<byte> bytes, LoadOptions? options = null, double learningRate = 0.01) =>
        Load(ModelSource.Of(bytes), options, learningRate);

    private static SimpleRnnClassifier<T> Load(ModelSource source, LoadOptions? options, double learningRate)
    {
        string path = source.Name;
        (ModelFile description, Safetensors content) = ModelFile.Read(source, [ModelFile.SimpleKind], options ?? LoadOptions.Default);
        ModelSpec spec = description.Spec;
        if (spec.Cell is not RnnOptions cell)
            throw ModelFileException.At(path, $"Its cell is {spec.Cell}; a simple recurrent network has rnn.");
        if (description.Members.Count > 1 || spec.Layers.Count > 1 || spec.Bidirectional || spec.Zoneout > 0
            || spec.Readout.Kind != ReadoutKind.Last || spec.Task != ModelTask.Classify)
            throw ModelFileException.At(
                path, "It is not a single layer with the last output as readout, as a simple recurrent network is.");
        if (!spec.Stages.IsNone)
            throw ModelFileException.At(
                path, "Its inputs are computed by preprocessing stages; a simple recurrent network uses the data unchanged.");
        MemberFile.CheckTensors(path, content, description.Members);
        var classifier = new SimpleRnnClassifier<T>(
            spec.InputSize, spec.Layers[0], spec.OutputSize, cell.Activation, learningRate);
        description.Load(path, content, classifier._model.Values);
        classifier._model.Pack(forTraining: true);
        return classifier;
    }

    /// <summary>The content of the classifier's file.</summary>
    private Safetensors ToContent()
    {
        using Use _ = Begin();
        return new ModelFile(ModelFile.SimpleKind, [new MemberFile(_model.Spec)], [], null).ToContent(_model.Values);
    }
}
