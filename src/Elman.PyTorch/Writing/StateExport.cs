using Elman.Files;
using Elman.Fitted;
using Elman.Models;
using Elman.PyTorch.Mapping;

namespace Elman.PyTorch.Writing;

/// <summary>Writes a model as a state dictionary.</summary>
internal static class StateExport
{
    /// <summary>Returns the content of the file and its description.</summary>
    /// <exception cref="ArgumentException">PyTorch has no modules for the model.</exception>
    /// <exception cref="InvalidOperationException">The model is not fitted, or is being trained.</exception>
    public static (PyTorchExport Export, Safetensors Content) Of(SequenceEstimator estimator)
    {
        FittedModel known = estimator.Fitted;
        known.Hold(estimator);
        try
        {
            int version = known.BeginReading();
            (PyTorchExport, Safetensors) export = Of(known);
            known.CheckUnchanged(version, "it began to be exported; export it again.");
            return export;
        }
        finally
        {
            known.Release();
        }
    }

    private static (PyTorchExport Export, Safetensors Content) Of(FittedModel known)
    {
        IReadOnlyList<string> problems = ExportRules.FindProblems(known);
        if (problems.Count > 0)
            throw new ArgumentException($"The model can't be a state dictionary of PyTorch. {string.Join(" ", problems)}", nameof(known));
        ModelSpec spec = known.Model.Spec;
        PyTorchOrigin origin = known.PyTorch ?? ExportNames.Of(spec);
        IReadOnlyList<string> embeddings = ExportNames.Embeddings(spec.Symbols, origin);
        var weights = new WeightExport(known.Model, origin, embeddings);
        origin = weights.Run();
        IReadOnlyList<string> modules = Modules.Of(spec, origin, embeddings),
            warnings = [.. weights.Warnings, .. ExportNotes.Of(known, embeddings)];
        return (new PyTorchExport(weights.Described, modules, warnings),
            new Safetensors(weights.Tensors, ExportMetadata.Of(known, modules)));
    }
}
