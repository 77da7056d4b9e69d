using System.CommandLine;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Reports;
using Elman.Data;

namespace Elman.Cli.Commands;

/// <summary><c>elman data get</c>: downloads a data set of the UCR and UEA archive into the cache.</summary>
internal sealed class DataGetCommand : Command
{
    private readonly Argument<string> _name = new("NAME")
    { Description = "A data set, such as JapaneseVowels; timeseriesclassification.com lists them." };
    private readonly Option<string?> _sha256 = TextOption.Create("--sha256", "DIGITS",
        "The expected SHA-256 of the downloaded file. The archive publishes none; that of the first download is kept and shown.");
    private readonly Option<string?> _from = TextOption.Create("--from", "URL",
        $"Another archive: the URL of the folder with NAME.zip. Default: {ArchiveData.AddressVariable}, else "
            + $"{DataArchive.DefaultAddress}.");
    private readonly Option<string?> _cache = TextOption.Create("--cache", "FOLDER",
        $"Folder for downloaded data sets. Default: {ArchiveData.CacheVariable}, else elman/ucr in the user's cache folder.");
    private readonly Terminal _terminal;

    public DataGetCommand(Terminal terminal)
        : base("get", $"Download a data set of the UCR and UEA archive, to use as {ArchiveData.Prefix}NAME.")
    {
        _terminal = terminal;
        Arguments.Add(_name);
        Options.Add(_sha256);
        Options.Add(_from);
        Options.Add(_cache);
        SetAction(Run);
    }

    private int Run(ParseResult words)
    {
        string name = words.GetRequiredValue(_name);
        if (ArchiveData.IsNamed(name))
            name = name[ArchiveData.Prefix.Length..];
        var data = new ArchiveData(_terminal);
        ArchiveSet set = data.Get(data.Open(words.GetValue(_from), words.GetValue(_cache)), name, words.GetValue(_sha256));
        Lines.WriteUnbroken(_terminal, $"{(set.WasDownloaded ? "Wrote" : "Already downloaded:")} {set.TrainPath} "
            + $"and {Path.GetFileName(set.TestPath)}");
        Lines.WriteUnbroken(_terminal, $"SHA-256 of {name}.zip: {set.Sha256}");
        return ExitStatus.Done;
    }
}
