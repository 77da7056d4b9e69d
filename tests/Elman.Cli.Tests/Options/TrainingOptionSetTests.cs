using System.CommandLine;
using System.Reflection;
using Elman.Cli.Options;

namespace Elman.Cli.Tests.Options;

public class TrainingOptionSetTests
{
    private static readonly string[] _names =
    [
        "--cell", "--layers", "--merge", "--dropout", "--recurrent-dropout", "--zoneout", "--readout", "--activation",
        "--gate-activation", "--candidate-activation", "--output-activation", "--gru-reset", "--gate-clip", "--projection", "--forget-bias",
        "--leak-rate", "--spectral-radius", "--reservoir-density", "--input-scale", "--ridge", "--epochs", "--batch", "--optimizer",
        "--momentum", "--weight-decay", "--learning-rate", "--schedule", "--clip", "--truncate", "--init", "--loss", "--label-smoothing",
        "--class-weights", "--horizon", "--calendar", "--known", "--quantiles", "--validation", "--patience", "--standardize", "--missing",
        "--differences", "--patch", "--embed", "--ngrams", "--longest-memory", "--budget", "--for", "--ensemble", "--calibrate", "--seed",
        "--threads",
    ];

    private static readonly string[] _flags = ["--bidirectional", "--residual", "--peepholes", "--layer-norm", "--coupled-gates",
        "--gradient-checkpointing", "--scale-sequences", "--differences-alone", "--mix", "--endings"];

    [Fact]
    public void Every_property_of_the_record_is_an_option_and_help_lists_it()
    {
        IEnumerable<string> properties = CellOptions.All.Append(new AutoOptions()).Select(cell => cell.GetType())
            .Concat([typeof(TrainingOptions), typeof(ModelOptions), typeof(InputOptions), typeof(ForecastOptions)])
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(property => property.CanWrite && property.Name is not (nameof(AutoOptions.Cells) or nameof(AutoOptions.Fixed)
                or nameof(TrainingOptions.Model) or nameof(TrainingOptions.Inputs) or nameof(TrainingOptions.Forecast)))
            .Select(property => $"--{OptionText.Kebab(property.Name)}").Distinct();
        Assert.Equal(_names.Concat(_flags).Order(), properties.Order());

        string help = Tool.Run("train", "--help").Output;
        Assert.All(_names, name => Assert.Contains($"  {name} <", help, StringComparison.Ordinal));
        Assert.All(_flags, name => Assert.Matches($"  {name}   +[A-Z]", help));
    }

    [Fact]
    public void Nothing_given_is_every_default() => Assert.Equal(TrainingOptions.Auto, Bind());

    [Theory]
    [InlineData("Patience is 3, but Validation is 0.", "--patience is 3, but --validation is 0.")]
    [InlineData("Sequence 3 of 'Validation.csv' has the label 'Missing', which 'Seed' and the model's data don't have; set Missing.",
        "Sequence 3 of 'Validation.csv' has the label 'Missing', which 'Seed' and the model's data don't have; set --missing.")]
    [InlineData("It can't stream: train without Endings.", "It can't stream: train without --endings.")]
    public void Messages_name_options_but_leave_quoted_names_of_the_data(string sentence, string named) =>
        Assert.Equal(named, new TrainingOptionSet().Named(sentence));

    [Fact]
    public void A_default_that_is_given_is_fixed_for_the_automatic_choice()
    {
        TrainingOptions options = Bind("--differences", "0", "--bidirectional", "false", "--dropout", "0.1", "--layers", "96");
        Assert.Equal(["Layers", "Bidirectional", "Differences"], Assert.IsType<AutoOptions>(options.Cell).Fixed);
        Assert.Equal([96], options.Model.Layers!);
        Assert.Empty(Assert.IsType<AutoOptions>(Bind("--epochs", "3").Cell).Fixed);
    }

