
namespace Elman.Tests.Cells;

public class CellOptionsTests
{
    public static TheoryData<string> Cells => [.. CellOptions.All.Append(new AutoOptions()).Select(cell => cell.Name)];

    public static TheoryData<string, string> Options =>
        [.. CellOptions.All.Append(new AutoOptions()).SelectMany(cell => cell.Options.Select(option => (cell.Name, option.Name)))];

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_is_found_by_its_name_in_any_case(string cell)
    {
        Assert.Equal(cell, CellOptions.FromString(cell).Name);
        Assert.Equal(cell, CellOptions.FromString(cell.ToUpperInvariant()).Name);
        Assert.Equal(cell, cell.ToLowerInvariant());
        Assert.Equal(cell, new TrainingOptions { Cell = cell }.Cell.ToString());
        Assert.Single(CellOptions.All.Append(new AutoOptions()), other => other.Name == cell);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" rnn")]
    [InlineData("rnn2")]
    public void An_unknown_name_is_a_problem_of_the_options_with_the_names_there_are(string name)
    {
        string problem = Assert.Single(new TrainingOptions { Cell = name }.FindProblems());
        Assert.StartsWith($"Cell '{name}' is not known; it may be rnn, gru, lstm,", problem, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_defaults_of_a_cell_have_no_problem(string cell)
    {
        CellOptions options = cell;
        Assert.Empty(options.FindProblems());
        Assert.All(options.Options, option => Assert.True(option.IsDefault(options), option.Name));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_is_a_property_of_its_cell_with_the_default_that_help_names(string cell, string option)
    {
        CellOptions options = cell;
        OptionDefinition<CellOptions> definition = options.FindOption(option)!;
        Assert.Equal(options.GetType().GetProperty(option)!.GetValue(options), definition.ValueOf(options));
        Assert.True(definition.IsDefault(definition.Parse(options, "", definition.DefaultText)));
        Assert.Equal(definition.DefaultText, definition.TextOf(options));
        Assert.False(definition.Help.EndsWith('.'));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_that_several_cells_have_means_the_same_in_each(string cell, string option)
    {
        OptionDefinition<CellOptions> definition = CellOptions.FromString(cell).FindOption(option)!;
        Assert.All(CellOptions.All.Select(other => other.FindOption(option)).OfType<OptionDefinition<CellOptions>>(), other => Assert.Equal(
            (definition.Help, definition.DefaultText, definition.ValueName, definition.ShapesModel, definition.FieldName),
            (other.Help, other.DefaultText, other.ValueName, other.ShapesModel, other.FieldName)));
    }

    [Fact]
    public void A_text_reaches_its_property()
    {
        CellOptions lstm = "lstm";
        Assert.Equal(new LstmOptions { GateClip = 2.5 }, lstm.FindOption("GateClip")!.Parse(lstm, "--gate-clip", "2.5"));
        Assert.Equal(new LstmOptions { Peepholes = true }, lstm.FindOption("Peepholes")!.Parse(lstm, "--peepholes", "true"));
        Assert.Equal(new GruOptions { GruReset = GruReset.Before },
            CellOptions.FromString("gru").FindOption("GruReset")!.Parse("gru", "--gru-reset", "before"));
    }

    [Theory]
    [InlineData("lstm", "GateClip", "x", "--it is 'x'; it must be a number, such as 0.5, or none.")]
    [InlineData("lstm", "Projection", "2.5", "--it is '2.5'; it must be a whole number.")]
    [InlineData("lstm", "Peepholes", "yes", "--it is 'yes'; it must be true or false.")]
    [InlineData("gru", "GruReset", "never", "--it is 'never'; it must be after or before.")]
    [InlineData("rnn", "Activation", "tan", "--it: ")]
    [InlineData("auto", "Budget", "5", "--it is '5'; it must be a time, such as 90s, 5min or 1h.")]
    [InlineData("auto", "Ensemble", "a:0", "--it: ")]
    public void A_text_that_is_no_value_is_refused_with_what_is_allowed(string cell, string option, string text, string message)
    {
        CellOptions options = cell;
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => options.FindOption(option)!.Parse(options, "--it", text)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(1)]
    [InlineData(double.MaxValue)]
    [InlineData(double.PositiveInfinity)]
    public void A_gate_clip_above_0_is_allowed(double clip) => Assert.Empty(new LstmOptions { GateClip = clip }.FindProblems());

    [Theory]
    [InlineData(0, "GateClip is 0;")]
    [InlineData(-0.0, "GateClip is -0;")]
    [InlineData(-1.5, "GateClip is -1.5;")]
    [InlineData(double.NaN, "GateClip is NaN;")]
    [InlineData(double.NegativeInfinity, "GateClip is -Infinity;")]
    public void Any_other_gate_clip_is_named(double clip, string problem) =>
        Assert.StartsWith(problem, Assert.Single(new LstmOptions { GateClip = clip }.FindProblems()), StringComparison.Ordinal);

    [Fact]
    public void All_that_is_wrong_is_named_at_once() =>
        Assert.Equal(
            ["GateClip is 0; it must be above 0, or infinity for no limit.", "OutputActivation is missing.",
                "Projection is -1; it must be above 0, or 0 for none."],
            new LstmOptions { OutputActivation = null!, Projection = -1, GateClip = 0 }.FindProblems());

    [Fact]
    public void A_forced_option_reaches_the_candidates_of_its_cell_alone()
    {
        var auto = new AutoOptions { Cells = [new OscillatorOptions { LongestMemory = 0.5 }, new EsnOptions()] };
        Assert.Equal(new OscillatorOptions { Mix = true, LongestMemory = 0.5 }, auto.Force(new OscillatorOptions { Mix = true }));
        Assert.Equal(new EsnOptions { LeakRate = 1 }, auto.Force(new EsnOptions { LeakRate = 1 }));
        Assert.Null(auto.Force(new GruOptions()));
        Assert.Equal(new GruOptions(), new AutoOptions().Force(new GruOptions()));
    }

    [Fact]
    public void The_cells_of_the_automatic_choice_are_checked() =>
        Assert.Equal(
            ["LeakRate is 2; it must be a number above 0 and at most 1.", "Cells names esn more than once.",
                "Cells names auto, which is no cell."],
            new AutoOptions { Cells = [new EsnOptions { LeakRate = 2 }, "esn", "auto"] }.FindProblems());

    [Fact]
    public void Automatic_choices_are_equal_where_all_their_options_are()
    {
        var choice = new AutoOptions { Cells = [new LstmOptions { Peepholes = true }], Fixed = ["Dropout"] };
        AutoOptions same = choice with { Cells = [new LstmOptions { Peepholes = true }], Fixed = ["Dropout"] };
        Assert.Equal(choice, same);
        Assert.Equal(choice.GetHashCode(), same.GetHashCode());
        Assert.All(
            (AutoOptions[])[choice with { Fixed = [] }, choice with { Cells = ["lstm"] }, choice with { For = ModelUse.Streaming },
                choice with { Budget = TimeSpan.FromHours(1) }, choice with { Ensemble = EnsembleWeights.Parse("gru:1") }],
            other => Assert.NotEqual(choice, other));
    }
}
