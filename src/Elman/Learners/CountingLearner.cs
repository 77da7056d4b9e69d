using Elman.Fitted;
using Elman.Kernels;
using Elman.Models;
using Elman.Packing;
using Elman.Sequences;

namespace Elman.Learners;

/// <summary>
/// Trains a network with a counting readout. Counts have no gradient, so its layers are trained in a network whose readout is the mean of
/// the outputs. Then the layers are fixed, and thresholds and output layer are determined as for a reservoir: by quantiles and by least
/// squares.
/// </summary>
/// <remarks>
/// The layers were trained on all cases, so leave-one-out predictions of least squares are too good, and probabilities are overconfident. A
/// temperature that is fitted to validation data or to folds corrects that.
/// </remarks>
internal sealed class CountingLearner(TrainingOptions options) : ILearner
{
    private readonly RidgeLearner _output = new(options);
    private bool _isFitted;

    /// <inheritdoc/>
    /// <remarks>If cancelled, the layers keep their weights of that moment; the output layer is still computed.</remarks>
    public FittedModel Fit(TrainingSet data, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        using var learner = new GradientLearner(
            options with { Model = options.Model with { Readout = Readout.Mean }, Ridge = null, Calibrate = false });
        TrainingSet ofLayers = data.Part("layers");
        FittedModel network = learner.Fit(ofLayers, progress, cancellationToken);
        using SequenceModel<float> layers = network.Model;
        using SequenceModel<float> model = Counting(layers, network.Preprocessing, data);
        FittedModel counting = network with { Members = [new Member(model, network.Preprocessing)] };
        FittedModel fitted = _output.Fit(data with { Start = counting }, progress: null, CancellationToken.None);
        _isFitted = true;
        double temperature = data.Validation is { } held && options.Calibrate ? TemperatureScale.Of(fitted, held, options) : 1;
        return fitted with
        {
            Members = [fitted.Members[0] with { Temperature = temperature }],
            Summary = network.Summary! with
            {
                TrainLoss = fitted.Summary!.TrainLoss,
                ValidationLoss = fitted.Summary.ValidationLoss,
                ValidationAccuracy = fitted.Summary.ValidationAccuracy,
                Seconds = network.Summary.Seconds + fitted.Summary.Seconds,
            },
            History = network.History,
        };
    }

    /// <inheritdoc/>
    /// <remarks>The layers do not change; the output layer is the least-squares solution of all data so far.</remarks>
    /// <exception cref="InvalidOperationException"><see cref="Fit"/> has not been called, so there are no trained layers.</exception>
    public double Continue(FittedModel known, SequenceDataset data) => _isFitted
        ? _output.Continue(known, data)
        : throw new InvalidOperationException(
            $"The layers of {options.Cell} below a counting readout are trained only by Fit: call Fit with all data first, or choose "
                + "another Readout.");

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    /// <summary>Creates a model with a counting readout and the layers of another model.</summary>
    private SequenceModel<float> Counting(SequenceModel<float> layers, Preprocessing preprocessing, TrainingSet data)
    {
        var model = new SequenceModel<float>(layers.Spec with { Readout = options.Model.Readout });
        IEnumerable<ParameterSlice> beyondLayers = [model.Output.Weights, model.Output.Bias];
        foreach (ParameterSlice slice in model.Values.Layout.Slices.Except(beyondLayers))
            if (layers.Values.Layout.Slices.FirstOrDefault(other => other.Name == slice.Name) is { } fitted)
                layers.Values.Span(fitted).CopyTo(model.Values.Span(slice));
        model.Pack(forTraining: false);
        using var workers = new Workers(options.ResolvedThreads);
        CountThresholds.Set(model, data.Data, preprocessing, data.Random, workers, CancellationToken.None);
        return model;
    }
}
