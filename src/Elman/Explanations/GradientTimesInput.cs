using Elman.Fitted;
using Elman.Kernels;
using Elman.Models;
using Elman.Packing;
using Elman.Readouts;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Explanations;

/// <summary>The gradient of an output with respect to each input of a member, times the input, by the backward pass of training.</summary>
internal static class GradientTimesInput
{
    /// <summary>Whether a member has a gradient with respect to its inputs: counts and delay lines have none.</summary>
    public static bool IsFor(Member member) => member.Model.Readout is not CountsReadout<float>
        && member.Model.RecurrentLayers.All(layer => layer is not DelayLayer<float>);

    /// <summary>Adds the products of a member to those of others.</summary>
    /// <param name="member">The member.</param>
    /// <param name="data">A data set of the sequence alone, arranged for the model.</param>
    /// <param name="output">The output.</param>
    /// <param name="weight">The weight of the member.</param>
    /// <param name="values">The products, <c>[steps, channels]</c>, which are added to.</param>
    /// <param name="workers">The threads to use.</param>
    public static void Add(
        Member member, SequenceDataset data, ExplainedOutput output, double weight, Span<double> values, Workers workers)
    {
        Sequence sequence = data[0];
        if (member.Preprocessing.StepsOf(sequence) == 0)
            return; // every step is skipped, so no input has an influence
        // A copy: packing for the backward pass changes the packed weights.
        using var model = new SequenceModel<float>(member.Model.Spec, hasInputGradient: true);
        model.Values.CopyFrom(member.Model.Values);
        model.Pack(forTraining: true, workers);
        using var batch = new SequenceBatch<float>();
        using var tape = new ModelTape<float>(keepsSteps: true) { InputGradient = new NativeBuffer<float>() };
        using var gradients = new Parameters<float>(model.Values.Layout);
        batch.Fill(data, [0], member.Preprocessing);
        model.Forward(batch, tape, workers);
        tape.LogitsGradient.Resize(tape.Logits.Length);
        int outputs = model.Spec.OutputSize;
        for (int row = 0; row < tape.Logits.Length / outputs; row++)
            output.Gradient(
                member, model.Spec.ReadsEveryStep ? batch.DataStep(row, 0) : -1, tape.LogitsGradient.Span.Slice(row * outputs, outputs));
        model.Backward(batch, tape, gradients, workers);
        Collect(model, batch, tape, new InputPlaces(model, member.Preprocessing, sequence), weight, values, data.Channels);
    }

    private static unsafe void Collect(
        SequenceModel<float> model, SequenceBatch<float> batch, ModelTape<float> tape, InputPlaces places, double weight,
        Span<double> values, int channels)
    {
        int width = places.Width, count = batch.Rows * width;
        ReadOnlySpan<float> inputs = model.Embedding is null ? new ReadOnlySpan<float>(batch.Inputs, count) : tape.Embedded.Span;
        ReadOnlySpan<float> slopes = model.Embedding is null ? tape.InputGradient!.Span : tape.EmbeddedGradient.Span;
        for (int i = 0; i < count; i++)
        {
            (int step, int channel) = places.Of(i / width, i % width);
            values[(step * channels) + channel] += weight * slopes[i] * inputs[i];
        }
    }
}
