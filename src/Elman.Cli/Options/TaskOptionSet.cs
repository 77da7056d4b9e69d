using System.CommandLine;
using Elman.Cli.Input;
using Elman.Cli.Tasks;
using Elman.Data;

namespace Elman.Cli.Options;

/// <summary>The options that set the task.</summary>
internal sealed class TaskOptionSet
{
    private readonly Option<TaskKind> _task = TextOption.Create("--task", "TASK",
        $"What to learn: classify, a class for each sequence; tag, a class for each step; regress, numbers for each sequence; forecast, "
            + $"the next steps. Default: what the built-in data are for, else {OptionText.Of(TaskKind.Classify)}.",
                OptionText.Value<TaskKind>, OptionText.All<TaskKind>());
    private readonly Option<bool> _multiLabel = new("--multi-label")
    { Description = "With --task classify: any number of classes may apply to a sequence; its label lists them, separated by |." };

    /// <summary>Both options, in the order of the help text.</summary>
    public IEnumerable<Option> Options => [_task, _multiLabel];

    /// <summary>
    /// Returns the task, and whether several classes may apply: the chosen task, else that of the model that training starts from, else
    /// that of built-in data.
    /// </summary>
    /// <exception cref="CommandException">The task does not match the data or the model.</exception>
    public (TaskKind Task, bool AreMany) Bind(ParseResult words, string dataName, TaskRun? start = null)
    {
        TaskKind own = !DataSource.IsBuiltIn(dataName) ? TaskKind.Classify : DataSource.LabelsOf(dataName) switch
        {
            LabelKind.Steps => TaskKind.Tag,
            LabelKind.Numbers => TaskKind.Regress,
            LabelKind.None => TaskKind.Forecast,
            _ => TaskKind.Classify,
        };
        TaskKind task = words.Has(_task) ? words.GetValue(_task) : start?.Kind ?? own;
        bool areMany = words.Has(_multiLabel) ? words.GetValue(_multiLabel) : start?.Labels == LabelKind.Classes;
        if (start is not null && start.Kind != task)
            throw new CommandException(
                $"--task is {OptionText.Of(task)}, but the model of --from was trained with --task {OptionText.Of(start.Kind)}; "
                + "leave --task out.");
        if (start is not null && areMany != (start.Labels == LabelKind.Classes))
            throw new CommandException($"The model of --from was trained {(areMany ? "without" : "with")} --multi-label; use the same "
                + "setting.");
        if (areMany && task != TaskKind.Classify)
            throw new CommandException($"--multi-label is for --task {OptionText.Of(TaskKind.Classify)}, not for {OptionText.Of(task)}; "
                + "leave it out.");
        if (DataSource.IsBuiltIn(dataName) && task != own && task != TaskKind.Forecast)
            throw new CommandException($"{dataName} is for --task {OptionText.Of(own)}, not for {OptionText.Of(task)}; leave --task out.");
        return (task, areMany);
    }

    /// <summary>Returns the kind of labels for the chosen task.</summary>
    public LabelKind Labels(ParseResult words, string dataName) => Bind(words, dataName) switch
    {
        (TaskKind.Tag, _) => LabelKind.Steps,
        (TaskKind.Regress, _) => LabelKind.Numbers,
        (TaskKind.Forecast, _) => LabelKind.None,
        (_, true) => LabelKind.Classes,
        _ => LabelKind.Class,
    };
}
