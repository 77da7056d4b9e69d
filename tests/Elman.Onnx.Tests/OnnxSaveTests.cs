using Elman.Inference;
using Elman.Kernels;
using Elman.Onnx.Tests.Models;

namespace Elman.Onnx.Tests;

public sealed class OnnxSaveTests
{
    /// <summary>Absolute for probabilities, relative for numbers.</summary>
    private const float OfProbabilities = 1e-5f, OfNumbers = 1e-4f;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 220)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_graph_computes_what_the_model_computes(int seed)
    {
        using RandomModel random = RandomModel.Create(seed);
        bool hasNgrams = random.Model.Fitted.Members.Any(member => member.Preprocessing.Stages.Ngrams is not null);
        byte[] file = OnnxFile.ToBytes(random.Model, new OnnxSaveOptions { Opset = Math.Max(17 + (seed % 6), hasNgrams ? 18 : 17) });
        float[][] expected = Answers(random);
        bool answersSteps = random.Model.Fitted.Task.AnswersEveryStep;
        float[][] actual = Runtime.Answers(file, random.Data, answersSteps);
        Assert.Equal(actual, Runtime.Answers(file, random.Data, answersSteps, padding: 1e30f));
        for (int i = 0; i < expected.Length; i++)
            AssertClose(expected[i], actual[i], random, $"sequence {i}");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_graph_of_one_step_computes_what_a_session_computes(int seed)
    {
        using RandomModel random = RandomModel.Create(seed);
        if (!random.Model.CanStream)
        {
            Assert.Throws<ArgumentException>(() => OnnxFile.ToBytes(random.Model, new OnnxSaveOptions { IsStreaming = true }));
            return;
        }
        float[][][] actual = Runtime.Stream(OnnxFile.ToBytes(random.Model, new OnnxSaveOptions { IsStreaming = true }), random.Data);
        for (int i = 0; i < actual.Length; i++)
        {
            using SequenceSession session = random.Model.OpenSession();
            int channels = random.Data.Channels;
            for (int t = 0; t < actual[i].Length; t++)
                AssertClose(
                    session.Step(random.Data[i].Values.Span.Slice(t * channels, channels)), actual[i][t],
                    random, $"step {t} of sequence {i}");
        }
    }

    private static float[][] Answers(RandomModel random)
    {
        using var inference = new EnsembleInference(random.Model.Fitted);
        using var workers = new Workers(1);
        return inference.Answers(random.Data, workers, "data");
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, RandomModel random, string where)
    {
        bool hasClasses = random.Model.Fitted.Task.HasClasses;
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= (hasClasses ? OfProbabilities : OfNumbers * Math.Max(1, Math.Abs(expected[i]))),
                $"{expected[i]} and {actual[i]} at {i} of {where} of {random.Description}");
    }
}
