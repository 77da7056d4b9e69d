using System.Text.Json;
using Elman.Keras.Configuration;
using Elman.Models;

namespace Elman.Keras.Import;

/// <summary>The shape of the inputs of a model.</summary>
internal static class InputShape
{
    /// <summary>Returns the number of channels.</summary>
    /// <param name="input">The input layer.</param>
    /// <param name="isSymbols">Whether an embedding follows: then a sequence is [steps], otherwise [steps, channels].</param>
    /// <param name="notes">Receives what the user should know.</param>
    /// <exception cref="ModelFileException">The inputs are no sequences, or their channels are not known.</exception>
    public static int ChannelsOf(KerasLayer input, bool isSymbols, NoteList notes)
    {
        IReadOnlyList<JsonElement> shape = (input.Find("batch_shape") ?? input.Find("batch_input_shape")).Items();
        int expected = isSymbols ? 2 : 3;
        if (shape.Count != expected)
            throw input.Error($"has inputs of {Amount.Of(shape.Count, "dimension")}; a batch of sequences has {expected} "
                + (isSymbols ? "(sequences, steps) before an embedding" : "(sequences, steps, channels)"),
                "Save a model with such inputs.");
        if (input.Flag("sparse"))
            throw input.Error("has sparse inputs", "Save the model with dense ones.");
        if (shape[1].ValueKind == JsonValueKind.Number)
            notes.Add($"The model was built for sequences of exactly {Shown(shape[1].GetRawText())} steps; in Elman a sequence may have "
                + "any number.");
        if (isSymbols)
            return 1;
        return shape[2].ValueKind == JsonValueKind.Number && shape[2].TryGetInt32(out int channels)
            && channels is >= 1 and <= ModelSpec.MaxSize
            ? channels
            : throw input.Error($"has {Shown(shape[2].GetRawText())} as its number of channels; it may be 1 to {ModelSpec.MaxSize}");
    }
}
