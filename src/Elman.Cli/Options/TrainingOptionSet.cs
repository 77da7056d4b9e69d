using System.CommandLine;
using System.Text;

namespace Elman.Cli.Options;

/// <summary>The training options of the command line: names, help, defaults and ranges come from the definitions of the library.</summary>
internal sealed class TrainingOptionSet
{
    private static readonly TrainingOptions _defaults = TrainingOptions.Auto;

    private static readonly CellOptions _auto = _defaults.Cell;

    /// <summary>The properties for drawing new weights; the options of the automatic choice set which models are tried.</summary>
    private static readonly string[] _ofNewModels = [nameof(TrainingOptions.Init)];

    private readonly Option<CellOptions> _cell = TextOption.Create("--cell", "NAME",
        $"Recurrent cell: {OptionText.Listing([.. CellOptions.All.Select(cell => cell.Name)])}; {_auto} tries several models and chooses "
            + $"by the training data. Default: {_auto}.",
        (_, text) => CellOptions.FromString(text), [_auto.ToString(), .. CellOptions.All.Select(cell => cell.Name)]);

    private readonly Option<DataChoice> _validation;
    private readonly Setting<CellOptions>[] _ofCells;
    private readonly Setting<TrainingOptions>[] _ofTraining;

    public TrainingOptionSet()
    {
        _ofCells = [.. CellOptions.All.Prepend(_auto).SelectMany(cell => cell.Options.Select(option => (Cell: cell, Option: option)))
            .GroupBy(pair => pair.Option.Name).Select(OfCells)];
        _ofTraining = [.. TrainingOptions.Definitions.Where(option => option.Name != nameof(TrainingOptions.Validation))
            .Select(option => new Setting<TrainingOptions>(option, _defaults, Capital(option.Help)))];
        OptionDefinition<TrainingOptions> validation = TrainingOptions.Definitions.First(o => o.Name == nameof(TrainingOptions.Validation));
        _validation = TextOption.Create("--validation", "X|DATA", $"{Capital(validation.Help)}. Default: {validation.DefaultText}.",
            DataChoice.Parse);
    }

    /// <summary>All options, in the order of the help text.</summary>
    public IEnumerable<Option> Options
    {
        get
        {
            int ofAuto = _auto.Options.Count;
            return _ofCells.Take(ofAuto).Select(setting => setting.Option).Prepend(_cell)
                .Concat(_ofTraining.TakeWhile(setting => setting.Definition.Name != nameof(TrainingOptions.Ridge)).Select(s => s.Option))
                .Concat(_ofCells.Skip(ofAuto).Select(setting => setting.Option))
                .Concat(_ofTraining.SkipWhile(setting => setting.Definition.Name != nameof(TrainingOptions.Ridge)).Select(s => s.Option))
                .Append(_validation);
        }
    }

    /// <summary>The option for the number of threads, which does not change the result.</summary>
    public Option Threads => _ofTraining.First(setting => setting.Definition.Name == nameof(TrainingOptions.Threads)).Option;

    /// <summary>Returns the chosen options.</summary>
    /// <param name="words">The parsed command line.</param>
    /// <param name="start">The options of the model that training starts from, whose shape is used; <see langword="null"/> if there is
    /// none.</param>
    /// <exception cref="CommandException">Values are out of their ranges, or contradict the model; the message names all of
    /// them.</exception>
    public TrainingOptions Bind(ParseResult words, TrainingOptions? start = null)
    {
        var problems = new List<string>();
        TrainingOptions options = _ofTraining.Aggregate(start ?? _defaults, (o, setting) => setting.Apply(words, o));
        if (words.Has(_validation))
            options = options with { Validation = words.GetValue(_validation)!.Share };
        Setting<CellOptions>[] given = [.. _ofCells.Where(setting => words.Has(setting.Option))];
        CellOptions cell = words.Has(_cell) ? words.GetValue(_cell)! : options.Cell;
        if (start is not null && cell is AutoOptions)
            cell = start.Cell;
        options = options with { Cell = WithOptions(cell, given, words, problems) };
        if (options.Cell is AutoOptions choice)
            options = options with { Cell = choice with { Fixed = [.. DefaultsOf(options)] } };
        if (start is not null)
        {
            problems.AddRange(options.FindShapeDifferences(start));
            problems.AddRange(given.Where(setting => !setting.Definition.ShapesModel).Select(setting => setting.Definition.Name)
                .Concat(_ofNewModels.Where(IsGiven))
                .Select(property => $"{property} is for a new model, but training starts from one; leave it out."));
        }
        if (problems.Count == 0)
            problems.AddRange(options.FindProblems());
        if (IsGiven(nameof(TrainingOptions.Momentum)) && options.Optimizer is OptimizerKind.Adam or OptimizerKind.AdamW)
            problems.Add($"Momentum is for sgd and nesterov; {OptionText.Of(options.Optimizer)} does without.");
        if (IsGiven(nameof(TrainingOptions.WeightDecay)) && options.Optimizer != OptimizerKind.AdamW && problems.Count == 0)
            problems.Add($"WeightDecay is for adamw; {OptionText.Of(options.Optimizer)} does without.");
        if (IsGiven(nameof(TrainingOptions.Patience)) && !words.Has(_validation))
            problems.Add("Patience waits for a lower validation loss; give Validation, too, or leave it out.");
        return problems.Count == 0 ? options : throw new CommandException(string.Join(' ', problems.Select(Named)));

        // A default that is given explicitly must be used: candidates may not choose another value.
        IEnumerable<string> DefaultsOf(TrainingOptions options) => _ofTraining
            .Where(setting => words.Has(setting.Option) && setting.IsDefaultIn(options)).Select(setting => setting.Definition.Name);

        bool IsGiven(string property) => words.Has(_ofTraining.First(setting => setting.Definition.Name == property).Option);
    }

