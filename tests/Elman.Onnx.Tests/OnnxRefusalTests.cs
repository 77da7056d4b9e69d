using System.Numerics;
using Elman.Cells;
using Elman.Fitted;
using Elman.Kernels;
using Elman.Models;
using Elman.Onnx.Protocol;
using Elman.Onnx.Tests.Models;
using Elman.Sequences;
using Elman.Sequences.Stages;

namespace Elman.Onnx.Tests;

public sealed class OnnxRefusalTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(23)]
    public void Another_opset_is_refused(int opset)
    {
        using RandomModel random = RandomModel.Create(1);
        ArgumentException e = Assert.Throws<ArgumentException>(() => OnnxFile.ToBytes(random.Model, new OnnxSaveOptions { Opset = opset }));
        Assert.StartsWith($"Opset is {opset}; it may be 17 to 22.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_custom_activation_is_refused_by_its_name()
    {
        using SequenceEstimator model = Of(new ModelSpec
        { Cell = new RnnOptions { Activation = Activation.Custom("cube", default(Cube)) }, InputSize = 1, Layers = [3], OutputSize = 2 });
        ArgumentException e = Assert.Throws<ArgumentException>(() => OnnxFile.ToBytes(model));
        Assert.Equal("The model can't be written as ONNX: the activation 'cube' is custom code.", e.Message);
    }

    [Fact]
    public void Ngrams_are_refused_in_an_opset_without_operators_on_bits()
    {
        var symbols = new SymbolTables([new SymbolTable(1, 3, 2)]);
        var data = new SequenceDataset(1, [], [new Sequence(new float[] { 0, 1, 2, 0, 1 }, 1)]);
        var stages = new InputStages(Ngrams: new Ngrams(2, false).Fit(data, symbols));
        var preprocessing = Preprocessing.Fit(data, MissingValues.Refuse, standardize: false, symbols, stages);
        using SequenceEstimator model = Of(new ModelSpec
        { Cell = new SumOptions(), InputSize = 2, Symbols = symbols, Stages = stages, Layers = [2], OutputSize = 2 }, preprocessing);
        ArgumentException e = Assert.Throws<ArgumentException>(() => OnnxFile.ToBytes(model, new OnnxSaveOptions { Opset = 17 }));
        Assert.Equal(
            "The model can't be written as ONNX: n-grams need operators of opset 18; export with a newer opset than 17.", e.Message);
    }

    [Fact]
    public void A_model_that_is_not_fitted_is_refused()
    {
        using var model = new SequenceClassifier();
        Assert.Throws<InvalidOperationException>(() => OnnxFile.ToBytes(model));
    }

    [Fact]
    public void A_failed_save_leaves_the_file_as_it_is()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "before");
        using RandomModel random = RandomModel.Create(1);
        Assert.Throws<ArgumentException>(() => OnnxFile.Save(random.Model, path, new OnnxSaveOptions { Opset = 1 }));
        Assert.Throws<ModelFileException>(() => OnnxFile.Save(random.Model, Path.Combine(path, "inside.onnx")));
        Assert.Equal("before", File.ReadAllText(path));
        OnnxFile.Save(random.Model, path);
        Assert.Equal(OnnxFile.ToBytes(random.Model), File.ReadAllBytes(path));
        File.Delete(path);
    }

    /// <summary>Runtimes of the oldest version know no newer operators.</summary>
    [Fact]
    public void The_version_of_the_format_is_that_of_the_opset()
    {
        using RandomModel random = RandomModel.Create(1);
        ModelProto oldest = ModelProto.Parser.ParseFrom(OnnxFile.ToBytes(random.Model, new OnnxSaveOptions { Opset = 17 }));
        Assert.Equal((8, 17), (oldest.IrVersion, oldest.OpsetImport[0].Version));
        Assert.All(Runtime.Answers(
            OnnxFile.ToBytes(random.Model, new OnnxSaveOptions { Opset = 17 }), random.Data, random.Model.Fitted.Task.AnswersEveryStep),
            answer => Assert.All(answer, number => Assert.True(float.IsFinite(number))));
    }

    private static SequenceEstimator Of(ModelSpec spec, Preprocessing? preprocessing = null)
    {
        var model = new SequenceModel<float>(spec);
        model.Pack(forTraining: false);
        preprocessing ??= new Preprocessing(MissingValues.Refuse, spec.InputSize);
        return SequenceEstimator.Of(new FittedModel([new Member(model, preprocessing)], ["a", "b"], null, null, []));
    }

    private readonly struct Cube : IActivation
    {
        public V Value<V, T>(V a)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => a * a * a;

        public V Derivative<V, T>(V a, V y)
            where V : unmanaged, ILane<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Constant(3) * a * a;
    }
}
