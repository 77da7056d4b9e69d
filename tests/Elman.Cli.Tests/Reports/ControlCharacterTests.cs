using System.Text.RegularExpressions;

namespace Elman.Cli.Tests.Reports;

/// <summary>Names from files have no effect on the terminal; data, CSV and JSON have them exactly.</summary>
public sealed class ControlCharacterTests : IDisposable
{
    private const string Clear = "cl\u001b[2Jear\a", Reversed = "abc\u202Etxt";

    private static readonly string[] _labels = ["cl\\u001b[2Jear\\u0007", "abc\\u202Etxt"];

    private readonly Workspace _workspace = new();

    private string Data => _workspace.Write("data.jsonl", string.Concat(Enumerable.Range(0, 12).Select(i => $$$"""
        {"id":"i\u009b{{{i}}}","label":"{{{_labels[i % 2]}}}","channels":{"c\u001b]0;x\u0007":[1,2,{{{i}}}]}}

        """)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_for_people_has_no_character_that_acts_on_a_terminal(bool rich)
    {
        string data = Data, model = _workspace.Path("m.safetensors");
        Check(Run(rich, Workspace.TrainArgs(data, "--test", data, "--out", model)), rich, "cl\\x1b[2Jear\\x07", "abc<U+202E>txt");
        Check(Run(rich, "info", model), rich, "cl\\x1b[2Jear\\x07", "c\\x1b]0;x\\x07");
        Check(Run(rich, "info", data), rich, "abc<U+202E>txt", "c\\x1b]0;x\\x07");
        Check(Run(rich, "evaluate", model, data), rich, "cl\\x1b[2Jear\\x07");
    }

    [Fact]
    public void Errors_have_no_such_character_either()
    {
        string model = _workspace.Path("m.safetensors");
        Tool.Run(Workspace.TrainArgs(Data, "--out", model));
        string other = _workspace.Write("other.jsonl", """{"label":"o\u001bther","channels":{"c\u001b]0;x\u0007":[1,2,3]}}""" + "\n");
        Check(Tool.Run("evaluate", model, other), false, "o\\x1bther");
        Check(Tool.Run("info", "no\u001b[2J\u202Efile.csv"), false, "no\\x1b[2J<U+202E>file.csv");
        Check(Tool.Run("info", "--no\u001bsuch"), false, "no\\x1bsuch");
    }

    [Fact]
    public void Predictions_and_json_are_exact()
    {
        string data = Data, model = _workspace.Path("m.safetensors");
        Tool.Run(Workspace.TrainArgs(data, "--out", model));
        string csv = Tool.Run("predict", model, data).Output;
        Assert.Contains($"p_{Clear}", csv, StringComparison.Ordinal);
        Assert.Contains($"p_{Reversed}", csv, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(Tool.Run("info", model, "--json").Output);
        Assert.Equal([Reversed, Clear], json.RootElement.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public void Of_a_name_of_four_megabytes_a_message_has_the_beginning_and_the_length()
    {
        string model = _workspace.Model(), name = new('x', 4_000_000);
        string labelled = _workspace.Write("long.csv", $"x1,x2,label\n1,2,{name}\n");
        string line = Tool.Refuses(Tool.Run("evaluate", model, labelled));
        Assert.True(line.Length < 400, $"{line.Length} characters");
        Assert.Contains("xxx…' (4,000,000 characters)", line, StringComparison.Ordinal);
        foreach (string file in (string[])[
            _workspace.Write("cell.csv", $"x1,x2,label\n1,{name},a\n"),
            _workspace.Write("column.csv", $"{name},{name},label\n1,2,a\n"),
            _workspace.Write("text.jsonl", $$"""{"x":"{{name}}"}""" + "\n"),
            _workspace.Write("member.jsonl", $$"""{"{{name}}":1,"{{name}}":1,"x":[1]}""" + "\n"),
            _workspace.Write("attribute.arff", $"@relation r\n@attribute {name} what\n@data\n1\n"),
            _workspace.Write("value.ts", $"@problemName p\n@univariate true\n@classLabel false\n@data\n1,{name}\n")])
        {
            ToolRun run = Tool.Run("info", file);
            Assert.All(run.ErrorLines.Concat(run.OutputLines), text => Assert.True(text.Length < 600, $"{file}: {text.Length} characters"));
        }
    }

    [Fact]
    public void Text_is_written_only_where_it_is_made_visible()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "../../../../../src/Elman.Cli");
        string[] files = [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/"))];
        Assert.True(files.Length > 50);
        Assert.Equal(["FoldProgress.cs", "ReadingProgress.cs", "Terminal.cs"], FilesWith(@"\bError\.Write"));
        Assert.Equal(["Lines.cs", "TrainingWatch.cs"], FilesWith(@"\bnew (Text|Markup)\("));
        Assert.Equal(["CommandLine.cs", "CompletionCommand.cs", "Lines.cs"], FilesWith(@"\bOutput\.Write(Line)?\([^)]"));

        IEnumerable<string?> FilesWith(string pattern) => files.Where(file => Regex.IsMatch(File.ReadAllText(file), pattern))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private static ToolRun Run(bool rich, params string[] args) => Tool.Run(new ToolSurroundings { Rich = rich, Width = 200 }, args);

    private static void Check(ToolRun run, bool rich, params string[] shown)
    {
        string text = run.Output + run.Error;
        Assert.All(shown, name => Assert.Contains(name, text, StringComparison.Ordinal));
        // The tool's own colours and cursor movements.
        string plain = rich ? Regex.Replace(text, "\u001b\\[[0-9;?]*[A-Za-z]", "").Replace("\r", "", StringComparison.Ordinal) : text;
        Assert.DoesNotContain(plain, c => c != '\n' && (char.IsControl(c) || c is '\u202E'));
        if (rich)
            Assert.DoesNotContain("\u001b[2J", text, StringComparison.Ordinal);
    }
}