    [Fact]
    public void Every_option_reaches_its_property()
    {
        TrainingOptions options = Bind(
            "--cell", "rnn", "--layers", "7,7", "--activation", "leaky-relu(0.25)", "--epochs", "3", "--batch", "5", "--optimizer",
            "nesterov", "--momentum", "0.5", "--learning-rate", "1e-4", "--schedule", "constant", "--clip", "2.5", "--init", "glorot",
            "--validation", "0.25", "--dropout", "0.1", "--recurrent-dropout", "0.2", "--zoneout", "0.3", "--readout", "mean",
            "--bidirectional", "--merge", "sum", "--residual", "--loss", "focal(3)", "--label-smoothing", "0.125", "--class-weights",
            "b=2,a=0.5", "--horizon", "4", "--calendar", "hour,month", "--known", "price,holiday", "--quantiles", "0.05,0.95",
            "--patience", "0", "--standardize", "false", "--missing", "indicate", "--scale-sequences",
            "--differences", "2", "--differences-alone", "--patch", "6", "--ngrams", "3", "--endings", "--seed", "-9", "--threads", "1");
        Assert.Equal(
            new TrainingOptions
            {
                Cell = new RnnOptions { Activation = Activation.LeakyRelu(0.25) },
                Model = new()
                {
                    Layers = [7, 7],
                    Zoneout = 0.3,
                    Readout = Readout.Mean,
                    Bidirectional = true,
                    Merge = DirectionMerge.Sum,
                    Residual = true,
                },
                Dropout = 0.1,
                RecurrentDropout = 0.2,
                Loss = Loss.Focal(3),
                LabelSmoothing = 0.125,
                ClassWeights = ClassWeights.Of([new("a", 0.5), new("b", 2)]),
                Forecast = new()
                {
                    Horizon = 4,
                    Calendar = CalendarCycles.Hour | CalendarCycles.Month,
                    Known = ["price", "holiday"],
                    Quantiles = [0.05, 0.95],
                },
                Inputs = new()
                {
                    Missing = MissingValues.Indicate,
                    ScaleSequences = true,
                    Differences = 2,
                    DifferencesAlone = true,
                    Patch = 6,
                    Ngrams = 3,
                    Endings = true,
                    Standardize = false,
                },
                Epochs = 3,
                Batch = 5,
                Optimizer = OptimizerKind.Nesterov,
                Momentum = 0.5,
                LearningRate = 1e-4,
                Schedule = LearningRateSchedule.Constant,
                Clip = 2.5,
                Init = WeightInitialization.Glorot,
                Validation = 0.25,
                Patience = 0,
                Seed = -9,
                Threads = 1,
            },
            options);
    }

    [Fact]
    public void Every_option_of_a_cell_reaches_its_property()
    {
        Assert.Equal(new TrainingOptions { Cell = new GruOptions { GruReset = GruReset.Before } },
            Bind("--cell", "gru", "--gru-reset", "before"));
        Assert.Equal(
            new TrainingOptions { Cell = new LstmOptions { Peepholes = true, CoupledGates = true, GateClip = 2.5, ForgetBias = -1 } },
            Bind("--cell", "lstm", "--peepholes", "--coupled-gates", "--gate-clip", "2.5", "--forget-bias", "-1"));
        Assert.Equal(
            new TrainingOptions
            {
                Cell = new LstmOptions
                {
                    Projection = 5,
                    LayerNorm = true,
                    GateActivation = Activation.HardSigmoid(0.2, 0.4),
                    CandidateActivation = Activation.Relu,
                    OutputActivation = Activation.Softsign,
                },
            },
            Bind("--cell", "lstm", "--projection", "5", "--layer-norm", "--gate-activation", "hard-sigmoid(0.2, 0.4)",
                "--candidate-activation", "relu", "--output-activation", "softsign"));
        Assert.Equal(
            new TrainingOptions
            {
                Cell = new EsnOptions { LeakRate = 0.5, SpectralRadius = 1.25, ReservoirDensity = 0.75, InputScale = 2 },
                Ridge = 1e-6,
            },
            Bind("--cell", "esn", "--leak-rate", "0.5", "--spectral-radius", "1.25", "--reservoir-density", "0.75",
                "--input-scale", "2", "--ridge", "1e-6"));
        Assert.Equal(
            new TrainingOptions
            {
                Cell = new OscillatorOptions { Mix = true, LongestMemory = 0.5 },
                Model = new() { Readout = Readout.CountsFull },
            },
            Bind("--cell", "oscillator", "--readout", "counts-full", "--mix", "--longest-memory", "0.5"));
        Assert.Equal(new TrainingOptions { Cell = "gru", Optimizer = OptimizerKind.AdamW, WeightDecay = 0.5 },
            Bind("--cell", "gru", "--optimizer", "adamw", "--weight-decay", "0.5"));
        Assert.Equal(new TrainingOptions { Cell = new LstmOptions { Peepholes = true } },
            Bind("--peepholes", "true", "--coupled-gates", "false", "--gate-clip", "none", "--cell", "lstm"));
    }

