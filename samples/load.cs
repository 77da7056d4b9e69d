#:project ../src/Elman.Data

// The load of a grid for the next day, hour by hour, with bands. The series is generated: twelve weeks with daily and weekly seasons. With
// your own, a table with a column of times and one of values, give the name of your file.
using Elman;
using Elman.Data;

string file = Path.Combine(Directory.CreateTempSubdirectory("load").FullName, "load.csv");
DataFile.Write(file, BuiltInData.Load("hourly-load", seed: 1).Train);

// Without ids, a table with times is one series.
SequenceDataset series = DataFile.Read(file, new DataFileOptions { Labels = LabelKind.None, Format = DelimitedForm.Long });
var options = TrainingOptions.Auto with { Forecast = new() { Horizon = 24, Quantiles = [0.1, 0.5, 0.9] } };

// The last fifth is held out for the test.
(SequenceDataset beginning, SequenceDataset end) = series.DivideInTime(share: 0.2, horizon: 24)
    ?? throw new InvalidOperationException("The series is too short to be divided.");
using var tested = new SequenceForecaster(options);
tested.Fit(beginning);
ForecastEvaluation result = tested.Evaluate(end);
Console.WriteLine($"Chosen: {string.Join(" + ", tested.Members.Select(member => member.Name).Distinct())}");
Console.WriteLine($"Error one hour ahead {result.PerStepAhead[0].Rmse:F1}, a day ahead {result.PerStepAhead[^1].Rmse:F1};"
    + $" a forecast of no change has {result.Naive[0].Rmse:F1} and {result.Naive[^1].Rmse:F1}");
foreach (BandScore band in result.Bands)
    Console.WriteLine($"Inside the band from {band.Lower} to {band.Upper}: {band.Coverage:P0} of the values, expected {band.Nominal:P0}");

// Then the same models learn from the whole series, and forecast the day after its end.
using var forecaster = new SequenceForecaster(options);
forecaster.FitLike(tested, series);
float[] forecast = forecaster.Predict(series[0]), quantiles = forecaster.QuantilesAround(forecast);
DateTimeOffset last = series[0].Times!.DateAt(series[0].Steps - 1);
float top = quantiles.Max();
Console.WriteLine($"{"time",-17}{"q0.1",7}{"forecast",10}{"q0.9",8}");
for (int hour = 0; hour < 24; hour++)
{
    float low = quantiles[hour], high = quantiles[(2 * 24) + hour]; // all hours of the first quantile, then of the next
    string bar = new string(' ', (int)(40 * low / top)) + new string('#', (int)(40 * (high - low) / top));
    Console.WriteLine($"{last.AddHours(hour + 1):yyyy-MM-dd HH:mm} {low,7:F1}{forecast[hour],9:F1}{high,8:F1}  {bar}");
}
Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
