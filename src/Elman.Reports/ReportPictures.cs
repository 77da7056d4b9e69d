using System.Text;
using Elman.Reports.Charts;
using Elman.Reports.Sections;

namespace Elman.Reports;

/// <summary>The pictures of a report as SVG files of their own, with their style.</summary>
public static class ReportPictures
{
    /// <summary>
    /// Draws the losses of several trainings as one SVG file: on validation data where all have them, else on training data.
    /// </summary>
    /// <param name="trainings">The name and the epochs of each training.</param>
    /// <exception cref="ArgumentException">There is no training, or one without epochs.</exception>
    public static byte[] Curves(IReadOnlyList<(string Name, IReadOnlyList<EpochResult> Epochs)> trainings)
    {
        ArgumentNullException.ThrowIfNull(trainings);
        if (trainings.Count == 0 || trainings.Any(training => training.Epochs.Count == 0))
            throw new ArgumentException("Every training needs at least one epoch.", nameof(trainings));
        bool areValidated = trainings.All(training => training.Epochs.Any(epoch => epoch.ValidationLoss is not null));
        string what = areValidated ? "validation loss" : "training loss";
        return Encoding.UTF8.GetBytes(LineChart.Draw($"Comparison: {what}", $"The {what} over the epochs of each training.",
            [.. trainings.Select(training => (training.Name, (IReadOnlyList<(double, double)>)[.. training.Epochs.Select(epoch =>
                ((double)epoch.Epoch, areValidated ? epoch.ValidationLoss ?? double.NaN : epoch.Loss))]))],
            "epoch", what).ToFile());
    }

    /// <summary>Returns the pictures with the names of their files: <c>results.svg</c>, <c>confusion_matrix.svg</c>,
    /// <c>calibration.svg</c>, <c>forecast.svg</c>; those for which the report has content.</summary>
    /// <param name="report">The report.</param>
    /// <remarks>The results are the losses over the epochs, or without epochs the score beside the baselines.</remarks>
    public static IReadOnlyList<(string FileName, byte[] Content)> Of(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var files = new List<(string, byte[])>();
        Add("results.svg", CurveSection.Charts(report).Count > 0 ? CurveSection.Charts(report)[0] : ScoreSection.Chart(report));
        Add("confusion_matrix.svg", report.Confusion is { Count: > 0 } confusion ? MatrixChart.Draw(confusion, report.Classes) : null);
        Add("calibration.svg", report.Reliability.Count > 0 ? ReliabilityChart.Draw(report.Reliability) : null);
        Add("forecast.svg", report.Forecasts.Count > 0 ? FanChart.Draw(report.Forecasts[0]) : null);
        return files;

        void Add(string name, Picture? picture)
        {
            if (picture is not null)
                files.Add((name, Encoding.UTF8.GetBytes(picture.ToFile())));
        }
    }
}
