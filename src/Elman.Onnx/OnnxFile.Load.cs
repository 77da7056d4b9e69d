using Elman.Onnx.Import;
using Elman.Onnx.Reading;

namespace Elman.Onnx;

/// <content>Reading.</content>
public static partial class OnnxFile
{
    /// <summary>The name of a stream in messages.</summary>
    private const string StreamName = "stream";

    /// <summary>
    /// Reads a recurrent model from an ONNX file of any tool: a stack of RNN, GRU or LSTM layers, in one or both directions, with what
    /// exporters put around them (standardisation or an embedding of the input, transpositions, the choice of the last step or a mean or
    /// maximum over the steps, a linear layer, softmax or sigmoid).
    /// </summary>
    /// <param name="path">The file. Tensors in another file of the same folder are read, too.</param>
    /// <param name="options">What the file does not say about the model.</param>
    /// <returns>The model, which computes what the graph does on sequences of any length, and warnings.</returns>
    /// <remarks>
    /// A file that <see cref="Save"/> wrote, with any cell, gives back the same model, bit for bit; if its graph was changed since, it is
    /// refused. Of the options, only <see cref="OnnxLoadOptions.Model"/> applies to it. Of other files, the predictions agree with those of
    /// the graph up to the rounding of 32-bit floats. A graph with anything that Elman can't express is refused, with the name of the node.
    /// Memory is at most ten times the length of the file and a fixed number of megabytes. Operators: ONNX standard, opset 7 to 25.
    /// </remarks>
    /// <exception cref="ModelFileException">The file can't be read, is no ONNX model, or not one that can be imported; the message names
    /// the node or tensor.</exception>
    /// <exception cref="ArgumentException">The path is empty, or an option does not match the graph.</exception>
    public static OnnxImport Load(string path, OnnxLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Load(path, () => ModelBytes.Read(path), options);
    }

    /// <summary>Reads a recurrent model from a stream, from its current position to its end; the stream stays open.</summary>
    /// <param name="stream">The stream. All tensors must be in it.</param>
    /// <param name="options">What the model does not say, as for a file.</param>
    /// <returns>The model and warnings, as for a file.</returns>
    /// <exception cref="ModelFileException">The stream can't be read, or its model can't be imported, as for a file.</exception>
    /// <exception cref="ArgumentException">The stream can't be read from, or an option does not match the graph.</exception>
    public static OnnxImport Load(Stream stream, OnnxLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("The stream can't be read from.", nameof(stream));
        return Load(StreamName, () => ModelBytes.Read(stream), options);
    }

    private static OnnxImport Load(string name, Func<ModelBytes> read, OnnxLoadOptions? options)
    {
        options ??= new OnnxLoadOptions();
        ArgumentNullException.ThrowIfNull(options.Names);
        ArgumentNullException.ThrowIfNull(options.Model);
        if (!Enum.IsDefined(options.Task))
            throw new ArgumentException($"Task is {options.Task}, which is not a defined value.", nameof(options));
        try
        {
            ModelBytes file = read();
            if (ElmanGraph.IsIn(file.Model))
                return new OnnxImport(new ElmanGraph(name, file, options).Read(), [], isOfElman: true);
            var import = new GraphImport(file, options);
            return new OnnxImport(SequenceEstimator.Of(import.Run(), options.Model), import.Warnings);
        }
        catch (GraphException e)
        {
            throw ModelFileException.At(name, e.Problem);
        }
    }
}
