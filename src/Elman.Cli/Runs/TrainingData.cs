using Elman.Cli.Input;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;
using Elman.Data;

namespace Elman.Cli.Runs;

/// <summary>Reads the data of a training, checks that they fit together, and warns about what may be wrong with them.</summary>
/// <param name="terminal">Receives the warnings.</param>
/// <param name="source">Reads the training data.</param>
/// <param name="task">The model to train.</param>
/// <param name="start">The model that training starts from, or <see langword="null"/>.</param>
internal sealed class TrainingData(Terminal terminal, DataSource source, TaskRun task, TaskRun? start)
{
    /// <summary>Returns the classes of data that a model does not know; <see langword="null"/> if it knows all.</summary>
    private static string[]? OtherClasses(TaskRun start, SequenceDataset data)
    {
        IEnumerable<string> classes = start.Labels switch
        {
            LabelKind.Class or LabelKind.Steps => data.ClassLabels,
            LabelKind.Classes => data.TargetNames,
            _ => [],
        };
        string[] other = [.. classes.Except(start.Names, StringComparer.Ordinal)];
        return other.Length > 0 ? other : null;
    }

    /// <summary>Reads the data.</summary>
    /// <param name="dataName">The training data.</param>
    /// <param name="validationName">The validation data, or <see langword="null"/>.</param>
    /// <param name="testName">The test data, or <see langword="null"/>.</param>
    /// <param name="startName">The path of the model that training starts from.</param>
    /// <exception cref="CommandException">The data are not suitable, or do not fit together.</exception>
    public (SequenceDataset Data, SequenceDataset? Validation, SequenceDataset? Test) Read(
        string dataName, string? validationName, string? testName, string? startName)
    {
        if (validationName is not null && DataSource.HasTestPart(validationName))
            throw new CommandException($"--validation is '{validationName}', but "
                + $"{(ArchiveData.IsNamed(validationName) ? "such" : "built-in")} data have no validation part; hold out a share of the "
                + "training data, such as --validation 0.2.");
        SequenceDataset data = (start is null ? source : source.LikeThoseOf(start.Estimator)).ReadTrain(dataName);
        DataSource next = source.Like(data);
        SequenceDataset? validation = validationName is null ? null : next.ReadTrain(validationName);
        SequenceDataset? test = testName is null ? null : next.ReadTest(testName);
        SequenceDataset known = start is null ? data : start.Outline(Path.GetFileName(startName!));
        if (start is not null && OtherClasses(start, data) is { } classes)
        {
            Suitability.CheckChannels(data, known);
            task.CheckTraining(data);
            terminal.Say($"{data.Name} has classes that {known.Name} does not know ({ManyClasses.List(classes)}); the output layer is "
                + "trained anew, for the classes of the data.");
            known = data;
        }
        else if (start is null)
        {
            task.CheckTraining(data);
        }
        else
        {
            start.CheckTest(data, known);
        }
        foreach (SequenceDataset? part in (SequenceDataset?[])[data, validation, test])
            if (part is not null && task.Estimator.Options.Forecast.Known.Count == 0)
                Suitability.CheckMissing(part, task.Estimator.Options.Inputs.Missing, isTrained: false);
        if (validation is not null)
            task.CheckTest(validation, known);
        if (test is not null)
            task.CheckTest(test, known);
        foreach (SequenceDataset? part in (SequenceDataset?[])[validation, test])
        {
            if (part is not null && start is not null)
                Suitability.CheckSymbols(part, start.Estimator, known.Name);
            else if (part is not null)
                Suitability.CheckSymbols(part, data, task.Estimator.Options.Inputs.Embed);
        }
        bool isForecast = task.Kind == TaskKind.Forecast;
        IEnumerable<string> doubts = Doubts.About(data);
        if (isForecast)
            doubts = doubts.Concat(TimeDoubts.About(data));
        foreach (SequenceDataset? part in (SequenceDataset?[])[validation, test])
            doubts = part is null ? doubts : doubts.Concat(Doubts.About(part, data));
        // Test data may continue where the validation data end.
        SequenceDataset earlier = isForecast && validation is not null && validation.ChannelNames.SequenceEqual(data.ChannelNames)
            ? validation.Following(data)
            : data;
        if (isForecast && validation is not null)
            doubts = doubts.Concat(TimeDoubts.About(validation, data));
        if (isForecast && test is not null)
            doubts = doubts.Concat(TimeDoubts.About(test, earlier));
        foreach (string doubt in doubts)
            terminal.Warn(doubt);
        if (isForecast && start is not null)
            TimeDoubts.Warn(terminal, start.Estimator, data);
        if (test is not null && isForecast && test.ChannelNames.SequenceEqual(data.ChannelNames))
            test = test.Following(earlier);
        return (data, validation, test);
    }
}
