#:project ../src/Elman.Data.Columnar
#:package DuckDB.NET.Data.Full

// Data from DuckDB: a query joins and resamples raw tables, and either writes a Parquet file that Elman reads, or is read row by row. The
// tables are made here: vibrations of forty pumps, and which of them failed.
using DuckDB.NET.Data;
using Elman;
using Elman.Data;
using Elman.Data.Columnar;

string parquet = Path.Combine(Directory.CreateTempSubdirectory("pumps").FullName, "pumps.parquet");
using var connection = new DuckDBConnection("DataSource=:memory:");
connection.Open();
CreateTables(connection);

// A second is a step: the strength of the vibration and the mean temperature. The sequence is a pump, with the label of another table.
const string Query = """
    SELECT reading.pump, floor(tenth / 10) AS second, stddev(vibration) AS vibration, avg(temperature) AS temperature,
           CASE WHEN failed THEN 'failed' ELSE 'sound' END AS label
    FROM reading JOIN pump USING (pump)
    GROUP BY reading.pump, second, failed ORDER BY reading.pump, second
    """;

// By a file. The table is in long form: its id column is named, its columns of time and label are recognised.
Execute(connection, $"COPY ({Query}) TO '{parquet}' (FORMAT parquet)");
ColumnarFormats.Register();
SequenceDataset fromFile = DataFile.Read(parquet, new DataFileOptions { IdColumn = "pump", TimeColumn = "second" });

// By rows, without a file.
var rows = new List<(string Pump, float Vibration, float Temperature, string Label)>();
using (DuckDBCommand command = connection.CreateCommand())
{
    command.CommandText = Query;
    using DuckDBDataReader reader = command.ExecuteReader();
    while (reader.Read())
        rows.Add(($"{reader.GetInt32(0)}", (float)reader.GetDouble(2), (float)reader.GetDouble(3), reader.GetString(4)));
}
var builder = new SequenceDatasetBuilder("vibration", "temperature");
foreach (var pump in rows.GroupBy(row => (row.Pump, row.Label)))
    builder.Add(pump.Select(row => new[] { row.Vibration, row.Temperature }), pump.Key.Label, id: pump.Key.Pump);
SequenceDataset fromRows = builder.Build();

bool same = fromFile.Zip(fromRows).All(pair => pair.First.Values.Span.SequenceEqual(pair.Second.Values.Span));
Console.WriteLine($"{fromFile.Count} pumps, {fromFile[0].Steps} steps of {string.Join(", ", fromFile.ChannelNames)};"
    + $" file and rows have the same values: {same}");

CrossValidationResult result = CrossValidation.Run(
    fromFile, (_, _) => new SequenceClassifier(new TrainingOptions { Cell = "esn" }), new CrossValidationOptions { Folds = 4 });
Console.WriteLine($"Accuracy on pumps that were left out: {result.Mean:P1} in the mean of {result.Folds.Count} folds");
Directory.Delete(Path.GetDirectoryName(parquet)!, recursive: true);

// A failing pump vibrates more and more, and grows warm.
static void CreateTables(DuckDBConnection connection)
{
    Execute(connection, "CREATE TABLE pump (pump INTEGER, failed BOOLEAN)");
    Execute(connection, "CREATE TABLE reading (pump INTEGER, tenth INTEGER, vibration DOUBLE, temperature DOUBLE)");
    var random = new SeededRandom(1);
    using DuckDBAppender readings = connection.CreateAppender("reading");
    for (int pump = 0; pump < 40; pump++)
    {
        bool failed = pump % 2 == 1;
        Execute(connection, $"INSERT INTO pump VALUES ({pump}, {failed})");
        double strength = random.NextUniform(0.8, 1.2), room = random.NextUniform(18, 26);
        for (int tenth = 0; tenth < 600; tenth++)
        {
            double wear = failed ? tenth / 600.0 : 0;
            readings.CreateRow().AppendValue(pump).AppendValue(tenth)
                .AppendValue((strength + (0.4 * wear)) * random.NextNormal())
                .AppendValue(room + 20 + (3 * wear) + random.NextNormal()).EndRow();
        }
    }
}

static void Execute(DuckDBConnection connection, string sql)
{
    using DuckDBCommand command = connection.CreateCommand();
    command.CommandText = sql;
    command.ExecuteNonQuery();
}
