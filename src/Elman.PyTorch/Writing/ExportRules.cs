using Elman.Fitted;
using Elman.Models;
using Elman.Readouts;

namespace Elman.PyTorch.Writing;

/// <summary>The parts of a model for which PyTorch has no module.</summary>
internal static class ExportRules
{
    /// <summary>Returns what stands against an export, one sentence each.</summary>
    public static IReadOnlyList<string> FindProblems(FittedModel known)
    {
        if (known.Members.Length > 1)
            return [$"The model is an average of {known.Members.Length} models, and a state dictionary is of one; train one with the Cell "
                + "of a member."];
        ModelSpec spec = known.Model.Spec;
        var problems = new List<string>();
        problems.AddRange(spec.Cell switch
        {
            RnnOptions rnn => OfRnn(rnn),
            GruOptions gru => OfGru(gru),
            LstmOptions lstm => OfLstm(lstm),
            _ => [$"Its cell is {spec.Cell.Name}; PyTorch has modules for rnn, gru and lstm."],
        });
        if (spec.Bidirectional && spec.Merge != DirectionMerge.Concatenate)
            problems.Add($"Its directions are merged by {spec.Merge}; PyTorch concatenates them.");
        if (spec.Residual)
            problems.Add("Its layers have residual connections, which nn.RNN, nn.GRU and nn.LSTM don't have.");
        if (spec.Zoneout != 0)
            problems.Add("It has zoneout, which PyTorch doesn't have.");
        if (!spec.ReadsEveryStep && spec.Readout.Kind is not (ReadoutKind.Last or ReadoutKind.Mean or ReadoutKind.Max))
            problems.Add($"Its readout is {spec.Readout}, which has weights or thresholds of its own; last, mean and max can be exported.");
        if (!spec.Stages.IsNone)
            problems.Add("It has preprocessing stages (differences, n-grams, patches or a scale of each sequence), which add or replace "
                + "inputs.");
        if (spec.Missing == MissingValues.Indicate)
            problems.Add("It takes missing values as inputs (indicate).");
        if (known.Origin.Covariates.Count > 0)
            problems.Add("It forecasts from channels that it does not forecast (known ahead, or a calendar), which a program has to "
                + "make.");
        return problems;
    }

    private static IEnumerable<string> OfRnn(RnnOptions rnn)
    {
        if (rnn.Activation.Name != Activation.Tanh.Name && rnn.Activation.Name != Activation.Relu.Name)
            yield return $"Its activation is {rnn.Activation.Name}; nn.RNN has tanh and relu.";
        if (rnn.LayerNorm)
            yield return WithLayerNorm("nn.RNN");
    }

    private static IEnumerable<string> OfGru(GruOptions gru)
    {
        if (gru.GruReset != GruReset.After)
            yield return "Its reset gate is before the matrix product (GruReset before); that of nn.GRU is after it.";
        if (!gru.HasPlainGates)
            yield return WithOtherGates("nn.GRU");
        if (gru.LayerNorm)
            yield return WithLayerNorm("nn.GRU");
    }

    private static IEnumerable<string> OfLstm(LstmOptions lstm)
    {
        if (lstm.Peepholes)
            yield return "It has peepholes, which nn.LSTM doesn't have.";
        if (lstm.CoupledGates)
            yield return "Its input and forget gates are coupled; those of nn.LSTM are not.";
        if (!double.IsPositiveInfinity(lstm.GateClip))
            yield return "It has a limit of gates (GateClip), which nn.LSTM doesn't have.";
        if (!lstm.HasPlainGates)
            yield return WithOtherGates("nn.LSTM");
        if (lstm.LayerNorm)
            yield return WithLayerNorm("nn.LSTM");
    }

    private static string WithLayerNorm(string module) => $"It has layer normalisation in its gates, which {module} doesn't have.";

    private static string WithOtherGates(string module) => $"Its gates have other activations than those of {module}.";
}
