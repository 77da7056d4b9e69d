using Elman.Cli.Output;
using Elman.Cli.Tasks;
using Elman.Onnx;

namespace Elman.Cli.Imports;

/// <summary>ONNX graphs.</summary>
internal sealed class OnnxFormat : ModelFormat
{
    public override string Name => "ONNX";

    public override IReadOnlyList<string> ReadableExtensions { get; } = [".onnx"];

    public override IReadOnlyList<string> WritableExtensions { get; } = [".onnx"];

    public override ImportedModel Read(string path, ImportChoices choices)
    {
        if (choices.GivenForModules is { } option)
            throw new CommandException($"{option} is for PyTorch, whose files do not say it; the graph of '{path}' does. Leave it out.");
        if (choices.Task == TaskKind.Forecast)
            throw new CommandException("--task is forecast, which graphs of other libraries have no convention for; it may be classify, "
                + "tag or regress.");
        OnnxTask task = choices.Task switch
        {
            TaskKind.Classify when choices.AreMany => OnnxTask.ClassifyMany,
            TaskKind.Classify => OnnxTask.Classify,
            TaskKind.Tag => OnnxTask.Tag,
            TaskKind.Regress => OnnxTask.Regress,
            _ => choices.AreMany ? OnnxTask.ClassifyMany : OnnxTask.FromGraph,
        };
        OnnxImport import = OnnxFile.Load(path, new OnnxLoadOptions { Task = task, Names = choices.Classes });
        string note = import.IsOfElman
            ? "Elman wrote the file, so the model is the same, bit for bit."
            : "The model takes sequences of any length, without padding.";
        return new ImportedModel(import.Model, [], [], [note], import.Warnings);
    }

    public override ExportedModel Write(string path, SequenceEstimator model, ExportChoices choices)
    {
        var options = new OnnxSaveOptions { IsStreaming = choices.IsStreaming };
        if (choices.Opset is { } opset)
            options = options with { Opset = opset };
        byte[] file = OnnxFile.ToBytes(model, options);
        OutputFile.Write(path, file);
        (string note, string? warning) = Compare(model, file, choices);
        string what = options.IsStreaming ? "one step" : "whole sequences";
        return new ExportedModel([], [], warning is null ? [] : [warning])
        { Notes = [FormattableString.Invariant($"Opset {options.Opset}, {what}."), note] };
    }

    /// <summary>Compares the graph with the model, if ONNX Runtime is there.</summary>
    /// <returns>What to say, and what to warn of.</returns>
    private static (string Note, string? Warning) Compare(SequenceEstimator model, byte[] file, ExportChoices choices)
    {
        using OnnxCheck? check = OnnxCheck.TryOpen(choices.Runtime);
        if (check is null)
        {
            return choices.Runtime is null && choices.Data is null
                ? ("Not compared with the model: there is no ONNX Runtime here. --onnxruntime FILE names its native library.", null)
                : throw new CommandException(choices.Runtime is null
                    ? "--check needs ONNX Runtime, whose native library was not found; name it with --onnxruntime FILE. The file was "
                        + "written."
                    : $"--onnxruntime is '{choices.Runtime}', which is not the native library of ONNX Runtime, such as libonnxruntime.so. "
                        + "The file was written, but not compared with the model.");
        }
        try
        {
            OnnxDifference difference = check.Compare(model, file, choices.Data);
            string figures = FormattableString.Invariant(
                $"ONNX Runtime {check.RuntimeVersion}, {difference.Sequences} sequences: largest difference {difference.Largest:G2}");
            return ($"{figures}.", difference.IsRounding ? null : $"{figures} of {difference.Scale:G3}, more than rounding. A counting "
                + "readout counts values within rounding of a threshold on either side; otherwise do not use the file.");
        }
        catch (OnnxCheckException e)
        {
            return ("Not compared with the model.", $"{e.Message} An older --opset may help.");
        }
    }
}
