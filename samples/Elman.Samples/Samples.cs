namespace Elman.Samples;

/// <summary>Examples of using and extending the library through its public interface. Each sample is a file that can be copied.</summary>
public static class Samples
{
    /// <summary>Runs all samples.</summary>
    /// <param name="output">Receives the printed text, which is the same on every machine.</param>
    public static void Run(TextWriter output)
    {
        OwnLoss.Run(output);
        OwnCell.Run(output);
        OwnReadout.Run(output);
        WeightsByName.Run(output);
        EarlyEnd.Run(output);
        LoggedTraining.Run(output);
        TrainingLoop.Run(output);
        ServedModel.Run(output);
    }
}
