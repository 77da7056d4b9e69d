namespace Elman.Keras.Tests;

/// <summary>Imported models give the outputs that the equations of Keras give; see <c>Fixtures/keras_layers.py</c>.</summary>
public class OutputTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Names => [.. KerasFixtures.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_gives_the_outputs_of_Keras(string name)
    {
        using SequenceEstimator model = KerasFixtures.Load(name).Model;
        Check(model, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_that_was_saved_and_loaded_gives_them_too(string name)
    {
        using SequenceEstimator imported = KerasFixtures.Load(name).Model;
        using SequenceEstimator model = SequenceEstimator.LoadAny(imported.ToBytes());
        Check(model, name);
    }

    [Fact]
    public void There_are_models_with_all_tasks_and_sequences_of_one_step_and_of_seventeen()
    {
        Assert.True(KerasFixtures.Names.Count() > 40);
        Assert.Contains(KerasFixtures.Cases("lstm"), one => one.Sequence.Steps == 1);
        Assert.Contains(KerasFixtures.Cases("lstm"), one => one.Sequence.Steps == 17);
    }

    private static void Check(SequenceEstimator model, string name)
    {
        foreach ((Sequence sequence, double[] output) in KerasFixtures.Cases(name))
        {
            (float[] answer, double[] expected) = model switch
            {
                SequenceTagger tagger => ([.. tagger.PredictProbabilities(sequence)], OfClasses(output, tagger.Classes.Count, name)),
                SequenceClassifier classifier =>
                    (classifier.PredictProbabilities(sequence), OfClasses(output, classifier.Classes.Count, name)),
                SequenceRegressor regressor => (regressor.Predict(sequence), output),
                _ => throw new InvalidOperationException(),
            };
            Assert.Equal(expected.Length, answer.Length);
            for (int i = 0; i < expected.Length; i++)
                Assert.True(Math.Abs(expected[i] - answer[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i])),
                    $"{name}, {sequence.Steps} steps, output {i}: {answer[i]} instead of {expected[i]}");
        }
    }

    /// <summary>The probabilities of all classes.</summary>
    private static double[] OfClasses(double[] output, int classes, string name) => name switch
    {
        "logit" => [1 - Sigmoid(output[0]), Sigmoid(output[0])],
        "logits" => [.. output.Select(score => Math.Exp(score) / output.Sum(Math.Exp))],
        "binary" or "steps-binary" => [.. output.SelectMany(p => (double[])[1 - p, p])],
        _ => classes > 1 ? output : throw new InvalidOperationException(),
    };

    private static double Sigmoid(double score) => 1 / (1 + Math.Exp(-score));
}
