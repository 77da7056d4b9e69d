using Elman.Models;
using Elman.Packing;
using Elman.Training;

namespace Elman.Fitted;

/// <summary>A fitted model from which the training of another one starts.</summary>
internal static class StartingModel
{
    private static readonly TrainingOptions _defaults = new();

    /// <summary>Returns the options of the training: those that shape the model from the start model, the others from the chosen
    /// options.</summary>
    /// <param name="start">The model that training starts from.</param>
    /// <param name="chosen">The training options.</param>
    /// <param name="shape">The options of the model.</param>
    /// <exception cref="ArgumentException">Training can't start from such a model, or an option contradicts it;
    /// the message names every such option.</exception>
    public static TrainingOptions OptionsFrom(FittedModel start, TrainingOptions chosen, TrainingOptions shape)
    {
        if (start.Members.Length > 1)
            throw new ArgumentException($"The starting model is an average of {start.Members.Length} models; training can only start "
                + "from a single model. Train one with the Cell of a member.", nameof(start));
        ModelSpec spec = start.Model.Spec;
        if (start.Model.IsReservoir)
            throw new ArgumentException(
                $"The starting model has the cell {spec.Cell}, whose output weights are fitted in one pass and can't be continued. "
                    + "PartialFit adds data to a model fitted in the same program.", nameof(start));
        if (spec.Readout.Layout is not null)
            throw new ArgumentException(
                $"The starting model has the readout {spec.Readout}, whose output weights are fitted in one pass and can't be "
                    + "continued. PartialFit adds data to a model fitted in the same program.", nameof(start));
        List<string> problems = [.. ShapeOptions.Contradictions(chosen, shape)];
        if (chosen.Init != _defaults.Init)
            problems.Add(
                $"Init is {chosen.Init}, but training starts from the weights of a model; leave it at its default.");
        if (!chosen.IsAuto)
            problems.AddRange(chosen.Cell.Options.Where(option => !option.ShapesModel && !option.IsDefault(chosen.Cell))
                .Select(option => $"{option.Name} is {option.TextOf(chosen.Cell)}, which sets initial weights, but training starts from "
                    + "the weights of a model; leave it at its default."));
        TrainingOptions options = chosen.With(spec);
        options = options with
        {
            Inputs = options.Inputs with { Standardize = shape.Inputs.Standardize },
            Forecast = options.Forecast with { Known = shape.Forecast.Known, Calendar = shape.Forecast.Calendar },
        };
        if (chosen.IsAuto && !chosen.Choice.Equals(AutoOptions.Default))
            problems.Add("Budget, For, Ensemble and Cells are for the automatic choice of a model, but training starts from one; "
                + "leave them at their defaults.");
        if (problems.Count == 0)
            problems.AddRange(options.FindProblems().Concat(start.Task.FindProblems(options)));
        return problems.Count == 0 ? options : throw new ArgumentException(string.Join(" ", problems), nameof(start));
    }

    /// <summary>
    /// Returns the classes of data if one of them is not a class of the model, so that the output layer must be trained anew; otherwise
    /// <see langword="null"/>.
    /// </summary>
    public static IReadOnlyList<string>? OtherClasses(FittedModel start, SequenceDataset data)
    {
        IReadOnlyList<string> classes = start.Task.Kind switch
        {
            ModelTask.Classify or ModelTask.Tag => data.ClassLabels,
            ModelTask.ClassifyMany => data.TargetNames,
            _ => [],
        };
        return classes.Except(start.Names, StringComparer.Ordinal).Any() ? classes : null;
    }

    /// <summary>
    /// Returns a model with the weights of another one, except an output layer of another size, which has random weights.
    /// </summary>
    /// <param name="start">The other model.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="options">The options, with the seed and the kind of random weights.</param>
    public static SequenceModel<float> WithOutputs(SequenceModel<float> start, int outputs, TrainingOptions options)
    {
        var model = new SequenceModel<float>(start.Spec with { OutputSize = outputs });
        model.Initialize(options.Init, new SeededRandom(options.Seed), options.Cell.InitialForgetBias);
        HashSet<string> ofOutput = [model.Output.Weights.Name, model.Output.Bias.Name];
        foreach (ParameterSlice slice in start.Values.Layout.Slices.Where(slice => !ofOutput.Contains(slice.Name)))
            start.Values.Span(slice).CopyTo(model.Values.Span(model.Values.Layout.Slices.First(other => other.Name == slice.Name)));
        model.Pack(forTraining: false);
        return model;
    }

    /// <summary>Returns a copy whose weights may change: with the same predictions, without summary or history.</summary>
    /// <remarks>
    /// A temperature other than 1 is multiplied into the output layer, since training minimises the loss of the outputs of that layer.
    /// </remarks>
    public static FittedModel Copy(FittedModel start)
    {
        Member from = start.Members[0];
        var model = new SequenceModel<float>(from.Model.Spec);
        model.Values.CopyFrom(from.Model.Values);
        if (from.Temperature != 1)
            foreach (ParameterSlice slice in (ParameterSlice[])[model.Output.Weights, model.Output.Bias])
                foreach (ref float value in model.Values.Span(slice))
                    value = (float)(value / from.Temperature);
        model.Pack(forTraining: false);
        return new FittedModel([new Member(model, from.Preprocessing)], start.Names, start.TargetScale, null, [])
        { PyTorch = start.PyTorch };
    }
}
