using System.Text.Json;
using Elman.Options;

namespace Elman;

/// <summary>
/// The definition of an option of a record: its name, default, range and help. Validation, the tool, model files and reports all use it.
/// </summary>
/// <typeparam name="TOwner">The record, or the base class of the records that may have the option.</typeparam>
public abstract class OptionDefinition<TOwner>
    where TOwner : class
{
    private protected OptionDefinition(string name, string? valueName, string help) => (Name, ValueName, Help) = (name, valueName, help);

    /// <summary>The name of the property.</summary>
    public string Name { get; }

    /// <summary>The name of its value in help texts, such as <c>N</c>; <see langword="null"/> for a Boolean option.</summary>
    public string? ValueName { get; }

    /// <summary>The words that its value may be, such as <c>adam</c> and <c>sgd</c>, for completion; empty if there is no short
    /// list.</summary>
    public abstract IReadOnlyList<string> Choices { get; }

    /// <summary>The description for the tool's help: a phrase that begins in lower case, without a full stop.</summary>
    public string Help { get; }

    /// <summary>The default for help texts: in the form of <see cref="Parse"/>, or in words if it depends on other options.</summary>
    public abstract string DefaultText { get; }

    /// <summary>
    /// Whether the option determines the shape of a model, so that model files store it. Other options affect initial weights or training.
    /// </summary>
    public bool ShapesModel => Roles.HasFlag(OptionRoles.Shape);

    /// <summary>The roles of the option.</summary>
    internal OptionRoles Roles { get; private protected init; }

    /// <summary>
    /// Whether a model file has it even at its default. Other options are written only if they are not at their default, as in files that
    /// are older than the option.
    /// </summary>
    internal bool IsAlwaysWritten { get; private protected init; }

    /// <summary>The name of its field in model files: <c>CoupledGates</c> becomes <c>coupledGates</c>.</summary>
    internal string FieldName => JsonNamingPolicy.CamelCase.ConvertName(Name);

    /// <summary>Whether the option is at its default in a record.</summary>
    /// <param name="options">A record that has the option.</param>
    public abstract bool IsDefault(TOwner options);

    /// <summary>Returns the value in the form of <see cref="Parse"/>.</summary>
    /// <param name="options">A record that has the option.</param>
    public abstract string TextOf(TOwner options);

    /// <summary>Returns the options with a value from text.</summary>
    /// <param name="options">A record that has the option.</param>
    /// <param name="label">The name of the option in messages, such as <c>--leak-rate</c>.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a valid value; the message says what is allowed.</exception>
    public abstract TOwner Parse(TOwner options, string label, string text);

    /// <summary>Returns a short description of the value for reports, or <see langword="null"/> if it is not reported.</summary>
    /// <param name="options">A record that has the option.</param>
    public abstract string? Describe(TOwner options);

    /// <summary>Writes the value as a field, as in model files.</summary>
    /// <param name="json">The writer, inside an object.</param>
    /// <param name="options">A record that has the option.</param>
    public abstract void WriteJson(Utf8JsonWriter json, TOwner options);

    /// <summary>Returns the options with the value of a field.</summary>
    /// <exception cref="FormatException">The field has no valid value; the message says what is allowed.</exception>
    internal abstract TOwner ReadJson(JsonElement field, TOwner options);

    /// <summary>Returns the problem of the value as a sentence, or <see langword="null"/>.</summary>
    internal abstract string? FindProblem(TOwner options);

    /// <summary>Returns the value.</summary>
    internal abstract object? ValueOf(TOwner options);

    /// <summary>Returns the options with a value from <see cref="ValueOf"/>.</summary>
    internal abstract TOwner With(TOwner options, object? value);
}
