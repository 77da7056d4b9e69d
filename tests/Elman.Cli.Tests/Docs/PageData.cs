using System.Globalization;
using System.IO.Compression;
using System.Text;
using Elman.Data;
using Elman.Data.Audio.Tests;
using Elman.Data.Tests.Archive;
using Elman.Tests;

namespace Elman.Cli.Tests.Docs;

/// <summary>The files that the commands of the pages are given.</summary>
internal static class PageData
{
    private const string ArchiveSet = "JapaneseVowels";

    /// <summary>Writes the files of a page into the current folder, that of the workspace.</summary>
    public static void Write(string page, Workspace workspace)
    {
        File.WriteAllText(
            "new.csv", string.Join('\n', File.ReadLines(workspace.Test).Skip(1).Select(line => line[..line.LastIndexOf(',')])) + "\n");
        if (page.EndsWith("/onnx.md", StringComparison.Ordinal))
        {
            File.Copy(workspace.Model(), "model.safetensors", overwrite: true);
            Tool.Run("export", "model.safetensors", "model.onnx");
        }
        if (page.EndsWith("/coming-from-pytorch-and-keras.md", StringComparison.Ordinal))
        {
            File.Copy(Path.Combine(Repository.Root, "tests/Elman.PyTorch.Tests/Fixtures/forms/plain.pt"), "model.pt");
            ZipFile.ExtractToDirectory(Path.Combine(Repository.Root, "tests/Elman.Keras.Tests/Fixtures/keras_files.zip"), "files");
            File.Copy("files/bi-lstm-concat.keras", "model.keras");
        }
        if (page.EndsWith("/command-line.md", StringComparison.Ordinal))
        {
            File.WriteAllText("data.csv", Workspace.Csv(["down", "up"], cases: 12));
            File.WriteAllText("train.rsp", Documentation.Blocks(page, "")[0]);
        }
        if (page.EndsWith("/data.md", StringComparison.Ordinal))
        {
            Speech();
            Words(Documentation.Blocks(page, "").Single(block => block.StartsWith("file,word,speaker\n", StringComparison.Ordinal)));
            Recordings();
        }
    }

    /// <summary>A server of the archive, with one set.</summary>
    public static LoopbackServer Archive()
    {
        (SequenceDataset train, SequenceDataset test) = BuiltInData.Load("synthetic-control", seed: 1, trainCases: 60, testCases: 12);
        byte[] zip = Zips.Pack(($"{ArchiveSet}_TRAIN.ts", Text(train)), ($"{ArchiveSet}_TEST.ts", Text(test)));
        return new LoopbackServer(ask => ask.Path == $"/archive/{ArchiveSet}.zip"
            ? HttpAnswer.Of(zip, ask, "\"one\"")
            : new HttpAnswer("404 Not Found", []));

        static string Text(SequenceDataset data)
        {
            using var text = new StringWriter();
            TsWriter.Write(text, data, ArchiveSet);
            return text.ToString();
        }
    }

    /// <summary>The folder speech, with low and high tones, and another file.</summary>
    private static void Speech()
    {
        foreach ((string word, double hertz) in new[] { ("yes", 300.0), ("no", 1200.0) })
        {
            Directory.CreateDirectory(Path.Combine("speech", word));
            for (int i = 1; i <= 17; i += 2)
                File.WriteAllBytes(Path.Combine("speech", word, $"{i:000}.wav"), Wav.Tone(hertz + (10 * i)));
        }
        File.WriteAllBytes("new.wav", Wav.Tone(320));
    }

    /// <summary>The list words.csv as the page begins it, with more rows of the same form, and the files that it names.</summary>
    private static void Words(string begun)
    {
        var list = new StringBuilder(begun);
        foreach (string speaker in new[] { "cid", "dora", "eve", "finn" })
        {
            foreach (string word in new[] { "yes", "no" })
            {
                for (int take = 0; take < 3; take++)
                    list.Append(CultureInfo.InvariantCulture, $"clips/{speaker}-{word}-{take}.wav,{word},{speaker}\n");
            }
        }
        File.WriteAllText("words.csv", list.ToString());
        Directory.CreateDirectory("clips");
        foreach ((int i, string row) in list.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Index())
        {
            string[] fields = row.Split(',');
            File.WriteAllBytes(fields[0], Wav.Tone((fields[1] == "yes" ? 300 : 1200) + (7 * i)));
        }
    }

    /// <summary>Long recordings, in long form, whose labels change.</summary>
    private static void Recordings()
    {
        var random = new SeededRandom(1);
        var table = new StringBuilder("id,time,x,label\n");
        for (int recording = 0; recording < 4; recording++)
        {
            for (int t = 0; t < 1200; t++)
            {
                bool fast = t / 400 % 2 == recording % 2;
                double x = Math.Sin((fast ? 0.5 : 0.1) * t) + (0.1 * random.NextNormal());
                table.Append(CultureInfo.InvariantCulture, $"r{recording},{t},{x:F3},{(fast ? "fast" : "slow")}\n");
            }
        }
        File.WriteAllText("recordings.csv", table.ToString());
    }
}
