using Elman.Onnx.Export;
using Google.Protobuf;

namespace Elman.Onnx;

/// <summary>Models as ONNX files.</summary>
/// <remarks>
/// <para>
/// The graph takes <c>x</c>, <c>[batch, steps, channels]</c>, the values of sequences as they are in the data, and <c>lengths</c>,
/// <c>[batch]</c>, the number of steps of each; values after the end of a sequence are not read. Its output is <c>probabilities</c>,
/// <c>[batch, classes]</c> or for a tagger <c>[batch, steps, classes]</c>; <c>numbers</c>, <c>[batch, targets]</c>; or <c>forecast</c>,
/// <c>[batch, steps, horizon, channels]</c>, with <c>quantiles</c>, <c>[batch, steps, levels, horizon, channels]</c>. Preprocessing, the
/// average of several members and the temperature are part of the graph.
/// </para>
/// <para>
/// With <see cref="OnnxSaveOptions.IsStreaming"/> it takes one step, <c>x</c> <c>[batch, channels]</c>, and the states, inputs whose names
/// begin with <c>state.</c>: zeros before the first step, afterwards the outputs with the same name and <c>.next</c>.
/// </para>
/// <para>
/// Results differ from those of the model by rounding. The metadata are those of the model file: classes, channels, standardisation.
/// </para>
/// </remarks>
public static partial class OnnxFile
{
    /// <summary>Writes a model to a file, atomically: if it fails, an existing file stays unchanged.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">The settings of the export; by default opset 22 and whole sequences.</param>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    /// <exception cref="ArgumentException">The model has something that ONNX can't express, which the message names; the options are not
    /// valid; or the model can't stream.</exception>
    /// <exception cref="ModelFileException">The file can't be written.</exception>
    public static void Save(SequenceEstimator model, string path, OnnxSaveOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] bytes = ToBytes(model, options);
        try
        {
            AtomicFile.Write(path, stream => stream.Write(bytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string why = Directory.Exists(path) ? "it is a directory; give the name of a file" : FileProblem.ReasonOf(e);
            throw ModelFileException.At(path, $"The model can't be written here: {why}.", e);
        }
    }

    /// <summary>Returns the bytes of the file that <see cref="Save"/> writes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The settings of the export; by default opset 22 and whole sequences.</param>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    /// <exception cref="ArgumentException">The model has something that ONNX can't express, which the message names; the options are not
    /// valid; or the model can't stream.</exception>
    public static byte[] ToBytes(SequenceEstimator model, OnnxSaveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= OnnxSaveOptions.Default;
        if (options.Opset is < OnnxSaveOptions.OldestOpset or > OnnxSaveOptions.NewestOpset)
            throw new ArgumentException(FormattableString.Invariant(
                $"Opset is {options.Opset}; it may be {OnnxSaveOptions.OldestOpset} to {OnnxSaveOptions.NewestOpset}."), nameof(options));
        return model.Read("it began to be exported; export it again.", fitted =>
        {
            if (options.IsStreaming && fitted.Members.Select(member => member.Model.Spec.StreamProblem).FirstOrDefault(
                problem => problem is not null) is { } problem)
                throw new ArgumentException(problem, nameof(options));
            try
            {
                // A graph has no place for the biases of PyTorch's modules.
                return new ModelExport(fitted, options).Write(
                    SequenceEstimator.ContentOf(fitted with { PyTorch = null }).Metadata).ToByteArray();
            }
            catch (NotSupportedException e)
            {
                throw new ArgumentException($"The model can't be written as ONNX: {e.Message}.", e);
            }
        });
    }
}
