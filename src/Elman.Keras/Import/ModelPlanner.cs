using System.Text.Json;
using Elman.Keras.Archive;
using Elman.Keras.Configuration;

namespace Elman.Keras.Import;

/// <summary>Assigns the layers of a chain to the parts of a model of Elman, from the input to the output.</summary>
internal sealed class ModelPlanner
{
    private readonly NoteList _notes;
    private readonly List<RecurrentPlan> _recurrent = [];
    private EmbeddingPlan? _embedding;
    private KerasLayer? _normalization;
    private Readout? _pooling;
    private OutputPlan? _output;
    private bool _hasOutputActivation;
    private bool _isMasked;

    private ModelPlanner(NoteList notes) => _notes = notes;

    /// <summary>Plans a model.</summary>
    /// <param name="root">The root of <c>config.json</c>.</param>
    /// <param name="chain">Its layers.</param>
    /// <param name="options">The choices of the caller.</param>
    /// <param name="notes">Receives what the user should know.</param>
    /// <param name="source">The file that is imported, for messages.</param>
    /// <exception cref="ModelFileException">Elman has no equivalent.</exception>
    public static ModelPlan Plan(JsonElement root, LayerChain chain, KerasLoadOptions options, NoteList notes, KerasSource source)
    {
        var planner = new ModelPlanner(notes);
        foreach (KerasLayer layer in chain.Layers)
            planner.Add(layer);
        if (planner._recurrent.Count == 0)
            throw source.Error("The model has no SimpleRNN, LSTM or GRU layer, so it is no model of sequences that Elman has.");
        if (planner._output is null)
            throw source.Error("The model does not end with a Dense layer, which Elman's models need. Save the model with its output "
                + "layer.");
        if (chain.HasMaskArguments && !planner._isMasked)
            throw source.Error("The layers are called with a mask that other operations compute, which has no equivalent in Elman. Use "
                + "Masking or Embedding(mask_zero=True).");
        if (!planner._isMasked)
            notes.Add("The model has no mask: if sequences were padded for Keras, the padding was a part of what the model read. Pad them "
                + "in the same way.");
        return planner.Finish(chain.Input, OutputReading.Of(root, planner._output, planner.ReadsSteps, options.Output, notes));
    }

    /// <summary>Whether the output layer reads every step.</summary>
    private bool ReadsSteps => _recurrent[^1].ReturnsSteps && _pooling is null;

    private ModelPlan Finish(KerasLayer input, OutputReading reading)
    {
        var plan = new ModelPlan
        {
            Channels = InputShape.ChannelsOf(input, _embedding is not null, _notes),
            Embedding = _embedding,
            Normalization = _normalization,
            Recurrent = _recurrent,
            Readout = _pooling ?? Readout.Last,
            Output = _output!,
            Task = reading.Task,
            IsBinary = reading.IsBinary,
        };
        RecurrentPlan first = _recurrent[0];
        foreach (RecurrentPlan other in _recurrent)
        {
            if (other != _recurrent[^1] && !other.ReturnsSteps)
                throw other.Layer.Error("has return_sequences=False, but another recurrent layer follows",
                    "It needs every step; save the model with return_sequences=True there.");
            // A stack of Elman has one cell; the numbers of units may differ.
            if (!other.Cell.Equals(first.Cell) || other.Merge != first.Merge)
                throw other.Layer.Error($"differs from {first.Layer.Label} in its cell, its activations or its directions",
                    "The recurrent layers of a model of Elman differ only in their units; train the model with equal ones.");
        }
        return plan;
    }

    private void Add(KerasLayer layer)
    {
        if (KnownSettings.OnlyInTraining.Contains(layer.ClassName))
        {
            _notes.AddDropout(layer.Name);
            return;
        }
        _notes.AddPrecision(layer);
        if (RecurrentPlan.IsOne(layer.ClassName))
            AddRecurrent(layer);
        else if (layer.ClassName is "Masking" or "Embedding" or "Normalization")
            AddInput(layer);
        else if (layer.ClassName is "GlobalAveragePooling1D" or "GlobalMaxPooling1D")
            AddPooling(layer);
        else if (layer.ClassName is "Dense" or "TimeDistributed")
            AddOutput(layer);
        else if (layer.ClassName is "Activation" or "Softmax")
            AddActivation(layer);
        else
            throw layer.Error("is not expected here", "Build the model as a chain of one input and further layers.");
    }

