using System.Globalization;
using System.Numerics.Tensors;
using Elman.MachineLearning.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tasks;

/// <summary>Forecast of the steps after the end of a sequence.</summary>
internal sealed class ForecastTask : PredictionTask
{
    public override string Name => "Forecasting";

    public override bool HasLabel => false;

    public override SequenceEstimator CreateEstimator(TrainingOptions options) => new SequenceForecaster(options);

    public override bool Fits(SequenceEstimator model, ClassNames? classes) => classes is null && model is SequenceForecaster;

    public override ClassNames? ClassesOf(DataViewSchema.Column label) => null;

    public override void CheckLabel(SchemaShape.Column label)
    {
    }

    public override Tensor<float> Predict(SequenceEstimator model, SequenceDataset sequence) =>
        ((SequenceForecaster)model).Predict(sequence);

    public override IReadOnlyList<OutputColumn> Outputs(ClassNames? classes, SequenceEstimator model)
    {
        var forecaster = (SequenceForecaster)model;
        IReadOnlyList<string> names = forecaster.ChannelNames;
        string[] channels = [.. Enumerable.Range(0, forecaster.ForecastChannels).Select(c => names.Count > 0 ? names[c]
            : forecaster.ForecastChannels == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{c + 1}"))];
        return
        [
            Vector(OutputColumn.Score, [.. Enumerable.Range(1, forecaster.Horizon).SelectMany(step =>
                channels.Select(channel => string.Create(CultureInfo.InvariantCulture, $"{channel}+{step}")))], null),
        ];
    }

    public override IReadOnlyList<OutputShape> OutputShapes(SchemaShape.Column? label) =>
    [
        new(OutputColumn.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false,
            [("SlotNames", TextDataViewType.Instance)]),
    ];
}
