using System.Numerics;
using Elman.Fitted;
using Elman.Kernels;
using Elman.Models;
using Elman.Optimizers;
using Elman.Packing;
using Elman.Sequences;
using Elman.Tests.Fixtures;
using Elman.Tests.Oracles;
using Elman.Training;

namespace Elman.Tests.Training;

/// <summary>
/// 200 steps of every optimizer with the same initial weights and batches as in PyTorch: the loss is equal at every step.
/// </summary>
public abstract class TorchTrainingTests<T>(double tolerance)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [MemberData(nameof(TrainingFixture.Runs), MemberType = typeof(TrainingFixture))]
    public void The_loss_of_every_step_is_that_of_PyTorch(string name, int run)
    {
        TrainingFixture fixture = TrainingFixture.Get(name);
        TrainingOptions options = fixture.Options(run);
        using var model = new SequenceModel<T>(fixture.Spec);
        foreach (ParameterSlice slice in model.Values.Layout.Slices)
            fixture.Initial[slice.Name].Select(T.CreateChecked).ToArray().CopyTo(model.Values.Span(slice));
        using Optimizer<T> optimizer = OptimizerFactory.Create<T>(options, model.Values.Layout);
        using var workers = new Workers(1);
        using var step = new TrainStep<T>(model, optimizer, workers);
        using var batch = new SequenceBatch<T>();
        var preprocessing = new Preprocessing(MissingValues.Refuse, fixture.Data.Channels);

        double[] expected = fixture.Losses[run];
        double[] losses = [.. expected.Select((_, i) =>
        {
            batch.Fill(fixture.Data, fixture.Batches[i], preprocessing);
            return step.Run(batch, options.ResolvedLearningRate).Loss;
        })];
        Close.Assert("loss", expected, losses, tolerance, floor: 0);
    }
}

public sealed class DoubleTorchTrainingTests() : TorchTrainingTests<double>(tolerance: 1e-9);

public sealed class FloatTorchTrainingTests() : TorchTrainingTests<float>(tolerance: 1e-4);

public class TorchFitFromTests
{
    [Theory]
    [MemberData(nameof(TrainingFixture.FullBatchRuns), MemberType = typeof(TrainingFixture))]
    public void FitFrom_follows_PyTorch_from_the_weights_of_the_start(string name, int run)
    {
        TrainingFixture fixture = TrainingFixture.Get(name);
        using SequenceClassifier start = Start(fixture);
        using var classifier = new SequenceClassifier(fixture.Options(run));
        classifier.FitFrom(start, fixture.Data, cancellationToken: TestContext.Current.CancellationToken);
        Close.Assert("loss", fixture.Losses[run], [.. classifier.History.Select(epoch => epoch.Loss)], 1e-4, floor: 0);
    }

    private static SequenceClassifier Start(TrainingFixture fixture)
    {
        var model = new SequenceModel<float>(fixture.Spec);
        foreach (ParameterSlice slice in model.Values.Layout.Slices)
            fixture.Initial[slice.Name].Select(x => (float)x).ToArray().CopyTo(model.Values.Span(slice));
        model.Pack(forTraining: false);
        var member = new Member(model, new Preprocessing(MissingValues.Refuse, fixture.Data.Channels));
        return new SequenceClassifier(new FittedModel([member], fixture.Data.ClassLabels, null, null, []));
    }
}
