using Elman.Linear;
using Elman.Models;
using Elman.Sequences;

namespace Elman.Explanations;

/// <summary>The step and channel of the data from which each input of a model comes.</summary>
/// <remarks>
/// A difference counts for the step at which it is taken, an n-gram for the step at which it ends, an indicator for the channel that it is
/// about. A step that occurs in several patches gets the sum.
/// </remarks>
internal sealed class InputPlaces
{
    private readonly Preprocessing _preprocessing;
    private readonly EmbeddingLayer<float>? _embedding;
    private readonly int[] _channels; // of each input of a step, before patches
    private readonly int[] _taken; // the steps of the data that are not skipped

    /// <summary>Finds the places for a sequence.</summary>
    public InputPlaces(SequenceModel<float> model, Preprocessing preprocessing, Sequence sequence)
    {
        (_preprocessing, _embedding) = (preprocessing, model.Embedding);
        int channels = preprocessing.Channels, patch = Math.Max(preprocessing.Stages.Patch, 1);
        int width = preprocessing.InputSize / patch;
        int known = preprocessing.Missing == MissingValues.Indicate ? 3 * channels : channels;
        int[] quantities = [.. Enumerable.Range(0, channels).Where(c => model.Spec.Symbols?.Include(c + 1) != true)];
        _channels = [.. Enumerable.Range(0, width).Select(i =>
            i < known ? i % channels : quantities.Length == 0 ? 0 : quantities[(i - known) % quantities.Length])];
        _taken = [.. Enumerable.Range(0, sequence.Steps).Where(t =>
            preprocessing.Missing.Takes(sequence.Values.Span.Slice(t * channels, channels)))];
    }

    /// <summary>The number of values of a step that the first layer reads.</summary>
    public int Width => _embedding?.OutputSize ?? _preprocessing.InputSize;

    /// <summary>Returns the step and channel of a value that the first layer reads.</summary>
    /// <param name="step">The step of the model.</param>
    /// <param name="column">The index of the value.</param>
    public (int Step, int Channel) Of(int step, int column)
    {
        int input = _embedding?.InputOf(column) ?? column, patch = _preprocessing.Stages.Patch;
        if (patch == 0)
            return (_taken[step], _channels[input]);
        int stride = Sequences.Stages.PatchStage.StrideOf(patch), place = (step * stride) + (input / _channels.Length);
        return (_taken[Math.Min(place, _taken.Length - 1)], _channels[input % _channels.Length]);
    }
}
