using System.Globalization;
using Elman.Data;
using Elman.PyTorch;

namespace Elman.Samples.Tests.Pages;

/// <summary>The Python blocks of the pages.</summary>
[Collection(nameof(Alone))]
public sealed class PythonBlockTests : IDisposable
{
    private const string Coming = "docs/guide/coming-from-pytorch-and-keras.md";

    private readonly string _before = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("elman-python-");

    public PythonBlockTests()
    {
        Environment.CurrentDirectory = _folder.FullName;
        Assert.SkipUnless(PythonProgram.Exists, "There is no Python.");
    }

    public static TheoryData<string, int> Blocks =>
        [.. Block.Pages.SelectMany(page => Enumerable.Range(0, Of(page).Count).Select(i => (page, i)))];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_is_valid_Python(string page, int number)
    {
        (int status, _, string error) = PythonProgram.Run($"import ast\nast.parse('''{Of(page)[number].Text.Replace("\\", "\\\\")}''')");
        Assert.True(status == 0, $"{Of(page)[number]}: {error}");
    }

    /// <summary>A block that is added needs a test below that runs it.</summary>
    [Fact]
    public void The_blocks_are_those_that_are_run_here() =>
        Assert.Equal(
            [(Coming, 0), (Coming, 1), (Coming, 2), (Coming, 3), (Coming, 4), ("docs/guide/data.md", 0), ("docs/model-file.md", 0),
                ("docs/model-file.md", 1)],
            Blocks.Select(row => row.Data));

    /// <summary>The blocks of PyTorch, except the one that needs the package safetensors. Keras is only parsed: Python has none.</summary>
    [Fact]
    public void A_model_of_PyTorch_is_imported_as_the_page_says()
    {
        Assert.SkipUnless(PythonProgram.Has("torch"), "Python has no PyTorch.");
        const string Before = """
            import torch
            from torch import nn
            from torch.nn.utils.rnn import pack_padded_sequence

            """;
        const string Use = """

            model = Model()
            x = torch.arange(30, dtype=torch.float32).reshape(2, 5, 3) / 30
            print(*torch.softmax(model(x, torch.tensor([5, 3])), 1)[1].tolist())

            """;
        (int status, string output, string error) = PythonProgram.Run(Before + Of(Coming)[0].Text + Use + Of(Coming)[2].Text);
        Assert.True(status == 0, error);
        using var model = (SequenceClassifier)PyTorchFile.Load("model.pt", new PyTorchLoadOptions { Readout = Readout.Last }).Estimator;
        float[] values = [.. Enumerable.Range(15, 9).Select(i => i / 30f)]; // the second sequence, without its padding
        float[] probabilities = model.PredictProbabilities(new Sequence(values, 3));
        Assert.All(probabilities.Zip(output.Split(' ')), pair =>
            Assert.Equal(double.Parse(pair.Second, CultureInfo.InvariantCulture), pair.First, 1e-5));
    }

    [Fact]
    public void A_model_is_read_as_the_page_says()
    {
        Assert.SkipUnless(PythonProgram.Has("numpy"), "Python has no NumPy.");
        SaveModel();
        (int status, string output, string error) = PythonProgram.Run(Of("docs/model-file.md")[0].Text, Frame.Folder);
        Assert.True(status == 0, error);
        Assert.Matches("""^\["normal","cyclic",.*\] \(1, 24\)\n$""", output);
    }

    [Fact]
    public void The_checksum_of_the_page_is_that_of_the_file()
    {
        Assert.SkipUnless(PythonProgram.Has("numpy"), "Python has no NumPy.");
        SaveModel();
        const string Compare = """

            with safe_open("model.safetensors", "np") as f:
                print(crc32c("model.safetensors") == f.metadata()["elman.crc32c"], len(f.metadata()["elman.crc32c"]))
            """;
        (int status, string output, string error) = PythonProgram.Run(Of("docs/model-file.md")[1].Text + Compare, Frame.Folder);
        Assert.True(status == 0, error);
        Assert.Equal("True 8\n", output);
    }

    [Fact]
    public void A_table_with_lists_is_read()
    {
        Assert.SkipUnless(PythonProgram.Has("pandas") && PythonProgram.Has("pyarrow"), "Python has no pandas with pyarrow.");
        (int status, _, string error) = PythonProgram.Run("import pandas as pd\n" + Of("docs/guide/data.md")[0].Text);
        Assert.True(status == 0, error);
        Data.Columnar.ColumnarFormats.Register();
        SequenceDataset data = DataFile.Read("train.parquet", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((2, 2, 2), (data.Count, data.Channels, data[0].Steps));
        Assert.Equal(["circle", "line"], data.ClassLabels);
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Delete(recursive: true);
    }

    private static IReadOnlyList<Block> Of(string page) => [.. Block.Of(page).Where(block => block.Language == "python")];

    private static void SaveModel()
    {
        using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "gru", Model = new() { Layers = [8] }, Epochs = 1 });
        classifier.Fit(BuiltInData.Load("synthetic-control", seed: 1, trainCases: 60, testCases: 6).Train);
        classifier.Save("model.safetensors");
    }
}