    /// <summary>Returns the file with validation data, if one was named.</summary>
    public string? ValidationData(ParseResult words) => words.Has(_validation) ? words.GetValue(_validation)!.Data : null;

    /// <summary>Runs a command, and replaces property names by option names in errors of the library.</summary>
    /// <exception cref="CommandException">The library reported an error.</exception>
    public int Naming(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (ArgumentException e)
        {
            throw new CommandException(Named(Failure.WithoutParameter(e)));
        }
    }

    /// <summary>Returns a sentence of the library with property names replaced by option names.</summary>
    public string Named(string sentence)
    {
        string[] names = [.. _ofTraining.Select(setting => setting.Definition.Name), .. _ofCells.Select(s => s.Definition.Name),
            nameof(TrainingOptions.Validation), nameof(TrainingOptions.Cell)];
        var renamed = new StringBuilder();
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i <= sentence.Length; i++)
        {
            if (i < sentence.Length && char.IsLetter(sentence[i]))
                continue;
            string word = sentence[start..i];
            renamed.Append(!isQuoted && names.Contains(word) ? $"--{OptionText.Kebab(word)}" : word);
            if (i < sentence.Length)
                renamed.Append(sentence[i]);
            // Quotes enclose names from the data, which stay unchanged. An apostrophe directly follows a letter.
            if (i < sentence.Length && sentence[i] == '\'')
                isQuoted = isQuoted ? i + 1 < sentence.Length && char.IsLetterOrDigit(sentence[i + 1]) : word.Length == 0;
            start = i + 1;
        }
        return renamed.ToString();
    }

    /// <summary>
    /// Returns a cell with the given options. If the cell is chosen automatically, only cells that have all of these options are tried.
    /// </summary>
    private static CellOptions WithOptions(CellOptions cell, Setting<CellOptions>[] given, ParseResult words, List<string> problems)
    {
        Setting<CellOptions>[] own = [.. given.Where(setting => cell.FindOption(setting.Definition.Name) is not null)];
        Setting<CellOptions>[] others = [.. given.Except(own)];
        cell = own.Aggregate(cell, (c, setting) => setting.Apply(words, c));
        if (others.Length == 0)
            return cell;
        if (cell is not AutoOptions choice)
        {
            problems.AddRange(others.Select(setting => $"{setting.Definition.Name} is for {setting.Cells}; {cell} does not take it."));
            return cell;
        }
        CellOptions[] takers = [.. CellOptions.All
            .Where(one => others.All(setting => one.FindOption(setting.Definition.Name) is not null))
            .Select(one => others.Aggregate(one, (c, setting) => setting.Apply(words, c)))];
        // The given default would select the candidates, but it would not be enforced on them.
        problems.AddRange(others.Where(setting => takers.Length > 0 && takers.All(setting.IsDefaultIn)).Select(setting =>
            $"{setting.Definition.Name} is given its default, which the automatic choice does not force on models; leave it out, or choose "
                + "a Cell."));
        if (takers.Length == 0)
            problems.Add($"No cell takes {string.Join(" and ", others.Select(setting => setting.Definition.Name))} together; "
                + "leave some out.");
        return choice with { Cells = takers };
    }

    /// <summary>Creates the option of one or more cells.</summary>
    private static Setting<CellOptions> OfCells(IEnumerable<(CellOptions Cell, OptionDefinition<CellOptions> Option)> same)
    {
        string cells = OptionText.Listing([.. same.Select(pair => pair.Cell.Name)]);
        (CellOptions cell, OptionDefinition<CellOptions> option) = same.First();
        return cell is AutoOptions
            ? new(option, cell, $"With --cell {cells}: {option.Help}") { Cells = $"--cell {cells}" }
            : new(option, cell, $"For {cells}: {option.Help}") { Cells = cells };
    }

    private static string Capital(string phrase) => char.ToUpperInvariant(phrase[0]) + phrase[1..];

    /// <summary>An option and the property that it sets.</summary>
    private sealed class Setting<TOwner>
        where TOwner : class
    {
        private readonly Option<string>? _text;
        private readonly Option<bool>? _flag;

        /// <param name="definition">The definition.</param>
        /// <param name="defaults">A record with the default value of the option.</param>
        /// <param name="help">The help text, without the default.</param>
        public Setting(OptionDefinition<TOwner> definition, TOwner defaults, string help)
        {
            Definition = definition;
            string name = $"--{OptionText.Kebab(definition.Name)}";
            if (definition.ValueName is null)
                _flag = new Option<bool>(name) { Description = $"{help}." };
            else
                _text = TextOption.Create(name, definition.ValueName, $"{help}. Default: {definition.DefaultText}.", (label, text) =>
                {
                    definition.Parse(defaults, label, text);
                    return text;
                }, definition.Choices);
        }

        public OptionDefinition<TOwner> Definition { get; }

        /// <summary>The cells that have the option.</summary>
        public string Cells { get; init; } = "";

        public Option Option => _flag ?? (Option)_text!;

        public TOwner Apply(ParseResult words, TOwner options) => !words.Has(Option) ? options
            : OwnOf(options).Parse(options, Option.Name,
                _flag is null ? words.GetValue(_text!)! : words.GetValue(_flag) ? "true" : "false");

        public bool IsDefaultIn(TOwner options) => OwnOf(options).IsDefault(options);

        /// <summary>Returns the definition for a record: each cell has a separate one.</summary>
        private OptionDefinition<TOwner> OwnOf(TOwner options) =>
            options is CellOptions cell ? (OptionDefinition<TOwner>)(object)cell.FindOption(Definition.Name)! : Definition;
    }
}