    private void AddRecurrent(KerasLayer layer)
    {
        if (_pooling is not null || _output is not null)
            throw layer.Error("comes after the layers that Elman's models end with",
                "Recurrent layers must come before pooling and Dense layers; train the model so.");
        _recurrent.Add(RecurrentPlan.Read(layer, _notes));
    }

    private void AddInput(KerasLayer layer)
    {
        if (_recurrent.Count > 0 || (_embedding is not null && layer.ClassName != "Masking") || (_normalization is not null
            && layer.ClassName != "Masking"))
            throw layer.Error("comes after other layers",
                "Elman standardises or embeds the inputs of the first recurrent layer only, once; train the model so.");
        if (layer.ClassName == "Masking")
        {
            _isMasked = true;
            _notes.Add($"{layer.Label} skips steps at which all values are {layer.Number("mask_value"):R}. Elman takes sequences of any "
                + "length: remove these steps.");
        }
        else if (layer.ClassName == "Normalization")
        {
            _normalization = layer;
        }
        else
        {
            _embedding = new EmbeddingPlan(layer, layer.Size("input_dim", Sequences.SymbolTable.MaxSymbols), layer.Size("output_dim"));
            if (!layer.Flag("mask_zero"))
                return;
            _isMasked = true;
            _notes.Add($"{layer.Label} skips steps with the symbol 0 (mask_zero=True). Elman takes sequences of any length: remove these "
                + "steps.");
        }
    }

    private void AddPooling(KerasLayer layer)
    {
        if (_recurrent.Count == 0 || !_recurrent[^1].ReturnsSteps || _pooling is not null || _output is not null)
            throw layer.Error("does not pool the steps of a recurrent layer",
                "It must follow one with return_sequences=True; train the model so.");
        if (layer.Flag("keepdims") || layer.Text("data_format") is not (null or "channels_last"))
            throw layer.Error("has keepdims=True or another data_format than channels_last", "Save the model without it.");
        _pooling = layer.ClassName == "GlobalMaxPooling1D" ? Readout.Max : Readout.Mean;
    }

    private void AddOutput(KerasLayer layer)
    {
        if (_recurrent.Count == 0 || _output is not null)
            throw layer.Error(_output is null ? "comes before the recurrent layers" : $"comes after {_output.Layer.Label}",
                "Elman's models have one Dense layer, the last; train the model without the others.");
        bool isWrapped = layer.ClassName == "TimeDistributed";
        KerasLayer dense = isWrapped ? layer.Inner("layer") : layer;
        if (dense.ClassName != "Dense")
            throw dense.Error("is not a layer that TimeDistributed may contain", "Elman has TimeDistributed(Dense) alone.");
        if (isWrapped && !ReadsSteps)
            throw layer.Error("does not follow a layer with outputs at every step", "Use Dense, or return_sequences=True.");
        _notes.AddPrecision(dense);
        string activation = KerasActivation.NameOf(dense, "activation");
        _hasOutputActivation = activation != "linear";
        _output = new OutputPlan(layer, isWrapped ? "layer/" : "", dense.Size("units"), dense.Flag("use_bias", fallback: true), activation);
    }

    private void AddActivation(KerasLayer layer)
    {
        string name = layer.ClassName == "Softmax" ? "softmax" : KerasActivation.NameOf(layer, "activation");
        if (layer.ClassName == "Softmax" && layer.Number("axis") != -1)
            throw layer.Error("has an axis other than -1", "Save the model without it.");
        if (name == "linear")
            return;
        if (_output is null || _hasOutputActivation)
            throw layer.Error("does not follow a Dense layer without an activation",
                "Name the activation in the layer that it belongs to; train the model so.");
        _output = _output with { Activation = name };
        _hasOutputActivation = true;
    }
}
