using Elman.Files;
using Elman.PyTorch.Mapping;
using Elman.PyTorch.Tensors;
using Elman.PyTorch.Writing;

namespace Elman.PyTorch;

/// <summary>
/// Reads models from state dictionaries of PyTorch and writes them as such: <c>nn.RNN</c>, <c>nn.GRU</c> or <c>nn.LSTM</c> in any number of
/// layers, in one or both directions, then <c>nn.Linear</c>; <c>nn.Embedding</c> may be before them.
/// </summary>
/// <remarks>
/// <para>Files are <c>.safetensors</c>, and for reading also <c>.pt</c> as <c>torch.save(model.state_dict(), path)</c> writes them since
/// version 1.6. No code of a file is run: a file that holds more than tensors, dictionaries, lists, texts and numbers is refused. Reading
/// takes at most ten times the memory of the file.</para>
/// <para>PyTorch adds two biases in each gate, and a model has their sum; the outputs are equal to rounding. An imported model, and its
/// file, keeps both and the names and types of the tensors, so that a state dictionary that is read and written again has the same bits.
/// Where further training changed a sum, it is written as the bias of the inputs, and the other bias as 0.</para>
/// </remarks>
public static class PyTorchFile
{
    private const string BytesName = "bytes";

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file, <c>.safetensors</c> or <c>.pt</c>; it is recognised by its content.</param>
    /// <param name="options">What a state dictionary does not say.</param>
    /// <exception cref="ModelFileException">The file does not exist, can't be read, or has other tensors than those of such a model; the
    /// message names every tensor that is left over or missing.</exception>
    /// <exception cref="ArgumentException">An option is missing or does not fit the file.</exception>
    public static PyTorchImport Load(string path, PyTorchLoadOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(options);
        return ModelBuilder.Build(StateFile.Read(path), options);
    }

    /// <summary>Reads a model from the bytes of a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="options">What a state dictionary does not say.</param>
    /// <inheritdoc cref="Load(string, PyTorchLoadOptions)" path="/exception"/>
    public static PyTorchImport Load(ReadOnlySpan<byte> bytes, PyTorchLoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ModelBuilder.Build(StateFile.Read(BytesName, bytes), options);
    }

    /// <summary>Writes a model as a state dictionary in a <c>.safetensors</c> file, atomically.</summary>
    /// <param name="estimator">The model. An imported one gets the names that it had in PyTorch; any other one those of the modules
    /// <c>embedding</c>, <c>rnn</c> (<c>rnn1</c>, … if the layers have different sizes) and <c>linear</c>.</param>
    /// <param name="path">The file.</param>
    /// <returns>What was written, and what the modules do not do; numbers that a program needs for it, such as
    /// the standardisation, are in the metadata of the file, in the form of a model file.</returns>
    /// <exception cref="ArgumentException">PyTorch has no modules for such a model; the message names why.</exception>
    /// <exception cref="ModelFileException">The file can't be written.</exception>
    /// <exception cref="InvalidOperationException">The model is not fitted, or is being trained by another thread.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public static PyTorchExport Save(SequenceEstimator estimator, string path)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        (PyTorchExport export, Safetensors content) = StateExport.Of(estimator);
        SafetensorsWriter.Write(path, content);
        return export;
    }

    /// <summary>Writes a model as a state dictionary in the safetensors format to a stream, from its current position; the stream stays
    /// open.</summary>
    /// <param name="estimator">The model, as for a file.</param>
    /// <param name="stream">The stream.</param>
    /// <returns>What was written, as for a file.</returns>
    /// <exception cref="ArgumentException">The stream can't be written to.</exception>
    /// <inheritdoc cref="Save(SequenceEstimator, string)" path="/exception"/>
    public static PyTorchExport Save(SequenceEstimator estimator, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
            throw new ArgumentException("The stream can't be written to.", nameof(stream));
        (PyTorchExport export, Safetensors content) = StateExport.Of(estimator);
        SafetensorsWriter.WriteTo(stream, content);
        return export;
    }
}
