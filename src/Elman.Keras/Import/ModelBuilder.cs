using Elman.Fitted;
using Elman.Keras.Archive;
using Elman.Keras.Configuration;
using Elman.Keras.Hdf5;
using Elman.Models;
using Elman.Packing;
using Elman.Sequences;
using Elman.Training.Tasks;

namespace Elman.Keras.Import;

/// <summary>Builds the model of a plan, with the weights of a file.</summary>
internal sealed class ModelBuilder(
    ModelPlan plan, WeightGroups groups, KerasLoadOptions options, NoteList notes, KerasSource source)
{
    private readonly List<KerasTensor> _tensors = [];

    /// <summary>Builds the model.</summary>
    /// <exception cref="ModelFileException">A size or a weight is outside the range of Elman's models, or the names do not fit.</exception>
    public KerasImport Build()
    {
        ModelSpec spec = SpecOf();
        if (spec.FindProblems() is [var problem, ..])
            throw source.Error($"Elman has no such model: {problem}");
        IReadOnlyList<string> names = NamesOf(spec);
        Standardization? standardization = plan.Normalization is { } layer
            ? NormalizationPlan.Of(layer, plan.Channels, layer.Find("mean") is null ? groups.Arrays(layer, "") : [])
            : null;
        CheckSizes();
        SequenceModel<float> model = new(spec);
        try
        {
            foreach (ParameterSlice slice in model.Values.Layout.Slices)
                Fill(slice, model.Values.Span(slice));
            model.Pack(forTraining: false);
        }
        catch
        {
            model.Dispose();
            throw;
        }
        var preprocessing = new Preprocessing(spec.Missing, spec.Channels, standardization, null, spec.Stages, spec.Symbols);
        var fitted = new FittedModel([new Member(model, preprocessing)], names, null, null, []);
        return new KerasImport(
            SequenceEstimator.Of(fitted, new LoadOptions { Threads = options.Threads }), notes.ToList(), _tensors);
    }

    private ModelSpec SpecOf()
    {
        RecurrentPlan first = plan.Recurrent[0];
        return new ModelSpec
        {
            Cell = first.Cell,
            InputSize = plan.Channels,
            Symbols = plan.Embedding is { } table ? new SymbolTables([new SymbolTable(1, table.Symbols, table.Size)]) : SymbolTables.None,
            Layers = [.. plan.Recurrent.Select(layer => layer.Units)],
            Bidirectional = first.Merge is not null,
            Merge = first.Merge ?? default,
            Readout = plan.Readout,
            Task = plan.Task,
            OutputSize = plan.Outputs,
        };
    }

    private IReadOnlyList<string> NamesOf(ModelSpec spec)
    {
        bool hasClasses = SequenceTask.Of(spec).HasClasses;
        string kind = hasClasses ? "class" : "target";
        if (options.Names.Count == 0)
        {
            notes.Add($"The file has no names of its {(hasClasses ? "classes" : "targets")}; they are numbers from 0.");
            return [.. Enumerable.Range(hasClasses ? 0 : 1, spec.OutputSize)
                .Select(i => FormattableString.Invariant($"{(hasClasses ? "" : "y")}{i}"))];
        }
        return options.Names.Count == spec.OutputSize
            ? options.Names
            : throw source.Error($"The model has {Amount.Of(spec.OutputSize, kind)}, but Names has {options.Names.Count}. Give one name "
                + "for each.");
    }

    /// <summary>
    /// Checks that no matrix is larger than a model can have; <see cref="ParameterSlice"/> would throw another exception.
    /// </summary>
    private void CheckSizes()
    {
        foreach (WeightNeed need in WeightNeed.Of(plan))
            if (need.Shapes.FirstOrDefault(shape => shape.Aggregate(1L, (a, b) => a * b) > ParameterSlice.MaxCount / 2) is { } large)
                throw need.Layer.Error($"has a matrix [{string.Join(", ", large)}], more than a model of Elman can have",
                    "Train a smaller model.");
    }

    /// <summary>Fills a tensor of the model.</summary>
    private void Fill(ParameterSlice slice, Span<float> values)
    {
        values.Clear(); // a layer without biases has those of 0
        string[] parts = slice.Name.Split('.');
        switch (parts)
        {
            case ["rnn", var number, .. var rest]:
                int layer = int.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
                FillRecurrent(plan.Recurrent[layer], rest[0] == "reverse" ? 1 : 0, rest[^1], slice, values);
                break;
            case ["embedding", "1", "w"]:
                Copy(groups.Arrays(plan.Embedding!.Layer, "")[0], plan.Embedding.Layer, slice, values);
                break;
            case ["output", "w" or "b"]:
                FillOutput(parts[1] == "w" ? 0 : 1, slice, values);
                break;
            default:
                throw new InvalidOperationException($"The tensor {slice.Name} has no source.");
        }
        foreach (float value in values)
            if (!float.IsFinite(value))
                throw source.Error($"{Quoted(_tensors[^1].Path)} of layer {Quoted(_tensors[^1].Layer)} has a weight that is not finite "
                    + "in single precision. Train the model again, with a smaller learning rate or clipped gradients.");
    }

    private void FillRecurrent(RecurrentPlan recurrent, int direction, string part, ParameterSlice slice, Span<float> values)
    {
        IReadOnlyList<Hdf5Array> arrays = groups.Arrays(recurrent.Layer, recurrent.Directions[direction].Path);
        int index = part switch
        {
            "wx" => 0,
            "wh" => 1,
            _ => 2,
        };
        if (index >= arrays.Count)
        {
            _tensors.Add(new KerasTensor(slice.Name, recurrent.Layer.Name, null));
            return;
        }
        Copy(arrays[index], recurrent.Layer, slice, values, recurrent);
    }

    private void Copy(Hdf5Array array, KerasLayer layer, ParameterSlice slice, Span<float> values, RecurrentPlan? recurrent = null)
    {
        _tensors.Add(new KerasTensor(slice.Name, layer.Name, array.Path));
        if (recurrent?.Cell is GruOptions)
            GruColumns.Copy(array, recurrent.Units, values);
        else
            array.CopyTo(0, values); // the gates of an LSTM are in the same order: i, f, c, o
    }

    private void FillOutput(int index, ParameterSlice slice, Span<float> values)
    {
        OutputPlan output = plan.Output;
        IReadOnlyList<Hdf5Array> arrays = groups.Arrays(output.Layer, output.Path);
        if (index >= arrays.Count)
        {
            _tensors.Add(new KerasTensor(slice.Name, output.Layer.Name, null));
            return;
        }
        if (!plan.IsBinary)
        {
            Copy(arrays[index], output.Layer, slice, values);
            return;
        }
        // The softmax of the scores 0 and s is 1 − σ(s) and σ(s).
        float[] scores = new float[values.Length / 2];
        Copy(arrays[index], output.Layer, slice, scores);
        for (int i = 0; i < scores.Length; i++)
            values[(2 * i) + 1] = scores[i];
    }
}