    [Fact]
    public void Help_says_which_cell_an_option_is_for()
    {
        string help = Tool.Run(new ToolSurroundings { Width = 1000 }, "train", "--help").Output;
        string cells = OptionText.Listing([.. CellOptions.All.Select(cell => cell.Name)]);
        Assert.Contains($"Recurrent cell: {cells}; auto tries several models and chooses by the training data. Default: auto.", help,
            StringComparison.Ordinal);
        foreach (CellOptions cell in CellOptions.All)
            foreach (string name in cell.Options.Select(option => option.Name))
                Assert.Matches($@"  --{OptionText.Kebab(name)} .*  For ([a-z, ]* )?{cell}(,? [a-z, ]*)?: ", help);
        foreach (string name in new AutoOptions().Options.Select(option => option.Name))
            Assert.Matches($@"  --{OptionText.Kebab(name)} .*  With --cell auto: ", help);
    }

    [Theory]
    [InlineData("--peepholes is for lstm; rnn does not take it.", "--cell", "rnn", "--peepholes")]
    [InlineData("--peepholes is for lstm; gru does not take it.", "--cell", "gru", "--peepholes")]
    [InlineData("--coupled-gates is for lstm; gru does not take it.", "--cell", "gru", "--coupled-gates")]
    [InlineData("--gate-clip is for lstm; rnn does not take it.", "--cell", "rnn", "--gate-clip", "3")]
    [InlineData("--forget-bias is for lstm, ", "--cell", "gru", "--forget-bias", "2")]
    [InlineData("--gru-reset is for gru; lstm does not take it.", "--cell", "lstm", "--gru-reset", "before")]
    [InlineData("--activation is for rnn, indrnn or esn; lstm does not take it.", "--cell", "lstm", "--activation", "relu")]
    [InlineData("--layer-norm is for rnn, gru or lstm; lru does not take it.", "--cell", "lru", "--layer-norm")]
    [InlineData("--projection is -1; it must be above 0, or 0 for none.", "--cell", "lstm", "--projection", "-1")]
    [InlineData("--projection is 9000; it may be at most 8191 for lstm.", "--cell", "lstm", "--projection", "9000")]
    [InlineData("--gate-activation: Activation 'soft' is not known; it may be", "--cell", "lstm", "--gate-activation", "soft")]
    [InlineData("--layers is 9000; each may have 1 to 8191 units for lstm.", "--cell", "lstm", "--layers", "9000")]
    [InlineData("--gate-clip is 0; it must be above 0", "--cell", "lstm", "--gate-clip", "0")]
    [InlineData("--gate-clip is 'off'; it must be a number, such as 0.5, or none.", "--cell", "lstm", "--gate-clip", "off")]
    [InlineData("--forget-bias is NaN; it must be a finite number", "--cell", "lstm", "--forget-bias", "nan")]
    [InlineData("--forget-bias is 'much'; it must be a number, such as 0.5.", "--cell", "lstm", "--forget-bias", "much")]
    [InlineData("--gru-reset is 'During'; it must be after or before.", "--cell", "gru", "--gru-reset", "During")]
    [InlineData("--ridge is for esn, oscillator or delays; gru does not take it, unless its readout is one that counts.",
        "--cell", "gru", "--ridge", "2")]
    [InlineData("--leak-rate is for esn; rnn does not take it.", "--cell", "rnn", "--leak-rate", "1")]
    [InlineData("--ridge is 0; it must be a finite number above 0", "--cell", "esn", "--ridge", "0")]
    [InlineData("--epochs is for training by gradients; esn computes its output weights at once, so leave it at its default.",
        "--cell", "esn", "--epochs", "3")]
    [InlineData(
        "--readout is attention, which learns by gradients; esn learns its output layer alone, so choose last, mean, max or counts.",
        "--cell", "esn", "--readout", "attention")]
    [InlineData("--longest-memory is for oscillator; esn does not take it.", "--cell", "esn", "--longest-memory", "0.5")]
    [InlineData(
        "--zoneout would make the units of esn leak twice; leave it at 0 and choose --leak-rate.", "--cell", "esn", "--zoneout", "0.1")]
    [InlineData("did you mean --peepholes?", "--cell", "lstm", "--peephole")]
    [InlineData("--momentum is for sgd and nesterov; adam does without.", "--momentum", "0.5")]
    [InlineData("--momentum is for sgd and nesterov; adamw does without.", "--optimizer", "adamw", "--momentum", "0.5")]
    [InlineData("--weight-decay is for adamw; adam does without.", "--weight-decay", "0.01")]
    [InlineData("--weight-decay is for AdamW, but --optimizer is Sgd; leave it at its default, or choose AdamW.", "--optimizer",
        "sgd", "--weight-decay", "0.5")]
    [InlineData("--patience waits for a lower validation loss; give --validation, too, or leave it out.", "--patience", "3")]
    public void An_option_that_the_cell_does_not_take_is_refused_by_name(string expected, params string[] words) =>
        Assert.Contains(expected, Tool.Refuses(Tool.Run(["train", .. words])), StringComparison.Ordinal);

