using Elman.Evaluations;
using Elman.Fitted;
using Elman.Models;
using Elman.Onnx.Tests.Models;
using Elman.Sequences;
using Elman.Training;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Elman.Onnx.Tests;

/// <summary>Numbers in the units of the data: offsets of values, quantiles of forecasts.</summary>
public sealed class OnnxUnitsTests
{
    private const double Offset = 1_700_000_000;

    private static readonly float[] _values = [1, 2, 4, 3, 5, 7, 6];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Offsets_are_subtracted_from_the_values_and_added_to_the_forecast(bool isStreaming)
    {
        using SequenceEstimator model = Forecaster(Offset);
        using InferenceSession session = Runtime.Open(OnnxFile.ToBytes(model, new OnnxSaveOptions { IsStreaming = isStreaming }));
        double[] x = [.. _values.Select(value => value + Offset)];
        using var results = isStreaming
            ? session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<double>(x.AsMemory(0, 1), [1, 1])),
                .. States(session)])
            : session.Run(Whole(x));
        float[] expected = ((SequenceForecaster)model).Predict(new Sequence(_values.AsMemory(0, isStreaming ? 1 : _values.Length), 1));
        double[] actual = [.. results.First(result => result.Name == "forecast").AsEnumerable<double>().TakeLast(2)];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i] + Offset, actual[i], 1e-5);
    }

    [Fact]
    public void Quantiles_are_those_of_the_forecaster()
    {
        using var model = (SequenceForecaster)Forecaster(0);
        using InferenceSession session = Runtime.Open(OnnxFile.ToBytes(model));
        using var results = session.Run(Whole(_values));
        float[] expected = model.QuantilesAround(model.Predict(new Sequence(_values, 1)));
        DisposableNamedOnnxValue quantiles = results.First(result => result.Name == "quantiles");
        Assert.Equal([1, _values.Length, 3, 2, 1], quantiles.AsTensor<float>().Dimensions.ToArray());
        float[] actual = [.. quantiles.AsEnumerable<float>().TakeLast(expected.Length)];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5);
    }

    [Fact]
    public void Offsets_are_added_to_the_numbers_of_a_regressor()
    {
        using SequenceEstimator model = Regressor();
        using InferenceSession session = Runtime.Open(OnnxFile.ToBytes(model));
        using var results = session.Run(Whole(_values));
        float[] expected = ((SequenceRegressor)model).Predict(new Sequence(_values, 1));
        double[] actual = [.. results[0].AsEnumerable<double>()];
        Assert.Equal(expected[0], actual[0], 1e-5);
        Assert.Equal(expected[1] + Offset, actual[1], 1e-5);
    }

    private static SequenceEstimator Forecaster(double offset) => Estimator(ModelTask.Forecast, [], new DataOrigin([], null)
    { Offsets = new ValueOffsets([offset]) }, new ForecastBands([0.1, 0.5, 0.9], [[-1, -2], [0.25f, 0.5f], [1, 3]]));

    private static SequenceEstimator Regressor() => Estimator(ModelTask.Regress, ["a", "b"], new DataOrigin([], null)
    { Offsets = new ValueOffsets([], new Dictionary<string, double> { ["b"] = Offset }) }, ForecastBands.None);

    private static SequenceEstimator Estimator(ModelTask task, string[] names, DataOrigin origin, ForecastBands bands)
    {
        var data = new SequenceDataset(1, [], [new Sequence(_values, 1)]);
        var preprocessing = Preprocessing.Fit(data, MissingValues.Refuse, standardize: true);
        var model = new SequenceModel<float>(new ModelSpec
        {
            Cell = new GruOptions(),
            InputSize = 1,
            Layers = [5],
            Task = task,
            Horizon = task == ModelTask.Forecast ? 2 : 1,
            OutputSize = 2,
        });
        model.Initialize(WeightInitialization.Rotation, new SeededRandom(3));
        model.Pack(forTraining: false);
        return SequenceEstimator.Of(new FittedModel([new Member(model, preprocessing)], names, null, null, [])
        { Origin = origin, Bands = bands });
    }

    private static NamedOnnxValue[] Whole<T>(T[] x) =>
    [
        NamedOnnxValue.CreateFromTensor("x", new DenseTensor<T>(x, [1, x.Length, 1])),
        NamedOnnxValue.CreateFromTensor("lengths", new DenseTensor<long>(new long[] { x.Length }, [1])),
    ];

    private static IEnumerable<NamedOnnxValue> States(InferenceSession session) => session.InputMetadata
        .Where(input => input.Key != "x").Select(input => input.Value.ElementType == typeof(long)
            ? NamedOnnxValue.CreateFromTensor(input.Key, new DenseTensor<long>([1, input.Value.Dimensions[1]]))
            : NamedOnnxValue.CreateFromTensor(input.Key, new DenseTensor<float>([1, input.Value.Dimensions[1]])));
}
