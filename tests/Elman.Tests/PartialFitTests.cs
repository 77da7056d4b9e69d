namespace Elman.Tests;

public class PartialFitTests
{
    [Fact]
    public void Piece_by_piece_it_learns_what_it_would_learn_at_once()
    {
        using var classifier = new SequenceClassifier(Waves.Quick with { LearningRate = 0.01 });
        double first = 0, last = 0;
        for (int piece = 0; piece < 60; piece++)
        {
            last = classifier.PartialFit(Waves.Create(32, seed: piece));
            first = piece == 0 ? last : first;
        }
        Assert.True(last < 0.5 * first, $"{first} to {last}");
        Assert.InRange(classifier.Evaluate(Waves.Create(100, seed: 1000)).Accuracy, 0.9, 1);
    }

    [Fact]
    public void The_same_pieces_give_the_same_bits_at_any_number_of_threads()
    {
        float[] one = Learn(1), two = Learn(3);
        Assert.Equal(one, two);

        static float[] Learn(int threads)
        {
            using var classifier = new SequenceClassifier(new TrainingOptions
            {
                Model = new() { Layers = [40] },
                Threads = threads,
                Dropout = 0.2,
            });
            for (int piece = 0; piece < 4; piece++)
                classifier.PartialFit(Waves.Create(32, seed: piece, ragged: true));
            return classifier.PredictProbabilities(Waves.Create(1, seed: 9)[0]);
        }
    }

    [Fact]
    public void A_class_may_come_later_if_it_is_listed()
    {
        using var classifier = new SequenceClassifier(Waves.Quick);
        SequenceDataset both = Waves.Create(32, seed: 1);
        classifier.PartialFit(both.Subset(Enumerable.Range(0, 16).Select(i => 2 * i)));
        Assert.Equal(Waves.Classes, classifier.Classes);
        classifier.PartialFit(both);
    }

    [Fact]
    public void A_class_that_was_not_listed_is_refused()
    {
        using var classifier = new SequenceClassifier(Waves.Quick);
        classifier.PartialFit(Waves.Create(32, seed: 1));
        var other = new SequenceDataset(1, ["chirp"], [new Sequence(new float[] { 1, 2 }, 1, 0)]);
        Assert.Contains("'chirp'", Assert.Throws<ArgumentException>(() => classifier.PartialFit(other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_holds_can_be_learned_further()
    {
        using var folder = new TemporaryFolder();
        using (var fitted = new SequenceTagger(Melodies.Quick with { Epochs = 2 }))
        {
            fitted.Fit(Melodies.Tagged(60, seed: 1));
            fitted.Save(folder.File("m"));
        }
        using SequenceTagger loaded = SequenceTagger.Load(folder.File("m"));
        double before = loaded.Evaluate(Melodies.Tagged(40, seed: 2)).Steps.LogLoss;
        for (int i = 0; i < 40; i++)
            loaded.PartialFit(Melodies.Tagged(60, seed: 10 + i));
        Assert.True(loaded.Evaluate(Melodies.Tagged(40, seed: 2)).Steps.LogLoss < 0.7 * before);
    }

    [Fact]
    public void After_it_diverged_it_can_learn_from_sound_data()
    {
        using var classifier = new SequenceClassifier(new TrainingOptions
        {
            Model = new() { Layers = [4] },
            Cell = new RnnOptions { Activation = Activation.Identity },
            Clip = double.PositiveInfinity,
            Inputs = new() { Standardize = false },
            Threads = 1,
        });
        SequenceDataset data = Waves.Create(64, seed: 1);
        classifier.PartialFit(data);
        float[] before = classifier.PredictProbabilities(data[0]);
        var huge = new SequenceDataset(1, Waves.Classes,
            data.Select(sequence => new Sequence(sequence.Values.ToArray().Select(x => x * 3e37f).ToArray(), 1, sequence.Label)));
        Assert.Throws<TrainingDivergedException>(() => classifier.PartialFit(huge));
        Assert.Equal(before, classifier.PredictProbabilities(data[0]));
        Assert.True(double.IsFinite(classifier.PartialFit(data)));
    }

    [Fact]
    public void Where_the_first_piece_diverges_nothing_was_learned()
    {
        using var classifier = new SequenceClassifier(new TrainingOptions
        {
            Model = new() { Layers = [4] },
            Cell = new RnnOptions { Activation = Activation.Identity },
            LearningRate = 1e30,
            Optimizer = OptimizerKind.Sgd,
            Clip = double.PositiveInfinity,
            Threads = 1,
        });
        Assert.Throws<TrainingDivergedException>(() => classifier.PartialFit(Waves.Create(64, seed: 1)));
        Assert.False(classifier.IsFitted);
    }

    [Fact]
    public void A_state_saved_before_is_refused_after()
    {
        using var classifier = new SequenceClassifier(Waves.Quick);
        SequenceDataset data = Waves.Create(32, seed: 1);
        classifier.PartialFit(data);
        using SequenceSession before = classifier.OpenSession();
        before.Step([5f]);
        byte[] saved = before.Save();
        classifier.PartialFit(data);
        using SequenceSession after = classifier.OpenSession();
        Assert.Contains("another model", Assert.Throws<ArgumentException>(() => after.Restore(saved)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_forgets_the_pieces()
    {
        SequenceDataset data = Waves.Create(32, seed: 1);
        using var fresh = new SequenceClassifier(Waves.Quick);
        using var used = new SequenceClassifier(Waves.Quick);
        used.PartialFit(Waves.Create(32, seed: 5));
        fresh.Fit(data);
        used.Fit(data);
        Assert.Equal(fresh.PredictProbabilities(data[0]), used.PredictProbabilities(data[0]));
    }
}
