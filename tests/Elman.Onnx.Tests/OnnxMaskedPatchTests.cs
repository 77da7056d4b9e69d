using Elman.Fitted;
using Elman.Models;
using Elman.Onnx.Tests.Models;
using Elman.Sequences;
using Elman.Sequences.Stages;

namespace Elman.Onnx.Tests;

/// <summary>Skipped steps of a stream while a patch is incomplete: they repeat the answer so far.</summary>
public sealed class OnnxMaskedPatchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_skipped_step_repeats_the_answer_also_before_the_first_patch_is_complete(int patch)
    {
        float[] values = [float.NaN, 1, float.NaN, 2, float.NaN, float.NaN, 3, 5, 4, float.NaN, 6, 7, float.NaN, 8];
        var data = new SequenceDataset(1, [], [new Sequence(values, 1)]);
        var preprocessing = Preprocessing.Fit(data, MissingValues.Mask, standardize: true, stages: new InputStages(Patch: patch));
        var model = new SequenceModel<float>(new ModelSpec
        {
            Cell = new GruOptions(),
            InputSize = preprocessing.InputSize,
            Missing = MissingValues.Mask,
            Stages = preprocessing.Stages,
            Layers = [5],
            Readout = Readout.Mean,
            OutputSize = 3,
        });
        model.Initialize(
            WeightInitialization.Rotation, new SeededRandom(5), cancellationToken: TestContext.Current.CancellationToken);
        model.Pack(forTraining: false);
        using var estimator = SequenceEstimator.Of(
            new FittedModel([new Member(model, preprocessing)], ["a", "b", "c"], null, null, []));
        float[][] actual = Runtime.Stream(OnnxFile.ToBytes(estimator, new OnnxSaveOptions { IsStreaming = true }), data)[0];
        using SequenceSession session = estimator.OpenSession();
        for (int t = 0; t < values.Length; t++)
            Assert.All(session.Step([values[t]]).ToArray().Zip(actual[t]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }
}
