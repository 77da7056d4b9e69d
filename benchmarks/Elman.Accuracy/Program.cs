using Elman.Accuracy;

// dotnet run -c Release --project benchmarks/Elman.Accuracy -- [--seeds N] [--text COLUMN] [--docs FILE] [FOLDER…]
// Trains with the defaults of `elman train` on every built-in set for classification, and on every NAME_TRAIN file below FOLDER with a
// NAME_TEST file in the same folder. `--text COLUMN` is used for tables that have such a column. Prints a table, or writes it between the
// marks in FILE.
int seeds = 3;
string? docs = null, text = null;
var folders = new List<string>();
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--seeds" when i + 1 < args.Length && int.TryParse(args[i + 1], out seeds) && seeds > 0: i++; break;
        case "--text" when i + 1 < args.Length: text = args[++i]; break;
        case "--docs" when i + 1 < args.Length: docs = args[++i]; break;
        case var folder when Directory.Exists(folder): folders.Add(folder); break;
        default:
            Console.Error.WriteLine($"{args[i]} is neither an option nor an existing folder; usage: [--seeds N] [--text COLUMN] "
            + "[--docs FILE] [FOLDER…]"); return 2;
    }
}
var results = new List<SetResult>();
foreach (DataPair pair in DataPair.All(folders, text))
{
    results.Add(SetResult.Measure(pair, seeds));
    Console.Error.WriteLine(AccuracyTable.Row(results[^1]));
}
string table = AccuracyTable.Of(results, seeds);
if (docs is null)
    Console.Write(table);
else
    AccuracyTable.Replace(docs, table);
return 0;
