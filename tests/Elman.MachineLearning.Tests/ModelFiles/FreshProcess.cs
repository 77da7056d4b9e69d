using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace Elman.MachineLearning.Tests.ModelFiles;

/// <summary>
/// A process that knows nothing of Elman but the assembly beside it: this executable, started again. It loads a model, predicts the rows
/// of a file, and writes the scores.
/// </summary>
internal static class FreshProcess
{
    private const string ModelVariable = "ELMAN_TEST_MODEL", DataVariable = "ELMAN_TEST_DATA";

    /// <summary>Runs before the tests of the process would.</summary>
    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable(ModelVariable) is not { } model)
            return;
        Console.WriteLine(AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "Elman.MachineLearning"));
        var context = new MLContext();
        ITransformer loaded = context.Model.Load(model, out DataViewSchema schema);
        IDataView data = context.Data.LoadFromBinary(Environment.GetEnvironmentVariable(DataVariable)!);
        IDataView scored = loaded.Transform(data);
        bool isVector = scored.Schema["Score"].Type is Microsoft.ML.Data.VectorDataViewType;
        foreach (float[] score in isVector ? Tables.Scores(scored) : [Tables.Values<float>(scored, "Score")])
            Console.WriteLine(string.Join(' ', score.Select(value => BitConverter.SingleToUInt32Bits(value))));
        Environment.Exit(0);
    }

    /// <summary>Returns the scores that such a process computes.</summary>
    public static float[][] Scores(string model, IDataView data)
    {
        string file = Path.ChangeExtension(model, ".idv");
        using (FileStream stream = File.Create(file))
            Tables.Context.Data.SaveAsBinary(data, stream);
        string executable = Path.ChangeExtension(typeof(FreshProcess).Assembly.Location, OperatingSystem.IsWindows() ? "exe" : null);
        var start = new ProcessStartInfo(executable)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [ModelVariable] = model, [DataVariable] = file },
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string[] lines = process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 && lines.Length > 0, errors.Result + string.Join('\n', lines));
        Assert.Equal("False", lines[0]); // nothing of Elman was loaded before the model
        return [.. lines.Skip(1).Select(line => line.Split(' ')
            .Select(bits => BitConverter.UInt32BitsToSingle(uint.Parse(bits, CultureInfo.InvariantCulture))).ToArray())];
    }
}
