using System.Text.Json;
using Elman.Keras.Configuration;
using Elman.Models;

namespace Elman.Keras.Import;

/// <summary>What the outputs of a model mean.</summary>
/// <param name="Task">The task.</param>
/// <param name="IsBinary">Whether the only output is the score of the second of two classes.</param>
internal readonly record struct OutputReading(ModelTask Task, bool IsBinary)
{
    /// <summary>Determines the meaning: by the activation of the output layer and, if it has none, by the loss.</summary>
    /// <param name="root">The root of <c>config.json</c>.</param>
    /// <param name="output">The output layer.</param>
    /// <param name="readsSteps">Whether it reads every step.</param>
    /// <param name="chosen">What the caller says about an output layer without an activation.</param>
    /// <param name="notes">Receives what the user should know.</param>
    /// <exception cref="ModelFileException">Elman has no such outputs.</exception>
    public static OutputReading Of(JsonElement root, OutputPlan output, bool readsSteps, KerasOutput chosen, NoteList notes)
    {
        string meaning = output.Activation == "linear" ? OfLinear(root, output, chosen, notes) : output.Activation;
        if (meaning == "softmax" && output.Units == 1)
            throw output.Layer.Error("has a softmax of one unit, which is always 1", "Train the model with sigmoid, or with two units.");
        bool isBinary = meaning == "sigmoid" && output.Units == 1;
        if (isBinary)
            notes.Add("The only output of the model is the probability of one class; it became the second of two classes.");
        return (meaning, readsSteps) switch
        {
            ("softmax", false) => new(ModelTask.Classify, false),
            ("softmax", true) => new(ModelTask.Tag, false),
            ("sigmoid", _) when isBinary => new(readsSteps ? ModelTask.Tag : ModelTask.Classify, true),
            ("sigmoid", false) => new(ModelTask.ClassifyMany, false),
            ("linear", false) => new(ModelTask.Regress, false),
            ("sigmoid", true) => throw output.Layer.Error("has several independent classes at every step",
                "Elman has one class of each step (softmax), or several of a sequence; train the model so."),
            ("linear", true) => throw output.Layer.Error("has numbers as outputs of every step",
                "Elman has numbers for a sequence, or classes of steps; train the model so."),
            _ => throw output.Layer.Error($"has the activation {Quoted(meaning)}, which Elman does not have in an output layer",
                "Train the model with softmax, sigmoid or none."),
        };
    }

    private static string OfLinear(JsonElement root, OutputPlan output, KerasOutput chosen, NoteList notes)
    {
        JsonElement? loss = root.Find("compile_config")?.Find("loss");
        string? name = loss?.FindText("class_name");
        bool hasLogits = loss?.Find("config")?.IsTrue("from_logits") == true;
        string ofLoss = hasLogits && name == "BinaryCrossentropy" ? "sigmoid"
            : hasLogits && name is "SparseCategoricalCrossentropy" or "CategoricalCrossentropy" ? "softmax" : "linear";
        string meaning = chosen switch
        {
            KerasOutput.Numbers => "linear",
            KerasOutput.Classes => ofLoss == "linear" ? output.Units == 1 ? "sigmoid" : "softmax" : ofLoss,
            _ => ofLoss,
        };
        if (meaning != "linear")
            notes.Add($"{output.Layer.Label} has no activation; its outputs were taken as scores of classes, for {meaning}"
                + (chosen == KerasOutput.Classes ? "." : $", since the model was trained with {name}(from_logits=True)."));
        else if (chosen == KerasOutput.Auto)
            notes.Add($"{output.Layer.Label} has no activation; its outputs were taken as numbers. If they are scores of classes, say so "
                + "with KerasOutput.Classes.");
        return meaning;
    }
}
