using System.Numerics;

namespace Elman.Tests;

public abstract class SimpleRnnClassifierFileTests<T, TOther> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther>
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_was_saved_round_trips_bit_for_bit()
    {
        using var saved = SmallRnn.Create<T>(Activation.LeakyRelu(0.3));
        saved.Save(_folder.File("m.safetensors"));
        using var loaded = SimpleRnnClassifier<T>.Load(_folder.File("m.safetensors"), learningRate: 0.5);
        Assert.Equal(SmallRnn.All(saved.Weights), SmallRnn.All(loaded.Weights));
        Assert.Equal(saved.Forward(SmallRnn.X<T>()), loaded.Forward(SmallRnn.X<T>()));
        Assert.Equal((3, 5, 4, "leaky-relu(0.3)", 0.5),
            (loaded.InputSize, loaded.HiddenSize, loaded.ClassCount, loaded.Activation.Name, loaded.LearningRate));
    }

    [Fact]
    public void Training_continues_after_loading_with_the_same_bits()
    {
        using var kept = SmallRnn.Create<T>();
        kept.Save(_folder.File("m.safetensors"));
        using var loaded = SimpleRnnClassifier<T>.Load(_folder.File("m.safetensors"));
        Assert.Equal(kept.Fit(SmallRnn.X<T>(), SmallRnn.Y<T>(), 3), loaded.Fit(SmallRnn.X<T>(), SmallRnn.Y<T>(), 3));
        Assert.Equal(SmallRnn.All(kept.Weights), SmallRnn.All(loaded.Weights));
    }

    [Fact]
    public void An_activation_of_ones_own_has_to_be_given_again()
    {
        using var saved = SmallRnn.Create<T>(Swish.Activation);
        string path = _folder.File("m.safetensors");
        saved.Save(path);

        Assert.Contains(
            "swish", Assert.Throws<ModelFileException>(() => SimpleRnnClassifier<T>.Load(path)).Message, StringComparison.Ordinal);
        Assert.Throws<ModelFileException>(() => SimpleRnnClassifier<T>.Load(path, With(Activation.Custom("other", new Swish(1)))));
        using var loaded = SimpleRnnClassifier<T>.Load(path, With(Swish.Activation));
        Assert.Equal(saved.Forward(SmallRnn.X<T>()), loaded.Forward(SmallRnn.X<T>()));
    }

    [Fact]
    public void The_other_number_type_is_refused()
    {
        using var saved = SmallRnn.Create<T>();
        string path = _folder.File("m.safetensors");
        saved.Save(path);
        var e = Assert.Throws<ModelFileException>(() => SimpleRnnClassifier<TOther>.Load(path));
        Assert.Contains("'rnn.0.wx' has type F", e.Message, StringComparison.Ordinal);
        Assert.Equal(path, e.FilePath);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused_on_loading()
    {
        using var saved = SmallRnn.Create<T>();
        SimpleRnnWeights<T> weights = saved.Weights;
        weights.WOut[1, 1] = T.NaN;
        saved.Weights = weights;
        saved.Save(_folder.File("m.safetensors"));
        var e = Assert.Throws<ModelFileException>(() => SimpleRnnClassifier<T>.Load(_folder.File("m.safetensors")));
        Assert.Contains("'output.w' has the value NaN", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_kind_of_classifier_is_refused_by_its_kind()
    {
        using var saved = SmallRnn.Create<T>();
        saved.Save(_folder.File("m.safetensors"));
        var e = Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(_folder.File("m.safetensors")));
        Assert.Contains("simple-rnn-classifier", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_weights_give_the_same_file()
    {
        using var one = SmallRnn.Create<T>();
        using var other = SmallRnn.Create<T>();
        one.Save(_folder.File("1"));
        other.Save(_folder.File("2"));
        Assert.Equal(File.ReadAllBytes(_folder.File("1")), File.ReadAllBytes(_folder.File("2")));
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private static LoadOptions With(Activation activation) => new() { CustomActivations = [activation] };
}
