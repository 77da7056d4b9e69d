using Elman.Fitted;
using Elman.Models;
using Elman.Onnx.Protocol;

namespace Elman.Onnx.Export;

/// <summary>Writes a model as an ONNX graph: all members, and the average of their predictions.</summary>
/// <param name="fitted">The model.</param>
/// <param name="options">The settings of the export.</param>
internal sealed class ModelExport(FittedModel fitted, OnnxSaveOptions options)
{
    private readonly Graph _graph = new("elman", options.Opset);
    private MemberWriter? _data; // writes what all members share

    private bool AnswersSteps => fitted.Task.AnswersEveryStep && !options.IsStreaming;

    private bool HasOffsets => fitted.Origin.Offsets.Channels.Count > 0;

    /// <summary>Returns the file.</summary>
    /// <param name="metadata">Texts about the model, by key.</param>
    /// <exception cref="NotSupportedException">Something in the model can't be expressed; the message is a part of a sentence that names
    /// it.</exception>
    public ModelProto Write(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        StepsOfSequences data = Inputs();
        var states = new List<StreamStates>();
        Value average = Value.None;
        for (int m = 0; m < fitted.Members.Length; m++)
        {
            string prefix = fitted.Members.Length > 1 ? FormattableString.Invariant($"member.{m}.") : "";
            StreamStates? ofMember = options.IsStreaming ? new StreamStates(_graph, prefix) : null;
            if (ofMember is not null)
                states.Add(ofMember);
            Value answer = new OutputExport(fitted, new MemberWriter(_graph, fitted.Members[m], prefix, ofMember)).Write(data);
            average = Average(m, answer, average);
        }
        _graph.Names.Scope = "";
        Outputs(average, data);
        foreach (StreamStates ofMember in states)
            ofMember.Write();
        DeadNodes.Remove(_graph.Proto);
        return File(metadata);
    }

    /// <summary>The values of the data, without their offsets, as doubles in the order of steps.</summary>
    private StepsOfSequences Inputs()
    {
        TensorProto.Types.DataType type = HasOffsets ? TensorProto.Types.DataType.Double : TensorProto.Types.DataType.Float;
        Value x = options.IsStreaming
            ? _graph.Unsqueeze(_graph.Input(OnnxNames.Values, type, OnnxNames.Batch, fitted.Channels), 0)
            : _graph.Transpose(_graph.Input(OnnxNames.Values, type, OnnxNames.Batch, OnnxNames.Steps, fitted.Channels), 1, 0, 2);
        if (HasOffsets)
            x = _graph.ToFloat(_graph.Subtract(x, Offsets(fitted.Channels, fitted.Origin.Offsets.OfChannel)));
        Value lengths = options.IsStreaming
            ? _graph.Expand(_graph.Scalar(1L), _graph.Length(x, 1))
            : _graph.Input(OnnxNames.Lengths, TensorProto.Types.DataType.Int64, OnnxNames.Batch);
        var data = new StepsOfSequences(_graph.ToDouble(x), lengths, fitted.Channels);
        _data = new MemberWriter(_graph, fitted.Members[0], "", null);
        // What comes after the end of a sequence may be anything, also no number or no symbol.
        return options.IsStreaming
            ? data
            : data with { Values = _graph.Where(_data.MaskOf(data), data.Values, _graph.Scalar(0.0)) };
    }

    private Value Average(int index, Value answer, Value average)
    {
        if (fitted.Members.Length == 1)
            return answer;
        Value part = _graph.Multiply(_graph.Scalar((float)fitted.Members[index].Weight), answer);
        return index == 0 ? part : _graph.Add(average, part);
    }

    private void Outputs(Value answers, StepsOfSequences data)
    {
        if (AnswersSteps)
        {
            answers = _graph.Where(_data!.MaskOf(data), answers, _graph.Scalar(0f)); // nothing after the end of a sequence
            answers = _graph.Transpose(answers, 1, 0, 2);
        }
        object[] rows = AnswersSteps ? [OnnxNames.Batch, OnnxNames.Steps] : [OnnxNames.Batch];
        int count = fitted.Model.Spec.OutputSize;
        switch (fitted.Model.Spec.Task)
        {
            case ModelTask.Forecast:
                Forecast(answers, rows);
                break;
            case ModelTask.Regress when fitted.Origin.Offsets.Targets.Count > 0:
                Value offsets = Offsets(count, i => fitted.Origin.Offsets.OfTarget(fitted.Names[i]));
                _graph.Output(
                    OnnxNames.Numbers, _graph.Add(_graph.ToDouble(answers), offsets), TensorProto.Types.DataType.Double, [.. rows, count]);
                break;
            case ModelTask.Regress:
                _graph.Output(OnnxNames.Numbers, answers, TensorProto.Types.DataType.Float, [.. rows, count]);
                break;
            default:
                _graph.Output(OnnxNames.Probabilities, answers, TensorProto.Types.DataType.Float, [.. rows, count]);
                break;
        }
    }

    /// <summary>The forecast, <c>[…, horizon, channels]</c>, and its quantiles, <c>[…, levels, horizon, channels]</c>.</summary>
    private void Forecast(Value answers, object[] rows)
    {
        int horizon = fitted.Model.Spec.Horizon, channels = fitted.OwnChannels;
        TensorProto.Types.DataType type = HasOffsets ? TensorProto.Types.DataType.Double : TensorProto.Types.DataType.Float;
        _graph.Output(OnnxNames.Forecast, Restored(answers, [horizon, channels]), type, [.. rows, horizon, channels]);
        if (fitted.Bands.Levels.Count == 0)
            return;
        int levels = fitted.Bands.Levels.Count;
        Value errors = _graph.Constant<float>([.. fitted.Bands.Errors.SelectMany(error => error)], levels, horizon * channels);
        Value quantiles = _graph.Add(_graph.Unsqueeze(answers, rows.Length), errors);
        _graph.Output(
            OnnxNames.Quantiles, Restored(quantiles, [levels, horizon, channels]), type, [.. rows, levels, horizon, channels]);

        Value Restored(Value numbers, long[] shape)
        {
            Value shaped = _graph.Reshape(numbers, [.. rows.Select(_ => 0L), .. shape]);
            return HasOffsets ? _graph.Add(_graph.ToDouble(shaped), Offsets(channels, fitted.Origin.Offsets.OfChannel)) : shaped;
        }
    }

    private Value Offsets(int count, Func<int, double> offset) =>
        _graph.Constant<double>([.. Enumerable.Range(0, count).Select(offset)], count);

    private ModelProto File(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var model = new ModelProto
        {
            IrVersion = OnnxFormat.IrVersionOf(options.Opset),
            ProducerName = OnnxFormat.Producer,
            Graph = _graph.Proto,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = options.Opset } },
        };
        if (_graph.UsesMachineLearning)
            model.OpsetImport.Add(new OperatorSetIdProto
            { Domain = OnnxFormat.MachineLearningDomain, Version = OnnxFormat.MachineLearningVersion });
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model;
    }
}
