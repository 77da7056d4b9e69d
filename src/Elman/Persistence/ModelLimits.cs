using System.Text;
using System.Text.Json;
using Elman.Files;
using Elman.Learners;
using Elman.Models;

namespace Elman.Persistence;

/// <summary>
/// Checks the limits of model files before training, so that no time is spent on a model that can't be saved or loaded.
/// </summary>
internal static class ModelLimits
{
    /// <summary>The number of bytes of a file's header that is reserved for everything except names.</summary>
    private const long ForTheRest = 10_000_000;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Checks the limits of a model for data.</summary>
    /// <param name="set">The training data.</param>
    /// <param name="options">The training options.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">The model would have too many inputs or outputs, or names that a file can't hold.</exception>
    public static void Check(TrainingSet set, TrainingOptions options, string parameter)
    {
        // Each candidate of an automatic choice is checked when it is planned; a model without stages is the minimum.
        if (set.Start is null && FindProblem(set, options) is { } problem)
            throw new ArgumentException(problem, parameter);
        CheckNames(set.Task.NamesOf(set.Data), "class or target", parameter);
        CheckNames(set.Data.ChannelNames, "channel", parameter);
        long length = LengthOf(set.Task.NamesOf(set.Data)) + LengthOf(set.Data.ChannelNames);
        if (length > Safetensors.MaxHeaderLength - ForTheRest)
            throw new ArgumentException($"The names of classes, targets and channels take {Amount.Of(length, "byte")}, more than the "
                + $"{Safetensors.MaxHeaderLength - ForTheRest} available in a model file; shorten them.", parameter);
    }

    private static string? FindProblem(TrainingSet set, TrainingOptions options)
    {
        TrainingOptions chosen = options.IsAuto
            ? new TrainingOptions { Cell = "gru", Inputs = new() { Missing = options.Inputs.Missing } }
            : options;
        int outputs = set.Task.Kind == ModelTask.Forecast ? 1 : set.Task.OutputSizeOf(set.Data, options);
        return chosen.SpecFor(set.Data.Channels, outputs, set.Task.Kind, set.Symbols).FindProblems() is [var first, ..] ? first : null;
    }

    private static void CheckNames(IReadOnlyList<string> names, string what, string parameter)
    {
        foreach (string name in names)
        {
            try
            {
                _strict.GetByteCount(name);
            }
            catch (EncoderFallbackException e)
            {
                throw new ArgumentException(
                    $"The name of a {what}, {Quoted(name)}, has half of a surrogate pair, which no file can hold; give it another name.",
                    parameter, e);
            }
        }
    }

    /// <summary>Returns the number of bytes of names in a file's header: as a JSON text within a JSON text.</summary>
    private static long LengthOf(IReadOnlyList<string> names) => names.Count == 0
        ? 0
        : JsonEncodedText.Encode(MetadataJson.Write(names), SafetensorsWriter.Encoder).EncodedUtf8Bytes.Length;
}
