using Elman.Fitted;
using Elman.Models;
using Elman.Onnx.Export.Layers;
using Elman.Onnx.Export.Readouts;
using Elman.Onnx.Export.Stages;

namespace Elman.Onnx.Export;

/// <summary>One member of a model: from the values of the data to its predictions.</summary>
/// <param name="fitted">The model.</param>
/// <param name="writer">The member.</param>
internal sealed class OutputExport(FittedModel fitted, MemberWriter writer)
{
    private readonly Graph _graph = writer.Graph;

    /// <summary>Writes the member.</summary>
    /// <param name="data">The values of the data, as doubles.</param>
    /// <returns>Probabilities, or numbers in the units of the data: <c>[B, O]</c>, or <c>[T, B, O]</c> if there is an output at every step
    /// of whole sequences.</returns>
    public Value Write(StepsOfSequences data)
    {
        StepsOfSequences inputs = InputExport.Write(writer, data, out Value counts);
        (StepsOfSequences steps, Value last) = StackExport.Write(writer, inputs);
        bool answersSteps = writer.Spec.ReadsEveryStep && !writer.IsStreaming;
        Value features = answersSteps ? steps.Values : writer.Spec.ReadsEveryStep ? last : ReadoutExport.Write(writer, steps, last);
        writer.Begin("output");
        Value bias = writer.Weights("output.b");
        Value outputs = _graph.Add(_graph.Product(features, writer.Weights("output.w")), bias);
        if (writer.IsStreaming)
            outputs = OfStream(outputs, bias);
        else if (answersSteps && counts.IsGiven)
            outputs = MaskExport.Restore(writer, outputs, counts, bias);
        else if (!answersSteps)
            outputs = _graph.Where(writer.HasSteps(inputs), outputs, bias);
        return Express(outputs);
    }

    /// <summary>A step that is skipped has the outputs of the one before, or before the first one those of no steps.</summary>
    private Value OfStream(Value outputs, Value bias)
    {
        if (!writer.IsTaken.IsGiven)
            return outputs;
        int width = writer.Spec.OutputSize;
        Value before = writer.States!.Before("outputs", width), isFirst = _graph.AreEqual(writer.DataStepsTaken, _graph.Scalar(0L));
        Value kept = _graph.Where(isFirst, bias, before);
        outputs = _graph.Where(writer.IsTaken, outputs, kept);
        writer.States.AfterAny("outputs", outputs, width);
        return outputs;
    }

    private Value Express(Value outputs)
    {
        if (writer.Member.Temperature != 1)
            outputs = _graph.Divide(outputs, _graph.Scalar((float)writer.Member.Temperature));
        return writer.Spec.Task switch
        {
            ModelTask.ClassifyMany => _graph.Sigmoid(outputs),
            ModelTask.Regress => Unscaled(outputs, fitted.TargetScale, writer.Spec.OutputSize),
            ModelTask.Forecast => Unscaled(outputs, writer.Member.Preprocessing.Standardization, fitted.OwnChannels),
            _ => _graph.Softmax(outputs, -1),
        };
    }

    /// <summary>Numbers in the units of the data.</summary>
    /// <param name="outputs">The outputs; the units of the first <paramref name="columns"/> repeat.</param>
    /// <param name="scale">The units.</param>
    /// <param name="columns">The number of different units.</param>
    private Value Unscaled(Value outputs, Standardization? scale, int columns)
    {
        if (scale is null)
            return outputs;
        int width = writer.Spec.OutputSize;
        Value deviations = Repeated(scale.Deviations), means = Repeated(scale.Means);
        return _graph.ToFloat(_graph.Add(_graph.Multiply(_graph.ToDouble(outputs), deviations), means));

        Value Repeated(IReadOnlyList<double> values) =>
            _graph.Constant<double>([.. Enumerable.Range(0, width).Select(i => values[i % columns])], width);
    }
}
