using System.Text;

namespace Elman.Cli.Tests.Commands;

/// <summary>Data that can't be used, for every argument and option that names data.</summary>
public sealed class WrongDataTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    public static TheoryData<string, string?, string[]> Files => new()
    {
        { "missing.csv", null, ["missing.csv", "no such file"] },
        { "missing", null, ["missing", "without extension"] },
        { "data.dat", "1,2,a\n", [".dat", ".csv"] },
        { "empty.csv", "", ["empty.csv", "empty"] },
        { "empty.ts", "", ["empty.ts", "empty"] },
        { "header.csv", "x1,x2,label\n", ["header.csv"] },
        { "binary.csv", "1,2\0,a\n", ["binary.csv", "line 1"] },
        { "word.csv", "x1,x2,label\n1,2,a\n1,two,b\n", ["word.csv", "line 3", "'two'"] },
        { "inf.csv", "x1,x2,label\n1,2,a\n1,-inf,b\n", ["inf.csv", "line 3", "not finite"] },
        { "gap.ts", "@univariate true\n@classLabel true a b\n@data\n1,2:a\n1,,2:b\n", ["gap.ts", "line 5", "write '?'"] },
        { "undeclared.ts", "@univariate true\n@classLabel true a b\n@data\n1,2:a\n1,2:c\n", ["undeclared.ts", "line 5", "c"] },
        { "ragged.ts", "@univariate false\n@dimensions 2\n@classLabel true a b\n@data\n1,2:3:a\n", ["ragged.ts", "line 5"] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Wrong_data_are_refused_with_their_position(string name, string? content, string[] expected)
    {
        string data = content is null ? _workspace.Path(name) : _workspace.Write(name, content);
        string model = _workspace.Path("m.safetensors");
        string[] before = _workspace.Leftovers();
        foreach (string[] words in (string[][])
            [["train", data, "--out", model], ["train", _workspace.Train, "--test", data, "--out", model],
                ["train", _workspace.Train, "--validation", data, "--out", model], ["info", data + (content is null ? ".csv" : "")]])
        {
            if (words[0] == "info" && (content is null || name.EndsWith(".txt", StringComparison.Ordinal)))
                continue;
            string line = Tool.Refuses(Tool.Run(words));
            Assert.All(expected, text => Assert.Contains(text, line, StringComparison.Ordinal));
        }
        Assert.Equal(before, _workspace.Leftovers());
    }

    [Fact]
    public void A_folder_is_refused() =>
        Assert.Contains("folder", Tool.Refuses(Tool.Run("train", _workspace.Folder, "--out", _workspace.Path("m.safetensors"))),
            StringComparison.Ordinal);

    [Fact]
    public void Built_in_data_that_there_are_not_are_refused_with_those_that_there_are() =>
        Assert.Contains("synthetic-control", Tool.Refuses(Tool.Run("train", "builtin:sines", "--out", _workspace.Path("m.safetensors"))),
            StringComparison.Ordinal);

    [Fact]
    public void Built_in_data_have_nothing_to_validate_on() =>
        Assert.Contains("--validation",
            Tool.Refuses(Tool.Run("train", "--validation", "builtin:synthetic-control", "--out", _workspace.Path("m.safetensors"))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("x1,x2,label\n1,2,a\n2,1,a\n", "only the class 'a'")]
    [InlineData("1,2,a\n", "only the class 'a'")]
    public void Training_on_one_class_is_refused(string content, string expected)
    {
        string data = _workspace.Write("one.csv", content);
        string line = Tool.Refuses(Tool.Run("train", data, "--out", _workspace.Path("m.safetensors")));
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.Contains("one.csv", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_without_labels_is_refused() =>
        Assert.Contains("no label", Tool.Refuses(Tool.Run("train", _workspace.Write("u.csv", "1,2\n3,4\n"), "--label-column", "none",
            "--out", _workspace.Path("m.safetensors"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("x1,x2,label\n1,2,down\n1,2,sideways\n", "Sequence 2", "'sideways'")]
    [InlineData("@univariate false\n@dimensions 2\n@classLabel true down up\n@data\n1,2:3,4:up\n", "channels", "1")]
    [InlineData("@univariate true\n@classLabel false\n@data\n1,2\n", "Sequence 1", "no label")]
    public void Test_data_that_do_not_fit_are_refused_before_training_and_by_evaluate(string content, params string[] expected)
    {
        string data = _workspace.Write(content[0] == '@' ? "other.ts" : "other.csv", content);
        string model = _workspace.Model();
        foreach (string[] words in (string[][])
            [["train", _workspace.Train, "--test", data, "--out", _workspace.Path("n.safetensors")],
             ["train", _workspace.Train, "--validation", data, "--out", _workspace.Path("n.safetensors")],
             ["evaluate", model, data]])
        {
            string line = Tool.Refuses(Tool.Run(words));
            Assert.Contains("other.", line, StringComparison.Ordinal);
            Assert.All(expected, text => Assert.Contains(text, line, StringComparison.Ordinal));
        }
        Assert.False(File.Exists(_workspace.Path("n.safetensors")));
    }

    [Fact]
    public void A_test_label_is_held_against_the_classes_that_the_training_data_declare()
    {
        string training = _workspace.Write("three.ts", "@univariate true\n@classLabel true down up still\n@data\n1,2:up\n2,1:down\n");
        string data = _workspace.Write("other.csv", "x1,x2,label\n1,2,sideways\n");
        string line = Tool.Refuses(Tool.Run("train", training, "--test", data, "--out", _workspace.Path("n.safetensors")));
        Assert.EndsWith(
            $"has the label 'sideways', which is not a class of {training}; its classes are down, up, "
                + "still. Correct it, or leave the sequence out.", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Predicting_with_another_number_of_channels_is_refused()
    {
        string data = _workspace.Write("two.ts", "@univariate false\n@dimensions 2\n@classLabel false\n@data\n1,2:3,4\n");
        string line = Tool.Refuses(Tool.Run("predict", _workspace.Model(), data));
        Assert.Contains("2 channels", line, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[]?> Models => new()
    {
        { "no such file", null },
        { "safetensors", [] },
        { "safetensors", Encoding.UTF8.GetBytes("not a model at all") },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_that_is_none_is_refused(string expected, byte[]? content)
    {
        string model = _workspace.Path("bad.safetensors");
        if (content is not null)
            File.WriteAllBytes(model, content);
        foreach (string[] words in (string[][])[["evaluate", model, _workspace.Test], ["predict", model, _workspace.Test], ["info", model]])
        {
            string line = Tool.Refuses(Tool.Run(words));
            Assert.Contains("bad.safetensors", line, StringComparison.Ordinal);
            Assert.Contains(expected, line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_model_that_was_cut_off_or_altered_is_refused()
    {
        byte[] sound = File.ReadAllBytes(_workspace.Model());
        byte[] altered = [.. sound];
        altered[^1] ^= 1;
        foreach (byte[] bytes in (byte[][])[sound[..^4], altered])
        {
            File.WriteAllBytes(_workspace.Path("bad.safetensors"), bytes);
            Tool.Refuses(Tool.Run("predict", _workspace.Path("bad.safetensors"), _workspace.Test));
        }
    }

    [Theory]
    [InlineData("train.csv")]
    [InlineData("missing.TS")]
    [InlineData("builtin:adding")]
    public void Data_instead_of_the_model_are_distinguished(string name)
    {
        string data = name.StartsWith("builtin:", StringComparison.Ordinal) ? name : _workspace.Path(name);
        foreach (string command in (string[])["evaluate", "predict"])
            Assert.Equal($"elman: '{data}' has the extension of a data file and can't be read as a model; give the model first, then "
                + "the data.",
                Tool.Refuses(Tool.Run(command, data, _workspace.Path("m.safetensors"))));
    }

    [Fact]
    public void A_model_that_is_called_like_data_is_a_model()
    {
        string model = _workspace.Path("odd.csv");
        File.Copy(_workspace.Model(), model);
        Assert.Equal(0, Tool.Run("evaluate", model, _workspace.Test).Status);
    }

    [Fact]
    public void A_folder_is_not_a_model() =>
        Assert.Contains("has the extension of a data file", Tool.Refuses(Tool.Run("evaluate", _workspace.Folder, _workspace.Test)),
            StringComparison.Ordinal);
}