    [Theory]
    [InlineData("--loss is binary, which is not for classification with one class per sequence", "--loss", "binary")]
    [InlineData("--class-weights names the class 'norml'", "--class-weights", "norml=5")]
    [InlineData("--embed names channel 5", "--embed", "5:4")]
    public void What_does_not_go_with_the_data_is_refused_by_the_options_name(string expected, params string[] words)
    {
        ToolRun run = Tool.Run(["train", .. words]);
        Assert.Equal(2, run.Status);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_the_cell_does_not_take_is_named()
    {
        string line = Tool.Refuses(Tool.Run("train", "--cell", "gru", "--peepholes", "--coupled-gates", "--activation", "elu"));
        Assert.Equal("elman: --activation is for rnn, indrnn or esn; gru does not take it. --peepholes is for lstm; gru does not take it. "
            + "--coupled-gates is for lstm; gru does not take it.", line);
    }

    [Fact]
    public void Very_long_sequences_have_two_options_of_which_one_is_chosen()
    {
        Assert.Equal(TrainingOptions.Auto with { Truncate = 1000 }, Bind("--truncate", "1000"));
        Assert.Equal(TrainingOptions.Auto with { GradientCheckpointing = true }, Bind("--gradient-checkpointing"));
        Assert.Equal("elman: --truncate cuts gradients off and --gradient-checkpointing keeps them whole; choose one of the two.",
            Tool.Refuses(Tool.Run("train", "--truncate", "9", "--gradient-checkpointing")));
    }

    [Fact]
    public void Channels_of_symbols_are_listed_with_their_sizes()
    {
        Assert.Equal(TrainingOptions.Auto with { Inputs = new() { Embed = [new(1, 16), new(3, 8)] } }, Bind("--embed", "1:16,3:8"));
        Assert.Equal(TrainingOptions.Auto with { Inputs = new() { Embed = [new(null, 16)] } }, Bind("--embed", "16"));
        Assert.Equal(TrainingOptions.Auto.Inputs, Bind("--embed", "none").Inputs);
    }

    [Fact]
    public void Without_a_cell_its_options_are_for_the_models_of_the_automatic_choice_that_take_them()
    {
        Assert.Equal([new EsnOptions { LeakRate = 0.5 }], Assert.IsType<AutoOptions>(Bind("--leak-rate", "0.5").Cell).Cells);
        Assert.Equal([new RnnOptions { Activation = Activation.Relu }, new IndRnnOptions { Activation = Activation.Relu },
                new EsnOptions { Activation = Activation.Relu }],
            Assert.IsType<AutoOptions>(Bind("--activation", "relu", "--budget", "5s").Cell).Cells);
        Assert.Equal("elman: No cell takes --peepholes and --leak-rate together; leave some out.",
            Tool.Refuses(Tool.Run("train", "--peepholes", "--leak-rate", "0.5")));
    }

    [Theory]
    [InlineData("--mix", "false")]
    [InlineData("--forget-bias", "1")]
    [InlineData("--activation", "tanh")]
    public void A_default_of_a_cell_that_is_given_without_a_cell_is_refused_instead_of_narrowing_the_choice(string option, string value) =>
        Assert.Equal($"elman: {option} is given its default, which the automatic choice does not force on models; leave it out, or "
            + "choose a --cell.", Tool.Refuses(Tool.Run("train", option, value)));

    [Fact]
    public void No_clipping_is_infinity() => Assert.Equal(double.PositiveInfinity, Bind("--clip", "none").Clip);

    [Theory]
    [InlineData("--layers", "0", "--layers is 0")]
    [InlineData("--layers", "65537", "--layers is 65537")]
    [InlineData("--epochs", "0", "--epochs is 0")]
    [InlineData("--batch", "-1", "--batch is -1")]
    [InlineData("--momentum", "1", "--momentum is 1")]
    [InlineData("--momentum", "NaN", "--momentum is NaN")]
    [InlineData("--learning-rate", "0", "--learning-rate is 0")]
    [InlineData("--learning-rate", "infinity", "--learning-rate is ")]
    [InlineData("--clip", "0", "--clip is 0")]
    [InlineData("--clip", "nan", "--clip is NaN")]
    [InlineData("--truncate", "-1", "--truncate is -1; it must be at least 1, or 0 for whole sequences.")]
    [InlineData("--truncate", "all", "--truncate is 'all'; it must be a whole number.")]
    [InlineData("--validation", "1", "--validation is 1")]
    [InlineData("--validation", "-0.1", "--validation is -0.1")]
    [InlineData("--patience", "-1", "--patience is -1")]
    [InlineData("--threads", "-1", "--threads is -1")]
    [InlineData("--cell", "lstn", "--cell 'lstn' is not known")]
    [InlineData("--layers", "many", "--layers: 'many' is no list of layer sizes; write whole numbers divided by commas, such as 128,64.")]
    [InlineData("--layers", "1.5", "--layers: '1.5' is no list")]
    [InlineData("--layers", "64,", "--layers: '64,' is no list")]
    [InlineData("--layers", "-3", "--layers: '-3' is no list")]
    [InlineData("--layers", "99999999999", "--layers: '99999999999' is no list")]
    [InlineData("--epochs", "many", "--epochs is 'many'; it must be a whole number.")]
    [InlineData("--epochs", "1.5", "--epochs is '1.5'; it must be a whole number.")]
    [InlineData("--epochs", "99999999999", "--epochs is '99999999999'; it must be a whole number of at most 2147483647.")]
    [InlineData("--epochs", "-99999999999", "--epochs is '-99999999999'; it must be a whole number of at least -2147483648.")]
    [InlineData("--epochs", "-", "--epochs is '-'; it must be a whole number.")]
    [InlineData("--momentum", "0,9", "--momentum is '0,9'; it must be a number")]
    [InlineData("--clip", "off", "--clip is 'off'; it must be a number, such as 0.5, or none")]
    [InlineData("--optimizer", "Adam", "--optimizer is 'Adam'; it must be adam, sgd, nesterov or adamw")]
    [InlineData("--optimizer", "0", "--optimizer is '0'; it must be adam")]
    [InlineData("--schedule", "linear", "--schedule is 'linear'")]
    [InlineData("--init", "xavier", "--init is 'xavier'")]
    [InlineData("--standardize", "yes", "--standardize is 'yes'; it must be true or false")]
    [InlineData("--activation", "swish", "--activation: ")]
    [InlineData("--embed", "1:", "--embed: '1:' is no list of embeddings; write channels with the size of their vectors")]
    [InlineData("--embed", "0:4", "--embed names channel 0")]
    public void A_value_out_of_range_is_refused_by_the_name_of_its_option(string option, string value, string expected) =>
        Assert.Contains(expected, Tool.Refuses(Tool.Run("train", option, value)), StringComparison.Ordinal);

    [Fact]
    public void Every_value_out_of_range_is_named()
    {
        string line = Tool.Refuses(Tool.Run("train", "--layers", "0", "--epochs", "0", "--learning-rate", "-1"));
        Assert.All(["--layers", "--epochs", "--learning-rate"], name => Assert.Contains(name, line, StringComparison.Ordinal));
    }

    private static TrainingOptions Bind(params string[] args)
    {
        var set = new TrainingOptionSet();
        var command = new Command("train");
        foreach (Option option in set.Options)
            command.Options.Add(option);
        return set.Bind(command.Parse(args));
    }
}
