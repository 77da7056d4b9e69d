using System.Diagnostics;
using System.Globalization;
using Elman;
using Elman.Data;
using Elman.Loading;

// dotnet run -c Release --project benchmarks/Elman.Loading -- [--mb N] [--folder FOLDER] [--only NAME] [--list]
// Creates a file of each format, reads each in a separate process, and prints the speed and the peak memory.
// --read NAME FILE reads one file in this process and prints its row.
string? only = null, folder = null;
long megabytes = 100;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--mb" when i + 1 < args.Length && long.TryParse(args[i + 1], out megabytes): i++; break;
        case "--folder" when i + 1 < args.Length: folder = args[++i]; break;
        case "--only" when i + 1 < args.Length: only = args[++i]; break;
        case "--list": Console.WriteLine(string.Join('\n', FileForm.All.Select(form => $"{form.Name,-12} {form.What}"))); return 0;
        case "--read" when i + 2 < args.Length: Read(FileForm.All.First(form => form.Name == args[i + 1]), args[i + 2]); return 0;
        default: Console.Error.WriteLine($"{args[i]} is not known; usage: [--mb N] [--folder FOLDER] [--only NAME] [--list]"); return 2;
    }
}
Console.WriteLine("| form | MB | values | MB/s | of finding fields | of parsing values | peak MB | allowed MB |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
string made = folder ?? Path.Combine(Path.GetTempPath(), $"elman-loading-{Environment.ProcessId}");
Directory.CreateDirectory(made);
foreach (FileForm form in FileForm.All.Where(form => only is null || form.Name.Contains(only, StringComparison.Ordinal)))
{
    string path = Path.Combine(made, form.Name + form.Extension);
    if (!File.Exists(path))
        form.Make(path, megabytes * 1_000_000);
    using (Process reader = Process.Start(Environment.ProcessPath!, ["--read", form.Name, path]))
        reader.WaitForExit();
    if (folder is null)
        File.Delete(path);
}
if (folder is null)
    Directory.Delete(made);
return 0;

static void Read(FileForm form, string path)
{
    double seconds = Timing.Of(() => Keep(DataFile.Read(path, form.Options)), times: 1);
    using var self = Process.GetCurrentProcess();
    double peak = self.PeakWorkingSet64 / 1e6, bytes = new FileInfo(path).Length / 1e6;
    long values = Kept.Values;
    // The file is read again, since the first reading includes compilation; then other loops go through the same bytes.
    seconds = Math.Min(seconds, Timing.Of(() => Keep(DataFile.Read(path, form.Options)), times: 3));
    (double fields, double parsed) = PlainLoops.Measure(path);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {form.Name} | {bytes:0} | {values} | {bytes / seconds:0} | "
        + $"{fields / seconds:0.00} | {parsed / seconds:0.00} | {peak:0} | {(16.0 * values / 1e6) + 100:0} |"));

    static void Keep(SequenceDataset data) => Kept.Values = data.TotalSteps * data.Channels;
}

internal static class Kept
{
    public static long Values { get; set; }
}
